/** Pixels as a canvas gives them: red, green, blue, alpha, a byte each. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** A picture of at most 256 colours. */
export interface Indexed {
  /** 0xRRGGBB. */
  readonly palette: readonly number[];
  /** An index for each pixel. */
  readonly indices: Uint8Array;
}

/** The most common colours, which are kept as they are: areas and the insides of letters. */
const keptExactly = 64;
const most = 256;

/**
 * The picture in at most 256 colours, the same ones each time: the 64 most common, then again and again the colour that is
 * furthest from all chosen ones. Only the edges of letters and gradients change, by a few levels (`rounding`).
 */
export function indexed({ width, height, data }: Pixels): Indexed {
  const counts = new Map<number, number>();
  for (let i = 0; i < width * height; i++) {
    const colour = colourAt(data, i);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const colours = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([colour]) => colour);
  const palette: number[] = [];
  // By colour: how far the nearest chosen one is, and which.
  const distances = new Uint16Array(colours.length).fill(256);
  const nearest = new Uint8Array(colours.length);
  const choose = (chosen: number): void => {
    const index = palette.push(chosen) - 1;
    colours.forEach((colour, i) => {
      const distance = apart(colour, chosen);
      if (distance >= (distances[i] ?? 0)) return;
      distances[i] = distance;
      nearest[i] = index;
    });
  };
  colours.slice(0, keptExactly).forEach(choose);
  while (palette.length < Math.min(most, colours.length))
    choose(colours[distances.indexOf(Math.max(...distances))] ?? 0);
  const indexOf = new Map(colours.map((colour, i) => [colour, nearest[i] ?? 0]));
  const indices = new Uint8Array(width * height);
  for (let i = 0; i < indices.length; i++) indices[i] = indexOf.get(colourAt(data, i)) ?? 0;
  return { palette, indices };
}

function colourAt(data: Uint8Array, pixel: number): number {
  const at = pixel * 4;
  return ((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0);
}

/** The largest difference in red, green or blue, 0 to 255. */
function apart(a: number, b: number): number {
  return Math.max(
    Math.abs((a >> 16) - (b >> 16)),
    Math.abs(((a >> 8) & 255) - ((b >> 8) & 255)),
    Math.abs((a & 255) - (b & 255)),
  );
}

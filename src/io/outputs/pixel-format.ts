/** Where one colour sits in a pixel: `length` bits, the lowest of them bit `offset` (struct fb_bitfield of linux/fb.h). */
export interface ColourField {
  readonly offset: number;
  readonly length: number;
}

/** How a framebuffer packs a true-colour pixel; pixels are little-endian words of 16 or 32 bits. */
export interface PixelFormat {
  readonly bitsPerPixel: 16 | 32;
  readonly red: ColourField;
  readonly green: ColourField;
  readonly blue: ColourField;
  /** Length 0 when the format has none; where there is one it is always written opaque. */
  readonly transparency: ColourField;
}

type Field = readonly [offset: number, length: number];

function format(
  bits: 16 | 32,
  red: Field,
  green: Field,
  blue: Field,
  transparency: Field = [0, 0],
): PixelFormat {
  const field = ([offset, length]: Field): ColourField => ({ offset, length });
  return {
    bitsPerPixel: bits,
    red: field(red),
    green: field(green),
    blue: field(blue),
    transparency: field(transparency),
  };
}

/** The usual formats by name; the letters go from the highest bit to the lowest, X is unused. */
export const pixelFormats = {
  RGB565: format(16, [11, 5], [5, 6], [0, 5]),
  BGR565: format(16, [0, 5], [5, 6], [11, 5]),
  XRGB1555: format(16, [10, 5], [5, 5], [0, 5]),
  XRGB8888: format(32, [16, 8], [8, 8], [0, 8]),
  ARGB8888: format(32, [16, 8], [8, 8], [0, 8], [24, 8]),
  XBGR8888: format(32, [0, 8], [8, 8], [16, 8]),
  RGBX8888: format(32, [24, 8], [16, 8], [8, 8]),
} as const satisfies Record<string, PixelFormat>;

/** True when both put the three colours in the same bits of a pixel of the same size. */
export function sameColours(a: PixelFormat, b: PixelFormat): boolean {
  const same = (p: ColourField, q: ColourField) => p.offset === q.offset && p.length === q.length;
  return (
    a.bitsPerPixel === b.bitsPerPixel && same(a.red, b.red) && same(a.green, b.green) && same(a.blue, b.blue)
  );
}

/** The bits that are set in every pixel: all of the transparency field. */
export function opaqueBits({ transparency: { offset, length } }: PixelFormat): number {
  return length === 0 ? 0 : ((2 ** length - 1) * 2 ** offset) | 0;
}

/**
 * The pixel for a colour of 8-bit components. A colour of fewer bits keeps its highest ones (0xff becomes 31, 0x07
 * becomes 0), as cairo converts to its own RGB16_565: every path to the screen shows a flat colour alike.
 */
export function packer(pixel: PixelFormat): (red: number, green: number, blue: number) => number {
  const { red: r, green: g, blue: b } = pixel;
  const opaque = opaqueBits(pixel);
  return (red, green, blue) =>
    opaque |
    ((red >> (8 - r.length)) << r.offset) |
    ((green >> (8 - g.length)) << g.offset) |
    ((blue >> (8 - b.length)) << b.offset);
}

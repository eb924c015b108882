import { PNG } from 'pngjs';

/** A picture of three bytes a pixel: red, green, blue. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgb: Buffer;
}

/** How many bits of red, green and blue count. */
export type Bits = readonly [red: number, green: number, blue: number];

export function fromPng(png: Buffer): Picture {
  const { width, height, data } = PNG.sync.read(png);
  const rgb = Buffer.alloc(width * height * 3);
  for (let i = 0; i < width * height; i++) data.copy(rgb, i * 3, i * 4, i * 4 + 3);
  return { width, height, rgb };
}

/** QEMU's format of screenshots, PPM with 8 bits. */
export function fromPpm(ppm: Buffer): Picture {
  const header = /^P6\s(\d+) (\d+)\s255\s/.exec(ppm.toString('latin1', 0, 40));
  if (header === null) throw new Error('the screenshot is no picture');
  return { width: Number(header[1]), height: Number(header[2]), rgb: ppm.subarray(header[0].length) };
}

export function toPng({ width, height, rgb }: Picture): Buffer {
  const png = new PNG({ width, height });
  for (let i = 0; i < width * height; i++) {
    rgb.copy(png.data, i * 4, i * 3, i * 3 + 3);
    png.data[i * 4 + 3] = 255;
  }
  return PNG.sync.write(png);
}

/** Pixels of two pictures that differ; all of them when the sizes do. */
export function differing(a: Picture, b: Picture, bits: Bits = [8, 8, 8]): number {
  if (a.width !== b.width || a.height !== b.height) return Math.max(a.rgb.length, b.rgb.length) / 3;
  const shifts = bits.map((n) => 8 - n);
  let count = 0;
  for (let i = 0; i < a.rgb.length; i += 3) {
    const same = [0, 1, 2].every(
      (c) => (a.rgb[i + c] ?? 0) >> (shifts[c] ?? 0) === (b.rgb[i + c] ?? 0) >> (shifts[c] ?? 0),
    );
    if (!same) count++;
  }
  return count;
}

/** How many pixels differ and where, such as `1200 pixels from 10,20 to 799,40`. */
export function differingArea(a: Picture, b: Picture): string {
  let [count, left, top, right, bottom] = [0, Infinity, Infinity, 0, 0];
  for (let i = 0; i < a.rgb.length; i += 3) {
    if (a.rgb.readUIntBE(i, 3) === b.rgb.readUIntBE(i, 3)) continue;
    const [x, y] = [(i / 3) % a.width, Math.floor(i / 3 / a.width)];
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
    count++;
  }
  return `${count} pixels from ${left},${top} to ${right},${bottom}`;
}

/** Turns a picture clockwise by quarters. */
export function turned(picture: Picture, quarters: number): Picture {
  let { width, height, rgb } = picture;
  for (let turn = 0; turn < quarters; turn++) {
    const next = Buffer.alloc(rgb.length);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++)
        rgb.copy(next, (x * height + (height - 1 - y)) * 3, (y * width + x) * 3, (y * width + x) * 3 + 3);
    }
    [width, height, rgb] = [height, width, next];
  }
  return { width, height, rgb };
}

/** The part of the main screen below the status strip, where there are no clock and no names of sources. */
export function withoutStatus({ width, height, rgb }: Picture): Picture {
  const strip = Math.round((height * 36) / 480);
  return { width, height: height - strip, rgb: rgb.subarray(width * strip * 3) };
}

/** A main screen of 800x480 with the power log's panel blackened, whose bars are those of the hours before. */
export function withoutPowerLog({ width, height, rgb }: Picture): Picture {
  const [left, top, right, bottom] = [12, 38, 330, 172];
  const blackened = Buffer.from(rgb);
  for (let y = top; y < bottom; y++) blackened.fill(0, (y * width + left) * 3, (y * width + right) * 3);
  return { width, height, rgb: blackened };
}

/** A rectangle of a picture, without its right column and bottom row. */
export function part(
  { width, rgb }: Picture,
  left: number,
  top: number,
  right: number,
  bottom: number,
): Picture {
  const rows = Array.from({ length: bottom - top }, (_, y) =>
    rgb.subarray(((top + y) * width + left) * 3, ((top + y) * width + right) * 3),
  );
  return { width: right - left, height: bottom - top, rgb: Buffer.concat(rows) };
}

/** Mean of all channels, 0 to 255. */
export function brightness({ rgb }: Picture): number {
  let sum = 0;
  for (const byte of rgb) sum += byte;
  return sum / rgb.length;
}

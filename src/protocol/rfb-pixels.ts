import type { RfbColour, RfbPixelFormat } from './rfb-pixel-format';

/** Pixels of 8, 16 or 32 bits, whose bytes in memory are what a client wants on the wire. */
export type RfbPixels = Uint8Array | Uint16Array | Uint32Array;

/** Makes a client's pixel of one of 0x00RRGGBB; what is above those 24 bits means nothing. */
export type PixelTranslation = (
  from: Uint32Array,
  at: number,
  to: RfbPixels,
  target: number,
  count: number,
) => void;

/** An array for `count` pixels of a format. */
export function allocatePixels(
  { bitsPerPixel }: Pick<RfbPixelFormat, 'bitsPerPixel'>,
  count: number,
): RfbPixels {
  if (bitsPerPixel === 8) return new Uint8Array(count);
  return bitsPerPixel === 16 ? new Uint16Array(count) : new Uint32Array(count);
}

/**
 * How pixels get into a format: by a table for each colour, in which the values stand where they belong already, in the
 * client's order of bytes. Runs on little-endian machines, as Node's all are that have a framebuffer.
 */
export function pixelTranslation(format: RfbPixelFormat): PixelTranslation {
  const red = tableOf(format.red, format);
  const green = tableOf(format.green, format);
  const blue = tableOf(format.blue, format);
  return (from, at, to, target, count) => {
    for (let i = 0; i < count; i++) {
      const pixel = from[at + i] ?? 0;
      to[target + i] =
        (red[(pixel >>> 16) & 0xff] ?? 0) | (green[(pixel >>> 8) & 0xff] ?? 0) | (blue[pixel & 0xff] ?? 0);
    }
  };
}

function tableOf({ max, shift }: RfbColour, { bitsPerPixel, bigEndian }: RfbPixelFormat): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, value) => {
    const placed = Math.round((value * max) / 255) * 2 ** shift;
    return bigEndian ? turned(placed, bitsPerPixel) : placed;
  });
}

/** The bytes of a pixel in the other order. */
function turned(value: number, bits: number): number {
  if (bits === 8) return value;
  if (bits === 16) return ((value & 0xff) << 8) | (value >>> 8);
  return ((value << 24) | ((value & 0xff00) << 8) | ((value >>> 8) & 0xff00) | (value >>> 24)) >>> 0;
}

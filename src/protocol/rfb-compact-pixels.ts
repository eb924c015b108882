import type { RfbPixelFormat } from './rfb-pixel-format';

/** Which bytes of a pixel in memory go over the wire where it is shortened, in their order. */
export type PixelBytes = readonly number[];

/** All of a pixel. */
export function wholePixel({ bitsPerPixel }: RfbPixelFormat): PixelBytes {
  return [0, 1, 2, 3].slice(0, bitsPerPixel / 8);
}

/** CPIXEL of RFC 6143, 7.7.5: of 32 bits the three bytes that hold the colours, where they fit into three. */
export function compactPixel(format: RfbPixelFormat): PixelBytes {
  const { bitsPerPixel, depth, bigEndian } = format;
  if (bitsPerPixel !== 32 || depth > 24) return wholePixel(format);
  const lowest = bitsUsed(format) < 2 ** 24;
  const highest = [format.red, format.green, format.blue].every(({ max, shift }) => max === 0 || shift >= 8);
  // Where both would do the RFC leaves it open; this is how TigerVNC reads it.
  if (bigEndian ? highest : lowest) return [0, 1, 2];
  return (bigEndian ? lowest : highest) ? [1, 2, 3] : wholePixel(format);
}

/**
 * TPIXEL of Tight (rfbproto.rst): red, green, blue of a byte each, where a pixel holds just that. `undefined` for formats in
 * which it is unclear what a client expects; they are to be given another encoding.
 */
export function tightPixel(format: RfbPixelFormat): PixelBytes | undefined {
  const colours = [format.red, format.green, format.blue];
  if (format.bitsPerPixel !== 32 || format.depth !== 24 || colours.some(({ max }) => max !== 255)) {
    return wholePixel(format);
  }
  if (colours.some(({ shift }) => shift % 8 !== 0)) return undefined;
  return colours.map(({ shift }) => (format.bigEndian ? 3 - shift / 8 : shift / 8));
}

/** The highest pixel that there is, or a little less: the colours below its highest one do not count. */
function bitsUsed({ red, green, blue }: RfbPixelFormat): number {
  return Math.max(...[red, green, blue].map(({ max, shift }) => max * 2 ** shift));
}

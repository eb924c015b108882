import { allocatePixels, pixelTranslation } from '../../../protocol/rfb-pixels';
import type { RfbPixelFormat } from '../../../protocol/rfb-pixel-format';
import { rectangleHeader, rfbEncodings } from '../../../protocol/rfb-server-messages';

/** The arrow that viewers draw where their mouse is; the display itself has none. */
const arrow = [
  '#           ',
  '##          ',
  '#.#         ',
  '#..#        ',
  '#...#       ',
  '#....#      ',
  '#.....#     ',
  '#......#    ',
  '#.......#   ',
  '#........#  ',
  '#.........# ',
  '#......#####',
  '#...#..#    ',
  '#..# #..#   ',
  '#.#  #..#   ',
  '##    #..#  ',
  '#     #..#  ',
  '       ##   ',
];

/** The rectangle of the Cursor pseudo-encoding (RFC 6143, 7.8.1) in a viewer's pixels. */
export function cursorRectangle(format: RfbPixelFormat): Buffer {
  const height = arrow.length;
  const width = arrow[0]?.length ?? 0;
  const colours = Uint32Array.from(arrow.join(''), (dot) => (dot === '.' ? 0xff_ffff : 0));
  const pixels = allocatePixels(format, colours.length);
  pixelTranslation(format)(colours, 0, pixels, 0, colours.length);
  const line = Math.ceil(width / 8);
  const mask = Buffer.alloc(line * height);
  arrow.forEach((dots, y) => {
    for (let x = 0; x < width; x++) {
      if (dots[x] !== ' ') mask[y * line + (x >> 3)] = (mask[y * line + (x >> 3)] ?? 0) | (0x80 >> (x & 7));
    }
  });
  // Its point is the upper left corner.
  const header = rectangleHeader({ x: 0, y: 0, width, height }, rfbEncodings.cursor);
  return Buffer.concat([header, Buffer.from(pixels.buffer), mask]);
}

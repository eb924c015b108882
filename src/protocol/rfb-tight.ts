import { ByteWriter, type PixelBlock } from './rfb-block';
import type { PixelBytes } from './rfb-compact-pixels';
import { Palette } from './rfb-palette';

/** Data of fewer bytes goes without being deflated (rfbproto.rst, Tight Encoding). */
const plainBelow = 12;
/** Colours that are worth a palette: more leave the indices so colourful that plain pixels deflate as well. */
const mostColours = 96;

/** A rectangle in Tight: what stands before its data, and what is to be deflated, if it is enough. */
export interface TightRectangle {
  /** The control byte, the filter and its palette; or, for one colour, everything. */
  readonly head: Buffer;
  /** Empty for one colour. Holds until the next rectangle. */
  readonly data: Buffer;
  /** Which of the four zlib streams deflates it; `undefined` where it goes as it is. */
  readonly stream: 0 | 1 | 2 | undefined;
}

/** Makes Tight rectangles of one colour, of a palette, or of plain pixels; the first thing that fits. */
export class TightRectangles {
  private readonly palette = new Palette();
  private readonly head = new ByteWriter(Buffer.alloc(3 + 4 * mostColours));
  private readonly data: ByteWriter;

  /** @param mostPixels that a rectangle has */
  constructor(mostPixels: number) {
    this.data = new ByteWriter(Buffer.alloc(4 * mostPixels));
  }

  /** @param block up to 2048 pixels wide. @param bytes the client's TPIXEL */
  encode(block: PixelBlock, bytes: PixelBytes): TightRectangle {
    const { palette, head, data } = this;
    head.reset();
    data.reset();
    const few = palette.collect(block, Math.min(mostColours, Math.ceil((block.width * block.height) / 4)));
    if (few && palette.size === 1) {
      head.byte(0x80);
      head.pixel(palette.colour(0), bytes);
      return { head: head.written, data: data.written, stream: undefined };
    }
    // A palette of one byte each saves nothing where a pixel is one.
    const stream = few && palette.size === 2 ? 1 : few && bytes.length > 1 ? 2 : 0;
    if (stream === 0) {
      head.byte(0);
      data.block(block, bytes);
    } else {
      head.byte((stream << 4) | 0x40);
      head.byte(1);
      head.byte(palette.size - 1);
      for (let number = 0; number < palette.size; number++) head.pixel(palette.colour(number), bytes);
      if (stream === 1) this.bits(block);
      else this.indices(block);
    }
    const { length } = data.written;
    return { head: head.written, data: data.written, stream: length < plainBelow ? undefined : stream };
  }

  /** A bit for each pixel, the leftmost highest; a line begins with a new byte. */
  private bits({ pixels, stride, x, y, width, height }: PixelBlock): void {
    const second = this.palette.colour(1);
    for (let row = y; row < y + height; row++) {
      const from = row * stride + x;
      for (let at = 0; at < width; at += 8) {
        let byte = 0;
        for (let bit = 0; bit < 8 && at + bit < width; bit++)
          if (pixels[from + at + bit] === second) byte |= 0x80 >> bit;
        this.data.byte(byte);
      }
    }
  }

  private indices({ pixels, stride, x, y, width, height }: PixelBlock): void {
    let before = -1;
    let number = 0;
    for (let row = y; row < y + height; row++) {
      for (let at = row * stride + x, end = at + width; at < end; at++) {
        const pixel = pixels[at] ?? 0;
        if (pixel !== before) number = this.palette.numberOf(pixel);
        before = pixel;
        this.data.byte(number);
      }
    }
  }
}

/** How long deflated data is, in one to three bytes of seven bits, the lowest first. @param length up to 4194303 */
export function compactLength(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  if (length < 0x4000) return Buffer.from([(length & 0x7f) | 0x80, length >>> 7]);
  return Buffer.from([(length & 0x7f) | 0x80, ((length >>> 7) & 0x7f) | 0x80, length >>> 14]);
}

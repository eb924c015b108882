import type { ByteWriter, PixelBlock } from './rfb-block';
import type { PixelBytes } from './rfb-compact-pixels';
import { Palette } from './rfb-palette';

/** Pixels of a tile's side (RFC 6143, 7.7.6). */
const side = 64;
/** Colours that a palette with runs may have. */
const mostColours = 127;
/** Colours that fit into a palette without runs. */
const packedColours = 16;

/** Bytes that blocks of so many pixels take at most. */
export function zrleCapacity(pixels: number, tiles: number): number {
  // Long runs are estimated a little short; see there.
  return pixels * 4 + tiles * 32;
}

/** ZRLE's tiles, before they are deflated: whatever is shortest of a colour, a palette, runs and plain pixels. */
export class ZrleTiles {
  private readonly palette = new Palette();

  /** Writes the tiles of a block from left to right and from top to bottom. @param bytes the client's CPIXEL */
  write(block: PixelBlock, bytes: PixelBytes, writer: ByteWriter): void {
    const right = block.x + block.width;
    const bottom = block.y + block.height;
    for (let y = block.y; y < bottom; y += side) {
      for (let x = block.x; x < right; x += side) {
        const width = Math.min(side, right - x);
        const height = Math.min(side, bottom - y);
        this.tile({ pixels: block.pixels, stride: block.stride, x, y, width, height }, bytes, writer);
      }
    }
  }

  private tile(tile: PixelBlock, bytes: PixelBytes, writer: ByteWriter): void {
    const { palette } = this;
    const few = palette.collect(tile, mostColours);
    if (few && palette.size === 1) {
      writer.byte(1);
      writer.pixel(palette.colour(0), bytes);
      return;
    }
    const plain = tile.width * tile.height * bytes.length;
    if (few) {
      const colours = palette.size * bytes.length;
      // Runs longer than 255 take a byte more for each 255; there are too few of them to count.
      const withRuns = colours + palette.singles + 2 * (palette.runs - palette.singles);
      const packed = palette.size <= packedColours ? colours + packedLength(tile, palette.size) : Infinity;
      if (packed < plain && packed <= withRuns) return this.packed(tile, bytes, writer);
      if (withRuns < plain) return this.runs(tile, bytes, writer);
    }
    writer.byte(0);
    writer.block(tile, bytes);
  }

  private packed(tile: PixelBlock, bytes: PixelBytes, writer: ByteWriter): void {
    const { palette } = this;
    this.colours(palette.size, bytes, writer);
    const bits = bitsFor(palette.size);
    const { pixels, stride, x, y, width, height } = tile;
    for (let row = y; row < y + height; row++) {
      let byte = 0;
      let free = 8;
      for (let at = row * stride + x, end = at + width; at < end; at++) {
        free -= bits;
        byte |= palette.numberOf(pixels[at] ?? 0) << free;
        if (free > 0) continue;
        writer.byte(byte);
        byte = 0;
        free = 8;
      }
      if (free < 8) writer.byte(byte);
    }
  }

  private runs(
    { pixels, stride, x, y, width, height }: PixelBlock,
    bytes: PixelBytes,
    writer: ByteWriter,
  ): void {
    const { palette } = this;
    this.colours(palette.size + 128, bytes, writer);
    let before = pixels[y * stride + x] ?? 0;
    let run = 0;
    const end = (): void => {
      const number = palette.numberOf(before);
      if (run === 1) {
        writer.byte(number);
        return;
      }
      writer.byte(number | 128);
      for (run--; run >= 255; run -= 255) writer.byte(255);
      writer.byte(run);
    };
    for (let row = y; row < y + height; row++) {
      for (let at = row * stride + x, right = at + width; at < right; at++) {
        const pixel = pixels[at] ?? 0;
        if (pixel !== before) {
          end();
          before = pixel;
          run = 0;
        }
        run++;
      }
    }
    end();
  }

  private colours(kind: number, bytes: PixelBytes, writer: ByteWriter): void {
    writer.byte(kind);
    for (let number = 0; number < this.palette.size; number++)
      writer.pixel(this.palette.colour(number), bytes);
  }
}

function bitsFor(colours: number): 1 | 2 | 4 {
  if (colours <= 2) return 1;
  return colours <= 4 ? 2 : 4;
}

function packedLength({ width, height }: PixelBlock, colours: number): number {
  return height * Math.ceil((width * bitsFor(colours)) / 8);
}

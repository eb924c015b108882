import type { RfbPixels } from './rfb-pixels';
import type { PixelBytes } from './rfb-compact-pixels';

/** A rectangle of a picture in a client's pixels. */
export interface PixelBlock {
  readonly pixels: RfbPixels;
  /** Pixels from one line to the next. */
  readonly stride: number;
  readonly x: number;
  readonly y: number;
  /** At least 1. */
  readonly width: number;
  readonly height: number;
}

/** Collects bytes in memory that is used again and again. */
export class ByteWriter {
  private length = 0;

  /** @param memory as much as is ever written between two resets */
  constructor(private readonly memory: Buffer) {}

  /** Begins anew. */
  reset(): void {
    this.length = 0;
  }

  /** @param value 0..255 */
  byte(value: number): void {
    this.memory[this.length++] = value;
  }

  /** @param value a pixel as it stands in memory; `bytes` of it are written */
  pixel(value: number, bytes: PixelBytes): void {
    for (const byte of bytes) this.memory[this.length++] = (value >>> (8 * byte)) & 0xff;
  }

  /** All pixels of a block, line by line. */
  block({ pixels, stride, x, y, width, height }: PixelBlock, bytes: PixelBytes): void {
    const { memory } = this;
    if (bytes.length === pixels.BYTES_PER_ELEMENT) {
      // As they are: whole lines at once.
      const all = Buffer.from(pixels.buffer, pixels.byteOffset, pixels.byteLength);
      for (let row = y; row < y + height; row++) {
        const from = (row * stride + x) * bytes.length;
        this.length += all.copy(memory, this.length, from, from + width * bytes.length);
      }
      return;
    }
    const shifts = bytes.map((byte) => 8 * byte);
    const [first = 0, second = 0, third = 0] = shifts;
    let to = this.length;
    for (let row = y; row < y + height; row++) {
      let at = row * stride + x;
      for (const end = at + width; at < end; at++) {
        const pixel = pixels[at] ?? 0;
        memory[to] = pixel >>> first;
        memory[to + 1] = pixel >>> second;
        memory[to + 2] = pixel >>> third;
        to += 3;
      }
    }
    this.length = to;
  }

  /** What was written since the last reset; holds until the next one. */
  get written(): Buffer {
    return this.memory.subarray(0, this.length);
  }
}

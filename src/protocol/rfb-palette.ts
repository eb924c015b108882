import type { PixelBlock } from './rfb-block';

/** Slots of the table; a power of two, some times more than there are colours. */
const slots = 1024;

/** The colours of a block, if there are few. One is used for many blocks, one after the other. */
export class Palette {
  private readonly keys = new Float64Array(slots);
  private readonly numbers = new Int16Array(slots);
  private readonly stamps = new Int32Array(slots);
  private stamp = 0;
  private readonly colours = new Uint32Array(slots / 4);
  private counted = 0;
  /** Pixels that are not the same as the one before them, in reading order; one at least. */
  runs = 0;
  /** Runs of one pixel only. */
  singles = 0;

  /** How many colours there are. */
  get size(): number {
    return this.counted;
  }

  /** A colour by its number, in order of appearance. */
  colour(number: number): number {
    return this.colours[number] ?? 0;
  }

  /** The number of a colour that the block has. */
  numberOf(pixel: number): number {
    return this.numbers[this.slot(pixel)] ?? 0;
  }

  /**
   * Looks at a block, at all of it or until there are too many colours.
   *
   * @param limit up to 256
   * @returns false when there are more colours than that
   */
  collect({ pixels, stride, x, y, width, height }: PixelBlock, limit: number): boolean {
    this.stamp++;
    this.counted = 0;
    this.runs = 0;
    this.singles = 0;
    let before = -1;
    let run = 0;
    for (let row = y; row < y + height; row++) {
      let at = row * stride + x;
      for (const end = at + width; at < end; at++) {
        const pixel = pixels[at] ?? 0;
        if (pixel === before) {
          run++;
          continue;
        }
        if (run === 1) this.singles++;
        this.runs++;
        run = 1;
        before = pixel;
        const slot = this.slot(pixel);
        if (this.stamps[slot] === this.stamp) continue;
        if (this.counted === limit) return false;
        this.stamps[slot] = this.stamp;
        this.keys[slot] = pixel;
        this.numbers[slot] = this.counted;
        this.colours[this.counted++] = pixel;
      }
    }
    if (run === 1) this.singles++;
    return true;
  }

  /** Where a colour is, or would be. */
  private slot(pixel: number): number {
    let slot = Math.imul(pixel, 0x9e37_79b1) >>> 22;
    while (this.stamps[slot] === this.stamp && this.keys[slot] !== pixel) slot = (slot + 1) & (slots - 1);
    return slot;
  }
}

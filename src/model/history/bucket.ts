import type { QuantityKind } from './quantities';
import { startOf } from './tiers';

/**
 * What is known of a quantity in a piece of time. For a state all four numbers are its last value; for flags all four are
 * the bits that were ever set.
 */
export interface Bucket {
  /** ms since 1970 at which the time starts, a multiple of `span`. */
  readonly start: number;
  /** ms. */
  readonly span: number;
  /** Values that it is made of, at least 1: what weighs a mean when buckets are put together. */
  readonly count: number;
  readonly mean: number;
  readonly min: number;
  readonly max: number;
  readonly last: number;
}

/** Values of one quantity in the order of their times; two may have the same time. */
export interface Samples {
  /** ms since 1970. */
  readonly times: readonly number[];
  readonly values: readonly number[];
}

/** Puts values in windows of a length, each window that has any becoming a bucket; in the order of time. */
export function aggregate(kind: QuantityKind, { times, values }: Samples, span: number): Bucket[] {
  const maker = new BucketMaker(kind, span);
  for (let i = 0; i < times.length; i++) {
    const value = values[i] ?? 0;
    maker.add(times[i] ?? 0, 1, value, value, value, value);
  }
  return maker.finish();
}

/**
 * Puts buckets together in longer windows. Means are weighed by what they were made of, so the result is the same as from
 * the values themselves. Of two that start at the same time the later in the list has the last word.
 *
 * @param buckets by their start
 */
export function merge(kind: QuantityKind, buckets: Iterable<Bucket>, span: number): Bucket[] {
  const maker = new BucketMaker(kind, span);
  for (const { start, count, mean, min, max, last } of buckets) maker.add(start, count, mean, min, max, last);
  return maker.finish();
}

class BucketMaker {
  private readonly done: Bucket[] = [];
  private start = NaN;
  private count = 0;
  private sum = 0;
  private min = 0;
  private max = 0;
  private last = 0;
  private bits = 0;

  constructor(
    private readonly kind: QuantityKind,
    private readonly span: number,
  ) {}

  add(time: number, count: number, mean: number, min: number, max: number, last: number): void {
    const start = startOf(time, this.span);
    if (start !== this.start) {
      this.close();
      this.start = start;
      this.count = this.sum = this.bits = 0;
      this.min = Infinity;
      this.max = -Infinity;
    }
    this.count += count;
    this.sum += mean * count;
    if (min < this.min) this.min = min;
    if (max > this.max) this.max = max;
    this.last = last;
    this.bits |= last;
  }

  finish(): Bucket[] {
    this.close();
    return this.done;
  }

  private close(): void {
    const { start, span, count, last } = this;
    if (count === 0) return;
    switch (this.kind) {
      case 'measurement': {
        // Sums of fractions are a hair off; a mean outside of its own extremes would look like a mistake.
        const mean = Math.min(this.max, Math.max(this.min, this.sum / count));
        this.done.push({ start, span, count, mean, min: this.min, max: this.max, last });
        break;
      }
      case 'state':
        this.done.push({ start, span, count, mean: last, min: last, max: last, last });
        break;
      case 'flags': {
        const bits = this.bits >>> 0;
        this.done.push({ start, span, count, mean: bits, min: bits, max: bits, last: bits });
      }
    }
  }
}

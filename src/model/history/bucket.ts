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
  readonly times: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

/** Many buckets of one span, by their start, column by column: thousands of them as objects would take long to make. */
export interface BucketColumns {
  readonly starts: ArrayLike<number>;
  readonly counts: ArrayLike<number>;
  readonly means: ArrayLike<number>;
  readonly mins: ArrayLike<number>;
  readonly maxs: ArrayLike<number>;
  readonly lasts: ArrayLike<number>;
}

/** Puts values in windows of a length, each window that has any becoming a bucket; in the order of time. */
export function aggregate(kind: QuantityKind, samples: Samples, span: number): Bucket[] {
  const maker = new BucketMaker(kind, span);
  maker.addSamples(samples);
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
  for (const bucket of buckets) maker.addBucket(bucket);
  return maker.finish();
}

/** Makes buckets of what it is given in the order of time. */
export class BucketMaker {
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

  /** Values as they were recorded, not before what was added last. */
  addSamples({ times, values }: Samples): void {
    for (let i = 0; i < times.length; i++) {
      const value = values[i] ?? 0;
      this.add(times[i] ?? 0, 1, value, value, value, value);
    }
  }

  /** A bucket of a finer tier, not before what was added last: it counts as many values as it was made of. */
  addBucket({ start, count, mean, min, max, last }: Bucket): void {
    this.add(start, count, mean, min, max, last);
  }

  /** Those that start in [from, to). */
  addColumns(columns: BucketColumns, from: number, to: number): void {
    const { starts, counts, means, mins, maxs, lasts } = columns;
    for (let i = 0; i < starts.length; i++) {
      const start = starts[i] ?? 0;
      if (start < from || start >= to) continue;
      this.add(start, counts[i] ?? 1, means[i] ?? 0, mins[i] ?? 0, maxs[i] ?? 0, lasts[i] ?? 0);
    }
  }

  private add(time: number, count: number, mean: number, min: number, max: number, last: number): void {
    if (!(time >= this.start && time < this.start + this.span)) {
      this.close();
      this.start = startOf(time, this.span);
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

  /** The buckets, by their start. */
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

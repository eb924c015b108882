import type { Quantity } from '../freshness';
import type { Segment } from './segment';

/** A value with its time in ms. */
export interface TimedValue {
  readonly at: number;
  readonly value: number;
}

/** What becomes of a quantity over time, segment by segment. Times are monotonic ms. */
export interface Line {
  /** The latest value that was told. */
  readonly latest: TimedValue | undefined;
  /** Takes the quantity as of `now`; returns what has passed since the value before, if that is known. */
  look(now: number, quantity: Quantity): Segment | undefined;
  /** Goes on from a value of an earlier run; returns what has passed between that and this run's first value. */
  resume(before: TimedValue): Segment | undefined;
}

/** ms up to which a straight line is drawn even between values that were not fresh all the time. */
export const shortGap = 60_000;

/**
 * Joins the values of a power or a current with straight lines. Where none was fresh for a while (three of its intervals) and
 * that took more than a minute, there is a gap. So there is where nobody looked for more than a minute.
 */
export class ValueLine implements Line {
  latest: TimedValue | undefined;
  private first: TimedValue | undefined;
  private broken = true;
  private lookedAt = -Infinity;

  look(now: number, { value, age, freshness }: Quantity): Segment | undefined {
    if (now - this.lookedAt > shortGap) this.broken = true;
    this.lookedAt = now;
    if (value === undefined || freshness !== 'fresh') {
      this.broken = true;
      return undefined;
    }
    const { latest, broken } = this;
    const at = now - age;
    if (latest !== undefined && at <= latest.at) return undefined;
    this.latest = { at, value };
    this.first ??= this.latest;
    this.broken = false;
    if (latest === undefined || (broken && at - latest.at > shortGap)) return undefined;
    return { from: latest.at, to: at, first: latest.value, last: value };
  }

  resume(before: TimedValue): Segment | undefined {
    const { first } = this;
    if (first === undefined) {
      this.latest = before;
      return undefined;
    }
    const known = first.at > before.at && first.at - before.at <= shortGap;
    return known ? { from: before.at, to: first.at, first: before.value, last: first.value } : undefined;
  }
}

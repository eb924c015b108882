import type { Quantity } from '../freshness';
import type { Segment } from './segment';
import type { Line, TimedValue } from './value-line';

/** Most that can pass in an hour, Wh or Ah: more than that is a counter that was set to another value. */
const mostInAnHour = 1e6;
/** A counter that falls to less than `zero` from more than `counted` was reset. */
const zero = 1;
const counted = 5;

/**
 * Reads what has passed off a device's own counter, as the mean over the time between two values: it has counted on where
 * nobody listened. A counter that was reset or set is read on from its new value.
 *
 * @param net counts back when it flows the other way; otherwise a smaller value is a reset
 */
export class CounterLine implements Line {
  latest: TimedValue | undefined;
  private first: TimedValue | undefined;

  constructor(private readonly net: boolean) {}

  look(now: number, { value, age }: Quantity): Segment | undefined {
    if (value === undefined) return undefined;
    const { latest } = this;
    const at = now - age;
    if (latest !== undefined && at <= latest.at) return undefined;
    this.latest = { at, value };
    this.first ??= this.latest;
    return latest === undefined ? undefined : this.between(latest, this.latest);
  }

  resume(before: TimedValue): Segment | undefined {
    if (this.first === undefined) this.latest = before;
    return this.first === undefined ? undefined : this.between(before, this.first);
  }

  private between(before: TimedValue, after: TimedValue): Segment | undefined {
    const amount = after.value - before.value;
    const hours = (after.at - before.at) / 3_600_000;
    const reset = this.net ? Math.abs(after.value) < zero && Math.abs(before.value) > counted : amount < 0;
    if (hours <= 0 || reset || Math.abs(amount) > mostInAnHour * hours + counted) return undefined;
    return { from: before.at, to: after.at, first: amount / hours, last: amount / hours };
  }
}

import type { Bucket } from '../history/bucket';
import type { Amount } from './energy-days';
import { localDay } from './local-day';

/**
 * What went in and out by local day, from a power's means in the history: what flowed both ways within one entry is told as
 * their difference.
 *
 * @param buckets of W, above zero is in; of each second that was heard one value
 */
export function daysOfPower(buckets: readonly Bucket[]): Map<string, Amount> {
  const days = new Map<string, Amount>();
  let day = localDay(0);
  for (const { start, span, count, mean } of buckets) {
    const middle = start + span / 2;
    if (middle < day.from || middle >= day.to) day = localDay(middle);
    const { date } = day;
    const energy = (mean * count) / 3600;
    const { in: into, out, covered } = days.get(date) ?? { in: 0, out: 0, covered: 0 };
    days.set(date, {
      in: into + Math.max(0, energy),
      out: out + Math.max(0, -energy),
      covered: covered + count * 1000,
    });
  }
  return days;
}

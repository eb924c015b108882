import { localParts, localTime } from '../../base/local-time';
import type { Amount } from './energy-days';
import { localDay } from './local-day';

/** What a bar of a chart stands for. */
export type PeriodLength = 'day' | 'week' | 'month' | 'year';

/** Wh in and out. */
export type InAndOut = Pick<Amount, 'in' | 'out'>;

/** What went in and out in a stretch of days. */
export interface EnergyPeriod {
  /** The first of its days, at noon. */
  readonly from: Date;
  /** The last of its days, at noon; of the one under way it is still to come. */
  readonly to: Date;
  /** `undefined` when nothing is known of any of its days. */
  readonly energy: Amount | undefined;
  /** The same days of the year before, or for a week the 52 weeks before it; of a year there are none. */
  readonly before: InAndOut | undefined;
}

/** How many bars each chart has. */
export const periodCounts: Readonly<Record<PeriodLength, number>> = {
  day: 31,
  week: 26,
  month: 12,
  year: 10,
};

/** Days between a week and the one that is compared with it, so that weekdays stand behind weekdays. */
const weeksOfYear = 364;

/**
 * The latest periods, the one of `wall` last.
 *
 * @param days by date, such as `2026-11-28`
 */
export function energyPeriods(
  days: ReadonlyMap<string, Amount>,
  wall: Date,
  length: PeriodLength,
): EnergyPeriod[] {
  const { year, month, day, weekday } = localParts(wall);
  // Weeks begin on Monday.
  const monday = day - ((weekday + 6) % 7);
  const ranges: Readonly<Record<PeriodLength, (back: number) => readonly [Date, Date]>> = {
    day: (back) => [noon(year, month, day - back), noon(year, month, day - back)],
    week: (back) => [noon(year, month, monday - 7 * back), noon(year, month, monday - 7 * back + 6)],
    month: (back) => [noon(year, month - back, 1), noon(year, month - back + 1, 0)],
    year: (back) => [noon(year - back, 0, 1), noon(year - back, 11, 31)],
  };
  const count = periodCounts[length];
  return Array.from({ length: count }, (_, i) => {
    const [from, to] = ranges[length](count - 1 - i);
    const energy = sumOf(days, from, to);
    if (length === 'year') return { from, to, energy, before: undefined };
    const shift = (moment: Date): Date => {
      const parts = localParts(moment);
      return length === 'week'
        ? noon(parts.year, parts.month, parts.day - weeksOfYear)
        : noon(parts.year - 1, parts.month, parts.day);
    };
    // The last day of a February is not the same in each year.
    const end =
      length === 'month' ? noon(localParts(from).year - 1, localParts(from).month + 1, 0) : shift(to);
    return { from, to, energy, before: sumOf(days, shift(from), end) };
  });
}

function noon(year: number, month: number, day: number): Date {
  return new Date(localTime(year, month, day, 12));
}

function sumOf(days: ReadonlyMap<string, Amount>, from: Date, to: Date): Amount | undefined {
  let sum: Amount | undefined;
  const { year, month, day } = localParts(from);
  for (let next = day, at = from; at <= to; at = noon(year, month, ++next)) {
    const known = days.get(localDay(at.getTime()).date);
    if (known === undefined || known.covered === 0) continue;
    sum = {
      in: (sum?.in ?? 0) + known.in,
      out: (sum?.out ?? 0) + known.out,
      covered: (sum?.covered ?? 0) + known.covered,
    };
  }
  return sum;
}

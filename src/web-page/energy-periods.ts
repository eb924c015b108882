import type { EnergyDayJson } from '../protocol/energy-json';

/** What a bar stands for. */
export type PeriodLength = 'day' | 'week' | 'month' | 'year';

/** What went in and out in a day, week, month or year, as far as it is known. */
export interface Period {
  /** Its first day, such as `2026-11-23`. */
  readonly start: string;
  /** As it is written under a bar. */
  readonly label: string;
  /** Wh; null while nothing is known. */
  readonly in: number | null;
  readonly out: number | null;
  /** Hours of which it is known. */
  readonly hours: number;
}

/** Bars at the most. */
const most = { day: 31, week: 10, month: 12, year: 10 } as const;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * The latest periods up to today, the earliest first. None before the first day that is known; those between without a known
 * day are empty.
 *
 * @param days the earliest first @param today such as `2026-11-29`
 */
export function periodsOf(
  days: readonly EnergyDayJson[],
  length: PeriodLength,
  today: string,
): readonly Period[] {
  const known = days.filter(({ date, energyHours }) => energyHours > 0 && date <= today);
  const [first] = known;
  if (first === undefined) return [];
  const sums = new Map<string, EnergyDayJson[]>();
  for (const day of known) {
    const start = startOf(day.date, length);
    sums.set(start, [...(sums.get(start) ?? []), day]);
  }
  const periods: Period[] = [];
  const earliest = startOf(first.date, length);
  for (
    let start = startOf(today, length);
    start >= earliest && periods.length < most[length];
    start = before(start, length)
  ) {
    const members = sums.get(start) ?? [];
    periods.unshift({
      start,
      label: labelOf(start, length),
      in: total(members.map(({ energyIn }) => energyIn)),
      out: total(members.map(({ energyOut }) => energyOut)),
      hours: members.reduce((sum, { energyHours }) => sum + energyHours, 0),
    });
  }
  return periods;
}

/** The local day of a moment, such as `2026-11-29`. */
export function localDate(moment: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

function total(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

// Dates are counted in UTC, where every day has 24 hours.
const utc = (date: string): Date => new Date(`${date}T00:00:00Z`);
const dateOf = (day: Date): string => day.toISOString().slice(0, 10);

/** Weeks begin on Monday. */
function startOf(date: string, length: PeriodLength): string {
  if (length === 'month') return `${date.slice(0, 7)}-01`;
  if (length === 'year') return `${date.slice(0, 4)}-01-01`;
  const day = utc(date);
  if (length === 'week') day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  return dateOf(day);
}

function before(start: string, length: PeriodLength): string {
  const day = utc(start);
  day.setUTCDate(day.getUTCDate() - 1);
  return startOf(dateOf(day), length);
}

function labelOf(start: string, length: PeriodLength): string {
  const [year = '', month = '', day = ''] = start.split('-');
  const name = months[Number(month) - 1] ?? '';
  if (length === 'year') return year;
  return length === 'month' ? `${name} ${year}` : `${Number(day)} ${name}`;
}

import type { Amount, EnergyDay } from './energy-days';
import { localDay } from './local-day';

/**
 * What went in and out in the latest days, the day of `wall` last; `undefined` for a day of which nothing is known.
 *
 * @param count how many days
 */
export function lastDays(days: readonly EnergyDay[], wall: Date, count: number): (Amount | undefined)[] {
  const known = new Map(days.map(({ date, energy }) => [date, energy]));
  const last: (Amount | undefined)[] = [];
  let day = localDay(wall.getTime());
  for (let i = 0; i < count; i++) {
    const amount = known.get(day.date);
    last.unshift(amount === undefined || amount.covered === 0 ? undefined : amount);
    day = localDay(day.from - 1);
  }
  return last;
}

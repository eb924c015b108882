import { energyPeriods, periodCounts, type PeriodLength } from '../../../src/model/energy/energy-periods';
import { daysOfPower } from '../../../src/model/energy/past-days';
import type { Amount } from '../../../src/model/energy/energy-days';

const wall = new Date(2026, 5, 12, 12, 41);
const one: Amount = { in: 1, out: 2, covered: 1 };

/** Each day of two years and a half, 1 Wh in and 2 Wh out. */
function everyDay(): Map<string, Amount> {
  const days = new Map<string, Amount>();
  for (const day = new Date(2024, 0, 1, 12); day <= wall; day.setDate(day.getDate() + 1)) {
    const two = (value: number): string => String(value).padStart(2, '0');
    days.set(`${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`, one);
  }
  return days;
}

const latest = (length: PeriodLength, back = 0, days = everyDay()) =>
  energyPeriods(days, wall, length).at(-1 - back);

test.each(Object.entries(periodCounts) as [PeriodLength, number][])(
  'there are %s bars: %d',
  (length, count) => {
    expect(energyPeriods(new Map(), wall, length)).toHaveLength(count);
    expect(energyPeriods(new Map(), wall, length).every(({ energy }) => energy === undefined)).toBe(true);
  },
);

test('a period is the sum of its days, and so far the one under way', () => {
  expect(latest('day')?.energy).toEqual({ in: 1, out: 2, covered: 1 });
  // The 12th of June 2026 is a Friday.
  expect(latest('week')?.energy).toEqual({ in: 5, out: 10, covered: 5 });
  expect(latest('week', 1)?.energy?.in).toBe(7);
  expect(latest('month')?.energy?.in).toBe(12);
  expect(latest('month', 4)?.energy?.in).toBe(28);
  expect(latest('year', 1)?.energy?.in).toBe(365);
  expect(latest('year', 2)?.energy?.in).toBe(366);
  expect(latest('year', 3)?.energy).toBeUndefined();
});

test('behind it stand the same days of the year before', () => {
  const days = everyDay();
  days.set('2025-06-12', { in: 7, out: 0, covered: 1 });
  expect(latest('day', 0, days)?.before).toEqual({ in: 7, out: 0, covered: 1 });
  // Monday the 9th to Sunday the 15th.
  expect(latest('week', 0, days)?.before?.in).toBe(13);
  expect(latest('month', 0, days)?.before?.in).toBe(36);
  // February 2026 has 28 days, and so has that of 2025.
  expect(latest('month', 4)?.before?.in).toBe(28);
  expect(latest('year', 0)?.before).toBeUndefined();
});

test('a day of which nothing is known adds nothing', () => {
  const days = new Map([['2026-06-12', { in: 0, out: 0, covered: 0 }]]);
  expect(latest('month', 0, days)?.energy).toBeUndefined();
});

test('days of a power are its means times what was heard, by their sign', () => {
  const at = (hour: number, mean: number, count = 7200) => ({
    start: new Date(2026, 5, 12, hour).getTime(),
    span: 7_200_000,
    count,
    mean,
    min: mean,
    max: mean,
    last: mean,
  });
  const days = daysOfPower([at(-2, 100), at(0, -50), at(10, 300, 3600)]);
  expect([...days]).toEqual([
    ['2026-06-11', { in: 200, out: 0, covered: 7_200_000 }],
    ['2026-06-12', { in: 300, out: 100, covered: 10_800_000 }],
  ]);
});

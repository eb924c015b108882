import type { EnergyDayJson } from '../../src/protocol/energy-json';
import { localDate, periodsOf } from '../../src/web-page/energy-periods';

const day = (
  date: string,
  energyIn: number | null,
  energyOut: number | null,
  energyHours = 24,
): EnergyDayJson => ({
  ...{ date, energyIn, energyOut, energyHours },
  ...{ chargeIn: null, chargeOut: null, chargeHours: 0 },
});
const days = [
  day('2025-12-31', 500, 400),
  day('2026-10-31', 1000, 900),
  day('2026-11-22', 100, 50),
  day('2026-11-23', 10, 5, 12),
  day('2026-11-29', 1, null, 6.5),
];

test('days, the latest at the end, with gaps where nothing is known', () => {
  const periods = periodsOf(days, 'day', '2026-11-29');
  expect(periods).toHaveLength(31);
  expect(periods[0]).toEqual({ start: '2026-10-30', label: '30 Oct', in: null, out: null, hours: 0 });
  expect(periods[1]).toEqual({ start: '2026-10-31', label: '31 Oct', in: 1000, out: 900, hours: 24 });
  expect(periods.at(-1)).toEqual({ start: '2026-11-29', label: '29 Nov', in: 1, out: null, hours: 6.5 });
});

test('weeks begin on Monday, and months and years on their first day', () => {
  const weeks = periodsOf(days, 'week', '2026-11-29');
  expect(weeks.slice(-2)).toEqual([
    { start: '2026-11-16', label: '16 Nov', in: 100, out: 50, hours: 24 },
    { start: '2026-11-23', label: '23 Nov', in: 11, out: 5, hours: 18.5 },
  ]);
  const months = periodsOf(days, 'month', '2026-11-29');
  expect(months).toHaveLength(12);
  expect(months.at(0)).toMatchObject({ start: '2025-12-01', label: 'Dec 2025', in: 500 });
  expect(months.at(-1)).toMatchObject({ label: 'Nov 2026', in: 111, out: 55 });
  expect(periodsOf(days, 'year', '2026-11-29').map(({ label, in: into }) => [label, into])).toEqual([
    ['2025', 500],
    ['2026', 1111],
  ]);
});

test('nothing is drawn before the first day that is known, nor of days still to come', () => {
  expect(periodsOf([], 'day', '2026-11-29')).toEqual([]);
  expect(periodsOf([day('2026-11-29', null, null, 0)], 'day', '2026-11-29')).toEqual([]);
  expect(periodsOf([day('2030-01-01', 1, 1)], 'year', '2026-11-29')).toEqual([]);
  const two = [day('2026-11-27', 5, 5), day('2026-11-28', 6, 6), day('2027-01-01', 9, 9)];
  expect(periodsOf(two, 'day', '2026-11-29').map(({ in: into }) => into)).toEqual([5, 6, null]);
});

test('a local day is that of the clock on the wall', () => {
  expect(localDate(new Date(2026, 0, 5, 23, 59))).toBe('2026-01-05');
});

import { lastDays } from '../../../src/model/energy/last-days';

const amount = (value: number, covered = 3_600_000) => ({ in: value, out: 0, covered });
const day = (date: string, value: number, covered?: number) => ({
  date,
  energy: amount(value, covered),
  charge: amount(0),
});

test('the latest days end with today, and a day of which nothing is known is undefined', () => {
  const days = [day('2026-02-26', 1), day('2026-02-28', 3), day('2026-03-01', 4, 0), day('2026-03-02', 5)];
  const last = lastDays(days, new Date(2026, 2, 2, 12), 5);
  expect(last.map((each) => each?.in)).toEqual([1, undefined, 3, undefined, 5]);
  expect(lastDays([], new Date(2026, 2, 2), 3)).toEqual([undefined, undefined, undefined]);
});

test('days on which the clocks are changed are days like others', () => {
  const dates = ['2026-03-28', '2026-03-29', '2026-03-30', '2026-10-24', '2026-10-25', '2026-10-26'];
  const days = dates.map((date, i) => day(date, i));
  const values = (wall: Date) => lastDays(days, wall, 3).map((each) => each?.in);
  expect(values(new Date(2026, 2, 30, 0, 30))).toEqual([0, 1, 2]);
  expect(values(new Date(2026, 9, 26, 23, 30))).toEqual([3, 4, 5]);
});

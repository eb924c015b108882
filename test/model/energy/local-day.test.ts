import fc from 'fast-check';
import { localDay } from '../../../src/model/energy/local-day';

const hour = 3_600_000;

// The tests run in Berlin's time.
test.each([
  ['2026-03-29T12:00:00', 23],
  ['2026-10-25T12:00:00', 25],
  ['2026-11-28T00:00:00', 24],
  ['2026-11-28T23:59:59.999', 24],
])('the local day of %s has %d hours', (moment, hours) => {
  const { date, from, to } = localDay(new Date(moment).getTime());
  expect(date).toBe(moment.slice(0, 10));
  expect((to - from) / hour).toBe(hours);
});

test('every moment lies in its day, and the next day begins where it ends', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e12 }), (at) => {
      const { date, from, to } = localDay(at);
      const next = localDay(to);
      return from <= at && at < to && next.from === to && next.date > date && localDay(from).date === date;
    }),
  );
});

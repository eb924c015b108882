import fc from 'fast-check';
import { parseMoment } from '../../src/protocol/time-range';
import { ranges } from '../../src/web-page/ranges';

/** A Monday in the middle of summer time. */
const now = new Date(2026, 5, 8, 12, 41, 7, 89).getTime();
const at = (...parts: [number, number, number?, number?, number?]): number =>
  new Date(...(parts as [number, number])).getTime();

test.each([
  ['now', now],
  ['1717000000000', 1_717_000_000_000],
  ['now-5m', now - 300_000],
  ['now-24h', now - 86_400_000],
  ['now-30s', now - 30_000],
  ['now-2d', new Date(2026, 5, 6, 12, 41, 7, 89).getTime()],
  ['now-1w', new Date(2026, 5, 1, 12, 41, 7, 89).getTime()],
  ['now-6M', new Date(2025, 11, 8, 12, 41, 7, 89).getTime()],
  ['now-5y', new Date(2021, 5, 8, 12, 41, 7, 89).getTime()],
  ['now/d', at(2026, 5, 8)],
  ['now-1d/d', at(2026, 5, 7)],
  ['now/h', at(2026, 5, 8, 12)],
  ['now/w', at(2026, 5, 8)],
  ['now-1d/w', at(2026, 5, 1)],
  ['now/M', at(2026, 5, 1)],
  ['now/y', at(2026, 0, 1)],
])('S0.138: %s is understood', (text, expected) => {
  expect(parseMoment(text, now)).toBe(expected);
});

test('a month before the last of March is the last of February', () => {
  expect(parseMoment('now-1M', at(2026, 2, 31))).toBe(at(2026, 1, 28));
});

test('days are those of the calendar, also where the clock is changed', () => {
  // Berlin, as in the tests' set-up: the 29th of March 2026 has 23 hours.
  expect(parseMoment('now-1d', at(2026, 2, 29, 12))).toBe(at(2026, 2, 28, 12));
});

test.each([
  '',
  'today',
  'now-',
  'now-2',
  'now-2x',
  'now+2d',
  'now-1d/x',
  '-5',
  '1e9',
  'now-9999999d',
  '99999999999999999',
  ' now',
])('%j is not', (text) => expect(parseMoment(text, now)).toBeUndefined());

test('whatever is asked, there is a time or none, and nothing breaks', () => {
  const text = fc.oneof(fc.string(), fc.stringMatching(/^now(-\d{1,6}[smhdwMy])?(\/[hdwMy])?$/));
  fc.assert(
    fc.property(text, (asked) => {
      const moment = parseMoment(asked, now);
      if (moment !== undefined) expect(Number.isFinite(moment)).toBe(true);
    }),
  );
});

test('S0.138: the menu has every range that is named there, and each begins before it ends', () => {
  const labels = ranges.map(({ label }) => label);
  expect(labels).toEqual([
    ...['5 minutes', '15 minutes', '30 minutes', 'hour', '3 hours', '6 hours', '12 hours', '24 hours'].map(
      (l) => `Last ${l}`,
    ),
    ...['2 days', '7 days', '30 days', '90 days', '6 months', 'year', '2 years', '5 years'].map(
      (l) => `Last ${l}`,
    ),
    ...['Today', 'Yesterday', 'This week', 'This month', 'This year'],
  ]);
  for (const { from, to } of ranges) expect(parseMoment(from, now)!).toBeLessThan(parseMoment(to, now)!);
});

import fc from 'fast-check';
import { momentText, parseMoment } from '../../src/protocol/time-range';
import { localOffset, localParts } from '../../src/base/local-time';
import { inZone, zoneNames } from '../zones';
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
  ['2026-06-07', at(2026, 5, 7)],
  ['2026-06-07T18:30', at(2026, 5, 7, 18, 30)],
  ['2026-06-07T18:30:05', at(2026, 5, 7, 18, 30) + 5000],
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
  '2026-02-30',
  '2026-13-01',
  '0026-01-01',
  '2026-06-07T24:00',
  '2026-06-07T18',
  '2026-06-07T18:30Z',
  '2026-06-07 18:30',
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
    ...['Yesterday', 'Day before yesterday', 'This day last week'],
    ...['Previous week', 'Previous month', 'Previous year'],
    ...['Today so far', 'This week so far', 'This month so far', 'This year so far'],
  ]);
  for (const { from, to } of ranges) expect(parseMoment(from, now)!).toBeLessThan(parseMoment(to, now)!);
});

test('S0.138: the ranges that are over are whole, each where the one after it begins', () => {
  const ends = (label: string) => {
    const { from, to } = ranges.find((range) => range.label === label)!;
    return [parseMoment(from, now), parseMoment(to, now)];
  };
  // A Monday.
  expect(ends('Yesterday')).toEqual([at(2026, 5, 7), at(2026, 5, 8)]);
  expect(ends('Day before yesterday')).toEqual([at(2026, 5, 6), at(2026, 5, 7)]);
  expect(ends('This day last week')).toEqual([at(2026, 5, 1), at(2026, 5, 2)]);
  expect(ends('Previous week')).toEqual([at(2026, 5, 1), at(2026, 5, 8)]);
  expect(ends('Previous month')).toEqual([at(2026, 4, 1), at(2026, 5, 1)]);
  expect(ends('Previous year')).toEqual([at(2025, 0, 1), at(2026, 0, 1)]);
});

test('a moment is written as it is entered', () => {
  expect(momentText(at(2026, 5, 7, 8, 5))).toBe('2026-06-07T08:05');
  expect(parseMoment(momentText(now), now)).toBe(at(2026, 5, 8, 12, 41));
});

describe('where the clocks are changed', () => {
  test('a time that is left out is the moment of the change, and of two that read the same it is the first', () => {
    inZone('Europe/Berlin', () => {
      expect(parseMoment('2026-03-29T02:30', now)).toBe(Date.parse('2026-03-29T01:00:00Z'));
      expect(parseMoment('2026-10-25T02:30', now)).toBe(Date.parse('2026-10-25T00:30:00Z'));
    });
    inZone('America/Santiago', () =>
      expect(parseMoment('2026-09-06', now)).toBe(Date.parse('2026-09-06T04:00:00Z')),
    );
  });

  // moment-timezone#260, moment#3843.
  test('a week begins at its own midnight', () => {
    inZone('America/Santiago', () => {
      const from = parseMoment('now/w', Date.parse('2026-09-06T15:00:00Z')) ?? 0;
      expect(new Date(from).toISOString()).toBe('2026-08-31T04:00:00.000Z');
    });
  });

  test('an hour that comes twice begins twice', () => {
    const second = Date.parse('2026-10-25T01:30:00Z');
    inZone('Europe/Berlin', () => {
      expect(parseMoment('now/h', second)).toBe(Date.parse('2026-10-25T01:00:00Z'));
      expect(parseMoment('now-0d', second)).toBe(second);
    });
  });

  test('an hour whose beginning is left out begins with the change', () => {
    inZone('Australia/Lord_Howe', () => {
      const moment = Date.parse('2026-10-03T15:40:00Z');
      expect(parseMoment('now/h', moment)).toBe(Date.parse('2026-10-03T15:30:00Z'));
    });
  });

  test('a month before is the same time of day, though the day after its last has a change', () => {
    inZone('Australia/Lord_Howe', () => {
      const now = Date.parse('2023-10-30T15:10:00Z');
      const { day, month, hours } = localParts(parseMoment('now-1M', now) ?? 0);
      expect([day, month, hours]).toEqual([30, 8, localParts(now).hours]);
    });
  });

  test('starts of days, weeks, months and years read so, in every zone', () => {
    const moment = fc.integer({ min: Date.UTC(2012, 0), max: Date.UTC(2060, 0) });
    const unit = fc.constantFrom('h', 'd', 'w', 'M', 'y');
    fc.assert(
      fc.property(fc.constantFrom(...zoneNames), moment, unit, (zone, at, each) => {
        inZone(zone, () => {
          const start = parseMoment(`now/${each}`, at) ?? Number.NaN;
          expect(start).toBeLessThanOrEqual(at);
          const [first, before] = [localParts(start), localParts(start - 1)];
          // At midnight, or where the clocks leave it out right after their change.
          if (first.hours !== 0 && each !== 'h') expect(localOffset(start - 1)).not.toBe(localOffset(start));
          if (each === 'h')
            expect(first.minutes === 0 || localOffset(start - 1) !== localOffset(start)).toBe(true);
          if (each !== 'h') expect(before.day).not.toBe(first.day);
          if (each === 'w') expect(first.weekday).toBe(1);
          if (each === 'M' || each === 'y') expect(first.day).toBe(1);
          if (each === 'y') expect(first.month).toBe(0);
        });
      }),
      { numRuns: 800 },
    );
  });
});

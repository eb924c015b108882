import fc from 'fast-check';
import { localOffset, localParts, localTime, momentsOf, useZone } from '../../src/base/local-time';
import { localDay } from '../../src/model/energy/local-day';
import { inZone, zoneNames } from '../zones';

afterEach(() => useZone(undefined));

const moment = fc.integer({ min: Date.UTC(2005, 0), max: Date.UTC(2060, 0) });
const zones = fc.constantFrom(...zoneNames);

test('without another zone local time is that of Node', () => {
  fc.assert(
    fc.property(moment, (at) => {
      const date = new Date(at);
      expect(localParts(at)).toEqual({
        year: date.getFullYear(),
        month: date.getMonth(),
        day: date.getDate(),
        weekday: date.getDay(),
        hours: date.getHours(),
        minutes: date.getMinutes(),
        seconds: date.getSeconds(),
      });
      const { year, month, day } = localParts(at);
      expect(localTime(year, month, day)).toBe(new Date(year, month, day).getTime());
    }),
  );
});

test('a moment is among those of its own reading, in every zone', () => {
  fc.assert(
    fc.property(zones, moment, (zone, at) => {
      inZone(zone, () => expect(momentsOf(at + localOffset(at))).toContain(at));
    }),
    { numRuns: 500 },
  );
});

test('every moment is in its day, and the days are without gaps, in every zone', () => {
  fc.assert(
    fc.property(zones, moment, (zone, at) => {
      inZone(zone, () => {
        const { from, to } = localDay(at);
        expect(at).toBeGreaterThanOrEqual(from);
        expect(at).toBeLessThan(to);
        expect(localDay(from).from).toBe(from);
        expect(localDay(to).from).toBe(to);
        expect(localDay(from - 1).to).toBe(from);
      });
    }),
    { numRuns: 500 },
  );
});

test('a time that the clocks leave out is the moment of their change', () => {
  inZone('America/Santiago', () => {
    expect(new Date(localTime(2026, 8, 6)).toISOString()).toBe('2026-09-06T04:00:00.000Z');
  });
  inZone('Australia/Lord_Howe', () => {
    expect(new Date(localTime(2026, 9, 4, 2, 10)).toISOString()).toBe('2026-10-03T15:30:00.000Z');
  });
});

test('an hour that comes twice has two moments', () => {
  inZone('Europe/Berlin', () => {
    expect(momentsOf(Date.UTC(2026, 9, 25, 2, 30)).map((at) => new Date(at).toISOString())).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-25T01:30:00.000Z',
    ]);
  });
});

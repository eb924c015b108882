import * as fc from 'fast-check';
import { isNight, parseNightHours } from '../../src/glass/night-hours';

const at = (hour: number, minute: number): Date => new Date(2026, 5, 12, hour, minute);

test('a night may cross midnight; its first minute is night and its last is day', () => {
  const hours = parseNightHours('21:00-06:30');
  expect(hours).toEqual({ from: 1260, to: 390 });
  const told = [at(20, 59), at(21, 0), at(0, 0), at(6, 29), at(6, 30), at(12, 0)];
  expect(told.map((wall) => isNight(hours, wall))).toEqual([false, true, true, true, false, false]);
});

test('a night within one day', () => {
  const hours = parseNightHours('00:00-05:00');
  expect([at(0, 0), at(4, 59), at(5, 0), at(23, 59)].map((wall) => isNight(hours, wall))).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

test('there is no night without hours, nor while the machine cannot know the time', () => {
  expect(isNight(parseNightHours('off'), at(3, 0))).toBe(false);
  expect(isNight(parseNightHours('21:00-06:30'), new Date(1970, 0, 1, 3, 0))).toBe(false);
});

test('of the minutes of a day just as many are night as the hours are long', () => {
  const minute = fc.integer({ min: 0, max: 1439 });
  fc.assert(
    fc.property(minute, minute, (from, to) => {
      fc.pre(from !== to);
      let nights = 0;
      for (let i = 0; i < 1440; i++) if (isNight({ from, to }, at(Math.floor(i / 60), i % 60))) nights++;
      expect(nights).toBe((to - from + 1440) % 1440);
    }),
    { numRuns: 50 },
  );
});

test('nonsense is refused', () => {
  expect(() => parseNightHours('dusk')).toThrow(RangeError);
});

import fc from 'fast-check';
import { LogTime } from '../../src/protocol/log-time';

const along = (times: readonly number[]): number[] => {
  const time = new LogTime();
  return times.map((each) => time.at(each));
};

test('time passes as it was stamped', () => {
  expect(along([1_700_000_000, 1_700_000_000.25, 1_700_000_600])).toEqual([0, 0.25, 600]);
});

test('a clock that was set by years, or an hour back, takes no time', () => {
  expect(along([100, 101, 1_790_000_000, 1_790_000_001, 1_789_996_401, 1_789_996_403])).toEqual([
    0, 1, 1, 2, 2, 4,
  ]);
});

test('lines of two interfaces that are a little out of order do not make the log longer', () => {
  const stamps = Array.from({ length: 100 }, (_, i) => [100 + i * 0.1, 100 + i * 0.1 - 0.015]).flat();
  expect(along(stamps).at(-1)).toBeCloseTo(9.9);
});

test('whatever the stamps, time never goes back and never leaps', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 5e9, noNaN: true })), (stamps) => {
      const times = along(stamps);
      for (const [i, now] of times.entries()) {
        const before = times[i - 1] ?? 0;
        expect(now).toBeGreaterThanOrEqual(before);
        expect(now - before).toBeLessThanOrEqual(600.001);
      }
    }),
  );
});

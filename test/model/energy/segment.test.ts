import fc from 'fast-check';
import { areasOf, cut } from '../../../src/model/energy/segment';

const hour = 3_600_000;

test.each([
  ['a constant', 100, 100, { in: 100, out: 0 }],
  ['a rise from zero', 0, 100, { in: 50, out: 0 }],
  ['a discharge', -30, -10, { in: 0, out: 20 }],
  ['from out to in', -100, 100, { in: 25, out: 25 }],
  ['from in to out', 30, -10, { in: 11.25, out: 1.25 }],
  ['nothing', 0, 0, { in: 0, out: 0 }],
])('%s: %d to %d in an hour', (_, first, last, areas) => {
  expect(areasOf({ from: 0, to: hour, first, last })).toEqual(areas);
});

const value = fc.double({ min: -1e5, max: 1e5, noNaN: true });

test('neither area is negative, and their difference is the mean times the time', () => {
  fc.assert(
    fc.property(value, value, fc.integer({ min: 1, max: 1e9 }), (first, last, ms) => {
      const areas = areasOf({ from: 5, to: 5 + ms, first, last });
      expect(Math.min(areas.in, areas.out)).toBeGreaterThanOrEqual(0);
      expect(areas.in - areas.out).toBeCloseTo(((first + last) / 2) * (ms / hour), 4);
    }),
  );
});

test('a cut changes no area', () => {
  fc.assert(
    fc.property(
      value,
      value,
      fc.integer({ min: 2, max: 1e8 }),
      fc.double({ min: 0.001, max: 0.999, noNaN: true }),
      (first, last, ms, where) => {
        const whole = areasOf({ from: 0, to: ms, first, last });
        const [a, b] = cut({ from: 0, to: ms, first, last }, ms * where).map(areasOf);
        expect((a?.in ?? NaN) + (b?.in ?? NaN)).toBeCloseTo(whole.in, 4);
        expect((a?.out ?? NaN) + (b?.out ?? NaN)).toBeCloseTo(whole.out, 4);
      },
    ),
  );
});

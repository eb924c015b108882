import * as fc from 'fast-check';
import { FlappingWatch, ReconnectDelay } from '../../../src/io/mqtt/reconnect-delay';

test('between two tries are one to sixty seconds, by chance, more the longer it lasts', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 }),
      (draws) => {
        let next = 0;
        const delay = new ReconnectDelay(undefined, () => draws[next++ % draws.length] ?? 0);
        for (let i = 0; i < 50; i++) {
          const wait = delay.next();
          expect(wait).toBeGreaterThanOrEqual(1000);
          expect(wait).toBeLessThanOrEqual(Math.min(60_000, 2000 * 2 ** i));
        }
      },
    ),
  );
  const longest = new ReconnectDelay(undefined, () => 1);
  expect(Array.from({ length: 7 }, () => longest.next())).toEqual([
    2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000,
  ]);
  longest.reset();
  expect(longest.next()).toBe(2000);
});

test('more than five connections a minute are no accident', () => {
  const watch = new FlappingWatch();
  for (let i = 0; i < 5; i++) watch.connected(i * 1000);
  expect(watch.flapping(5000)).toBe(false);
  watch.connected(5000);
  expect(watch.flapping(6000)).toBe(true);
  expect(watch.flapping(66_000)).toBe(false);
});

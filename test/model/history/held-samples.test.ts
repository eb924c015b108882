import { HeldSamples } from '../../../src/model/history/held-samples';

test('what was measured before the time was known gets the time at which it was measured', () => {
  const held = new HeldSamples<string>(10);
  held.hold('a', 1000);
  held.hold('b', 2500);
  const wall = Date.UTC(2026, 5, 1, 12, 0, 10);
  expect(held.release(11_000, wall)).toEqual([
    { what: 'a', wall: wall - 10_000 },
    { what: 'b', wall: wall - 8500 },
  ]);
  expect(held.release(12_000, wall)).toEqual([]);
});

test('the oldest go when there is no room, and are counted', () => {
  const held = new HeldSamples<number>(3);
  for (let i = 0; i < 5; i++) held.hold(i, i);
  expect(held.release(5, 5).map(({ what }) => what)).toEqual([2, 3, 4]);
  expect(held.dropped).toBe(2);
});

import { LogThrottle } from '../../src/logging/log';

test('a flood of one kind of line is one line a second, which says how many there were', () => {
  let now = 0;
  const throttle = new LogThrottle({ monotonic: () => now });
  const written: number[] = [];
  for (now = 0; now < 3000; now++) throttle.offer((held) => written.push(held));
  expect(written).toEqual([0, 999, 999]);
});

import { inSlices } from '../../src/io/in-slices';
import { FakeTimers } from './fake-timers';

test('long work is done in slices of eight milliseconds, between which others have their turn', async () => {
  const timers = new FakeTimers();
  let [now, steps] = [0, 0];
  const work = (function* (): Generator<void, string> {
    for (steps = 1; steps <= 20; steps++) {
      now += 3;
      yield;
    }
    return 'done';
  })();
  const result = inSlices(work, { timers, now: () => now });
  // The third step goes beyond the slice.
  for (let slice = 1; slice <= 6; slice++) {
    expect(steps).toBe(3 * slice);
    now += 8;
    await timers.advance(8);
  }
  await expect(result).resolves.toBe('done');
});

import { getEventListeners } from 'node:events';
import { sleep, systemTimers } from '../../src/io/timers';
import { FakeTimers } from './fake-timers';

describe('sleeping', () => {
  it('ends when the time is over, and holds nothing afterwards', async () => {
    const timers = new FakeTimers();
    const { signal } = new AbortController();
    const slept = sleep(1000, signal, timers);
    await timers.advance(999);
    expect(timers.pending).toBe(1);
    await timers.advance(1);
    expect(await slept).toBe(true);
    expect(timers.pending).toBe(0);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('ends at once when aborted, and holds nothing afterwards', async () => {
    const timers = new FakeTimers();
    const controller = new AbortController();
    const slept = sleep(1000, controller.signal, timers);
    controller.abort();
    expect(await slept).toBe(false);
    expect(timers.pending).toBe(0);
    expect(await sleep(1000, controller.signal, timers)).toBe(false);
    expect(timers.pending).toBe(0);
  });

  it('works with the clock of the machine', async () => {
    expect(await sleep(1, new AbortController().signal)).toBe(true);
    const forget = systemTimers.after(1, () => {
      throw new Error('was to be forgotten');
    });
    forget();
    expect(await sleep(5, new AbortController().signal)).toBe(true);
  });
});

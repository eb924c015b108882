import type { DeviceClock } from './device-type';

/**
 * Calls `poll` at once and then at whole multiples of `every` ms from the beginning, so that a slow answer does not put off
 * all that follow; a time that passes during a poll is left out. Ends when `poll` resolves to false or the signal is
 * aborted.
 */
export async function pollOnGrid(
  every: number,
  clock: DeviceClock,
  signal: AbortSignal,
  poll: () => Promise<boolean>,
): Promise<void> {
  let due = clock.monotonic();
  while (!signal.aborted) {
    if (!(await poll())) return;
    const now = clock.monotonic();
    due += every * Math.max(1, Math.ceil((now - due) / every));
    await clock.sleep(due - now, signal);
  }
}

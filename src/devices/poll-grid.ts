import type { DeviceClock, ReadingSink } from './device-type';

/** Polls in a row without an answer after which a link is given up, so that it is opened anew. */
export const mostSilentPolls = 3;

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

/**
 * The same for a device that is given up when it does not answer three polls in a row: counts those, and reports the first
 * of them and the next answer.
 *
 * @param ask resolves to whether there was an answer, which it has passed on
 */
export async function pollWhileAnswered(
  every: number,
  clock: DeviceClock,
  signal: AbortSignal,
  sink: Pick<ReadingSink, 'rejected' | 'trouble'>,
  ask: () => Promise<boolean>,
): Promise<void> {
  let silent = 0;
  let answered = false;
  await pollOnGrid(every, clock, signal, async () => {
    const isAnswered = await ask();
    if (signal.aborted) return false;
    if (isAnswered) {
      if (silent > 0 || !answered) sink.trouble(undefined);
      answered = true;
      silent = 0;
      return true;
    }
    sink.rejected('no answer');
    if (silent === 0) sink.trouble({ code: 'silent', values: {} });
    return ++silent < mostSilentPolls;
  });
}

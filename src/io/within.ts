import { systemTimers, type Timers } from './timers';

/**
 * Waits for work, but no longer than `ms` milliseconds: work that takes longer goes on, and nobody waits for it. Leaves no timer
 * behind.
 *
 * @returns what the work has come to; `undefined` when it was not done in time
 * @throws what the work throws within the time (as a rejection); what it throws later is passed over
 */
export function within<T>(
  ms: number,
  work: Promise<T>,
  timers: Timers = systemTimers,
): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const cancel = timers.after(ms, () => resolve(undefined));
    work.finally(cancel).then(resolve, reject);
  });
}

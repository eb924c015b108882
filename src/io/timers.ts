/** Waiting, injected so that tests need not wait. */
export interface Timers {
  /**
   * Calls back once after `ms` milliseconds, or, for less than one, as soon as what has arrived together is dealt with;
   * never before this returns. The result, called before that, forgets it.
   */
  after(ms: number, callback: () => void): () => void;
}

/** The machine's own timers. */
export const systemTimers: Timers = {
  after: (ms, callback) => {
    if (ms < 1) {
      const immediate = setImmediate(callback);
      return () => clearImmediate(immediate);
    }
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

/**
 * Waits `ms` milliseconds or until the signal is aborted, whichever is first. Resolves to whether it slept to the end
 * (false: aborted); never rejects.
 */
export function sleep(ms: number, signal: AbortSignal, timers: Timers = systemTimers): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const onAbort = (): void => {
      cancel();
      resolve(false);
    };
    const cancel = timers.after(ms, () => {
      signal.removeEventListener('abort', onAbort);
      resolve(true);
    });
    signal.addEventListener('abort', onAbort, { once: true });
  });
}

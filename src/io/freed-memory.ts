import { loadKoffi } from './koffi-loader';
import { sleep, systemTimers, type Timers } from './timers';

/** ms between two returns. Each takes under a millisecond. */
const interval = 60_000;

/**
 * Gives memory that was freed back to the system, once a minute, until the signal is aborted. The GNU C library keeps it for
 * later: on a small board, and in a program that runs for years, that is a good part of all its memory. Does nothing where
 * the C library is another one.
 */
export function returnFreedMemory(signal: AbortSignal, timers: Timers = systemTimers): void {
  let trim: (pad: number) => number;
  try {
    trim = loadKoffi().load(null).func('int malloc_trim(size_t pad)') as typeof trim;
  } catch {
    // Without this function all stays as it is.
    return;
  }
  void (async () => {
    while (await sleep(interval, signal, timers)) trim(0);
  })();
}

import { loadKoffi } from './koffi-loader';

/** ms between two returns. Each takes under a millisecond. */
const interval = 60_000;

/**
 * Gives memory that was freed back to the system, once a minute, until the signal is aborted. The GNU C library keeps it for
 * later: on a small board, and in a program that runs for years, that is a good part of all its memory. Does nothing where
 * the C library is another one.
 */
export function returnFreedMemory(signal: AbortSignal): void {
  try {
    const libc = loadKoffi().load(null);
    const trim = libc.func('int malloc_trim(size_t pad)') as (pad: number) => number;
    const timer = setInterval(() => trim(0), interval);
    signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  } catch {
    // Without these functions all stays as it is.
  }
}

import { loadKoffi } from './koffi-loader';

// malloc.h of the GNU C library.
const M_ARENA_MAX = -8;

/** ms between two returns. Each takes under a millisecond. */
const interval = 60_000;

/**
 * Gives memory that was freed back to the system, once a minute, until the signal is aborted. The GNU C library keeps what its
 * threads have freed, each in an arena of its own: on a small board, and in a program that runs for years, that is a good part
 * of all its memory. Does nothing where the C library is another one.
 */
export function returnFreedMemory(signal: AbortSignal): void {
  try {
    const libc = loadKoffi().load(null);
    const setOption = libc.func('int mallopt(int option, int value)') as (
      option: number,
      value: number,
    ) => number;
    const trim = libc.func('int malloc_trim(size_t pad)') as (pad: number) => number;
    setOption(M_ARENA_MAX, 1);
    const timer = setInterval(() => trim(0), interval);
    signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  } catch {
    // Without these functions all stays as it is.
  }
}

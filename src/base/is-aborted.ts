/**
 * Whether a signal was aborted, asked anew: after a check of `signal.aborted` the compiler takes its value for settled, though
 * what was awaited since may have changed it.
 */
export function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

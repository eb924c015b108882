/** Seconds to wait after the first, second … failure in a row; then always the last. */
export const retryLadder = [1, 1, 2, 2, 3, 3, 5, 5, 10, 10, 30, 60] as const;

/** Counts failures in a row, so that what is gone for long is asked for less often. */
export class RetryDelay {
  private failures = 0;

  /** Seconds to wait now: one step up the ladder on each call. */
  next(): number {
    const delay = retryLadder[Math.min(this.failures, retryLadder.length - 1)] ?? 60;
    this.failures++;
    return delay;
  }

  /** To be called on success: the next failure is the first again. */
  reset(): void {
    this.failures = 0;
  }
}

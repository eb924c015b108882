/** Lines of one level in a second, averaged, and how many may come at once before that counts. */
const linesPerSecond = 1;
const burst = 20;

/** How many lines of one level may still be written. Times are monotonic ms and are passed in. */
export class LogBudget {
  /** Events that no cause was kept for. */
  leftOut = 0;
  private left = burst;
  private at = -Infinity;

  /** Takes one line's place, if there is one. */
  take(now: number): boolean {
    this.refill(now);
    if (this.left < 1) return false;
    this.left--;
    return true;
  }

  /** Monotonic ms at which there is one more. */
  nextAt(now: number): number {
    this.refill(now);
    return this.left >= 1 ? now : now + Math.ceil(((1 - this.left) * 1000) / linesPerSecond);
  }

  /** How many events were left out since this was asked last. */
  takeLeftOut(): number {
    const { leftOut } = this;
    this.leftOut = 0;
    return leftOut;
  }

  private refill(now: number): void {
    const passed = Math.max(0, now - this.at);
    this.left = Math.min(burst, this.left + (passed / 1000) * linesPerSecond);
    this.at = Math.max(this.at, now);
  }
}

/**
 * Tells when the next row is due: once in each interval, at multiples of it by the clock that is asked, whether the clock is set
 * or calls come late.
 */
export class RowTimes {
  private slot: number | undefined;

  /** @param seconds from one row to the next, 1 or more */
  constructor(private readonly seconds: number) {}

  /** To be called about once a second. @param now ms, of any clock */
  due(now: number): boolean {
    // Calls that are a second apart and a little late would leave out one now and then.
    if (this.seconds <= 1) return true;
    const slot = Math.floor(now / 1000 / this.seconds);
    if (slot === this.slot) return false;
    this.slot = slot;
    return true;
  }
}

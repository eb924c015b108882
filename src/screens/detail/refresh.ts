/** Numbers change at most this often (ms), so that they can be read. */
const numberInterval = 250;

/** Says when a screen's numbers are to be brought up to date: not too often, but at once after a touch. */
export class Refresh {
  private shownAt = -Infinity;

  /** A touch changed what is to be seen. */
  touched(): void {
    this.shownAt = -Infinity;
  }

  /**
   * Calls `show` if it is time to.
   *
   * @param now monotonic ms
   * @param show returns true when anything differs from before: only that makes the next time wait
   * @returns ms until the next time, or `undefined` when that is whenever something new is heard
   */
  run(now: number, show: () => boolean): number | undefined {
    if (now - this.shownAt < numberInterval) return numberInterval - (now - this.shownAt);
    if (show()) this.shownAt = now;
    return undefined;
  }
}

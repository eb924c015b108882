/** s; see `LogTime`. */
const longestPause = 600;
/** s by which the lines of several interfaces may be out of order. */
const disorder = 1;

/**
 * Time along a recorded log, which never goes back and has no gaps of years: where the stamps jump back, or forward by more
 * than ten minutes, the clock of the machine was set (one without a clock of its own starts in 1970), two logs are in one
 * file, or the recording was stopped, and time goes on from there without a pause. Lines that are less than a second out of
 * order take no time.
 */
export class LogTime {
  private offset: number | undefined;
  private last = 0;

  /**
   * Seconds since the first line, for the line that was stamped at `time`.
   * @param time s since 1970, in the order of the lines
   */
  at(time: number): number {
    this.offset ??= time;
    const passed = time - this.offset;
    if (passed < this.last && passed > this.last - disorder) return this.last;
    if (passed < this.last || passed > this.last + longestPause) this.offset = time - this.last;
    else this.last = passed;
    return this.last;
  }
}

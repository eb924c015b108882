/** Length of one entry of the power log. */
export const powerLogStep = 120_000;
/** Entries that are kept: four hours. */
export const powerLogLength = 120;

/** The mean power of the latest four hours in steps of two minutes, with gaps where nothing was heard. */
export class PowerLog {
  private readonly sums = new Float64Array(powerLogLength);
  private readonly counts = new Uint32Array(powerLogLength);
  private newest: number | undefined;

  /** Takes a sample in: W, + into the battery, at `now` (monotonic ms, not before the samples so far). */
  add(power: number, now: number): void {
    if (!Number.isFinite(power)) return;
    const slot = this.advance(now);
    this.sums[slot] = (this.sums[slot] ?? 0) + power;
    this.counts[slot] = (this.counts[slot] ?? 0) + 1;
  }

  /**
   * Takes in what was before this log began, from a history that outlives it; what is older than the log reaches is left out.
   *
   * @param past means of equal pieces of time, W with their ages in ms at `now` (monotonic ms)
   */
  restore(past: Iterable<{ readonly age: number; readonly value: number }>, now: number): void {
    this.advance(now);
    const newest = this.newest ?? 0;
    for (const { age, value } of past) {
      const step = Math.floor((now - age) / powerLogStep);
      if (!Number.isFinite(value) || !(age >= 0) || step <= newest - powerLogLength) continue;
      const slot = slotOf(step);
      this.sums[slot] = (this.sums[slot] ?? 0) + value;
      this.counts[slot] = (this.counts[slot] ?? 0) + 1;
    }
  }

  /** Mean power of each step in W, oldest first, the last one under way; `undefined` where nothing was heard. */
  series(now: number): (number | undefined)[] {
    const latest = Math.floor(now / powerLogStep);
    const series: (number | undefined)[] = [];
    for (let step = latest - powerLogLength + 1; step <= latest; step++) {
      const kept = this.newest !== undefined && step <= this.newest && step > this.newest - powerLogLength;
      const slot = slotOf(step);
      const count = kept ? (this.counts[slot] ?? 0) : 0;
      series.push(count === 0 ? undefined : (this.sums[slot] ?? 0) / count);
    }
    return series;
  }

  /** The largest mean power of a step, W without its sign; 0 when nothing was heard. */
  largest(now: number): number {
    let largest = 0;
    for (const power of this.series(now))
      if (power !== undefined) largest = Math.max(largest, Math.abs(power));
    return largest;
  }

  /** Empties the steps between the newest entry and `now`, and says where the one of `now` is kept. */
  private advance(now: number): number {
    const step = Math.floor(now / powerLogStep);
    const from = Math.max(step - powerLogLength + 1, (this.newest ?? step - powerLogLength) + 1);
    for (let emptied = from; emptied <= step; emptied++) {
      this.sums[slotOf(emptied)] = 0;
      this.counts[slotOf(emptied)] = 0;
    }
    if (this.newest === undefined || step > this.newest) this.newest = step;
    return slotOf(step);
  }
}

function slotOf(step: number): number {
  return ((step % powerLogLength) + powerLogLength) % powerLogLength;
}

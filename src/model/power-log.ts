import type { PastSample } from './soc-log';

/** Length of one entry of the power log, ms. */
export const powerLogStep = 120_000;
/** Entries of the short view: four hours. */
export const powerLogLength = 120;
/** Entries that are kept: a day. */
export const powerLogKept = 720;

/** What flowed in some time, kWh, both without a sign. */
export interface EnergyFlow {
  readonly into: number;
  readonly out: number;
}

/** The mean power of the latest day in steps of two minutes, with gaps where nothing was heard. */
export class PowerLog {
  private readonly into = new Float64Array(powerLogKept);
  private readonly out = new Float64Array(powerLogKept);
  private readonly counts = new Uint32Array(powerLogKept);
  private newest: number | undefined;

  /** Takes a sample in: W, + into the battery, at `now` (monotonic ms, not before the samples so far). */
  add(power: number, now: number): void {
    if (!Number.isFinite(power)) return;
    this.put(this.advance(now), power);
  }

  /**
   * Fills in what was logged before this process started, W, in the steps of which nothing is known yet. What is no
   * finite number or of no possible age is left out.
   */
  restore(samples: readonly PastSample[], now: number): void {
    this.advance(now);
    const filling = new Set<number>();
    for (const { age, value } of samples) {
      if (!Number.isFinite(value) || !Number.isFinite(age) || age < 0) continue;
      const step = Math.floor((now - age) / powerLogStep);
      if (!this.keeps(step)) continue;
      const slot = slotOf(step);
      if (this.counts[slot] !== 0 && !filling.has(slot)) continue;
      filling.add(slot);
      this.put(slot, value);
    }
  }

  /**
   * Mean power in W, oldest first, the last one under way; `undefined` where nothing was heard.
   *
   * @param length how many means
   * @param steps how many steps each of them stands for
   */
  series(now: number, length = powerLogLength, steps = 1): (number | undefined)[] {
    const latest = Math.floor(now / powerLogStep / steps);
    const series: (number | undefined)[] = [];
    for (let group = latest - length + 1; group <= latest; group++) {
      let [sum, known] = [0, 0];
      for (let step = group * steps; step < (group + 1) * steps; step++) {
        const mean = this.mean(step);
        if (mean === undefined) continue;
        sum += mean;
        known++;
      }
      series.push(known === 0 ? undefined : sum / known);
    }
    return series;
  }

  /** The largest mean power of the latest `length` steps, W without its sign; 0 when nothing was heard. */
  largest(now: number, length = powerLogLength): number {
    let largest = 0;
    for (const power of this.series(now, length))
      if (power !== undefined) largest = Math.max(largest, Math.abs(power));
    return largest;
  }

  /** What flowed in the latest `length` steps. A step counts in full, the one under way for as long as it has lasted. */
  energy(now: number, length: number): EnergyFlow {
    const latest = Math.floor(now / powerLogStep);
    let [into, out] = [0, 0];
    for (let step = latest - length + 1; step <= latest; step++) {
      const slot = slotOf(step);
      const count = this.keeps(step) ? (this.counts[slot] ?? 0) : 0;
      if (count === 0) continue;
      const hours = Math.min(powerLogStep, now - step * powerLogStep) / 3_600_000;
      into += ((this.into[slot] ?? 0) / count / 1000) * hours;
      out += ((this.out[slot] ?? 0) / count / 1000) * hours;
    }
    return { into, out };
  }

  private put(slot: number, power: number): void {
    if (power > 0) this.into[slot] = (this.into[slot] ?? 0) + power;
    else this.out[slot] = (this.out[slot] ?? 0) - power;
    this.counts[slot] = (this.counts[slot] ?? 0) + 1;
  }

  private mean(step: number): number | undefined {
    const slot = slotOf(step);
    const count = this.keeps(step) ? (this.counts[slot] ?? 0) : 0;
    return count === 0 ? undefined : ((this.into[slot] ?? 0) - (this.out[slot] ?? 0)) / count;
  }

  private keeps(step: number): boolean {
    return this.newest !== undefined && step <= this.newest && step > this.newest - powerLogKept;
  }

  /** Empties the steps between the newest entry and `now`, and says where the one of `now` is kept. */
  private advance(now: number): number {
    const step = Math.floor(now / powerLogStep);
    const from = Math.max(step - powerLogKept + 1, (this.newest ?? step - powerLogKept) + 1);
    for (let emptied = from; emptied <= step; emptied++) {
      const slot = slotOf(emptied);
      this.into[slot] = 0;
      this.out[slot] = 0;
      this.counts[slot] = 0;
    }
    if (this.newest === undefined || step > this.newest) this.newest = step;
    return slotOf(step);
  }
}

function slotOf(step: number): number {
  return ((step % powerLogKept) + powerLogKept) % powerLogKept;
}

/**
 * How far a value may be believed. `fresh`: younger than 3 of its periods; `late`: younger than 10, to be shown as old;
 * `lost`: older, or never heard, to be shown as unknown.
 */
export type Freshness = 'fresh' | 'late' | 'lost';

/** A value with how old it is. */
export interface Quantity {
  /** In the unit of its measurement; `undefined` when it was never heard or is lost. */
  readonly value: number | undefined;
  /** ms since it was heard; Infinity when it never was. */
  readonly age: number;
  readonly freshness: Freshness;
}

/** What is not known. */
export const unknown: Quantity = { value: undefined, age: Infinity, freshness: 'lost' };

const latePeriods = 3;
const lostPeriods = 10;
const longestPeriod = 30_000;

/** @param age ms @param period ms between two values when all is well */
export function freshnessOf(age: number, period: number): Freshness {
  if (age < latePeriods * period) return 'fresh';
  return age < lostPeriods * period ? 'late' : 'lost';
}

/** The least believable of several. */
export function worst(...all: readonly Freshness[]): Freshness {
  if (all.includes('lost')) return 'lost';
  return all.includes('late') ? 'late' : 'fresh';
}

/** The most believable of several; `lost` of none. */
export function best(...all: readonly Freshness[]): Freshness {
  if (all.includes('fresh')) return 'fresh';
  return all.includes('late') ? 'late' : 'lost';
}

/**
 * When something was heard, and how often it is heard. The period is the shortest of the last four intervals, so that a
 * message sent every 5 s is not called late, and an outage is not taken for a habit; it is never under the nominal one,
 * so that a burst does not make a healthy value look late.
 */
export class Arrivals {
  /** Monotonic ms of the latest; `undefined` before the first. */
  latest: number | undefined;
  private readonly intervals: number[] = [];
  private next = 0;

  /** @param nominal ms between two arrivals as long as nothing better is known; Infinity for what never ages */
  constructor(readonly nominal: number) {}

  /** False for what is told once and stays true. */
  get ages(): boolean {
    return this.nominal !== Infinity;
  }

  /** @param at monotonic ms; an earlier time than the latest is taken as the latest */
  note(at: number): void {
    if (this.latest !== undefined) {
      this.intervals[this.next] = Math.max(0, at - this.latest);
      this.next = (this.next + 1) % 4;
    }
    this.latest = this.latest === undefined ? at : Math.max(this.latest, at);
  }

  /** ms between two arrivals, from what was heard. */
  get period(): number {
    if (this.intervals.length < 4) return this.nominal;
    return Math.max(this.nominal, Math.min(longestPeriod, ...this.intervals));
  }

  /** ms since the latest; Infinity before the first. */
  age(now: number): number {
    return this.latest === undefined ? Infinity : Math.max(0, now - this.latest);
  }

  /** @param now monotonic ms */
  freshness(now: number): Freshness {
    return freshnessOf(this.age(now), this.period);
  }
}

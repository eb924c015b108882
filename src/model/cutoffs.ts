import type { Battery } from './battery';

/** The cut-offs of a battery's cells, V. */
export interface Cutoffs {
  readonly low: number;
  readonly high: number;
}

/**
 * What the controller reports as its cut-offs, while both can be some: one that has not been set up reports zeroes. The upper one is
 * at least 0.1 V above the lower, and both lie between 0.5 and 6 V.
 *
 * @param now monotonic ms
 */
export function possibleCutoffs(battery: Battery, now: number): Cutoffs | undefined {
  const low = battery.quantity('lowCutoff', now).value;
  const high = battery.quantity('highCutoff', now).value;
  if (low === undefined || high === undefined) return undefined;
  return low >= 0.5 && high <= 6 && high - low >= 0.1 ? { low, high } : undefined;
}

import type { Battery } from './battery';
import { unknown, type Quantity } from './freshness';
import { isPresent, mean, ofAll, ofKnown, older, positive, sum, weighted } from './joint-values';

/**
 * What the state of charge of a bank was computed from: `capacity`, the members' remaining over their full capacity;
 * `nominal`, their states of charge weighted by nominal capacity; `mean`, their plain mean.
 */
export type ChargeSource = 'capacity' | 'nominal' | 'mean';

/** A state of charge in %, and what it was computed from; `undefined` while it is unknown. */
export interface Charge {
  readonly soc: Quantity;
  readonly from: ChargeSource | undefined;
}

/** The charge of members together, of those that are not lost. */
export function chargeOf(members: readonly Battery[], now: number): Charge {
  const present = members.filter((member) => isPresent(member, now));
  const remaining = ofAll(present, (member) => member.quantity('remainingCapacity', now), sum);
  const full = ofAll(present, (member) => positive(member.quantity('fullCapacity', now)), sum);
  if (remaining.value !== undefined && full.value !== undefined) {
    const value = Math.min(100, Math.max(0, (100 * remaining.value) / full.value));
    return { soc: { ...older(remaining, full), value }, from: 'capacity' };
  }
  const soc = (member: Battery): Quantity => member.quantity('stateOfCharge', now);
  const nominal = present.map((member) => positive(member.quantity('nominalCapacity', now)).value ?? NaN);
  const byNominal = nominal.every((capacity) => capacity > 0)
    ? ofAll(present, soc, (values) => weighted(values, nominal))
    : unknown;
  if (byNominal.value !== undefined) return { soc: byNominal, from: 'nominal' };
  const plain = ofKnown(present, soc, mean);
  return { soc: plain, from: plain.value === undefined ? undefined : 'mean' };
}

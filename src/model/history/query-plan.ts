import { tiers, type Tier, type TierName } from './tiers';

/** What a screen wants to see of the past. */
export interface HistoryQuery {
  readonly device: string;
  readonly quantity: string;
  /** ms since 1970; up to but not including `to`. */
  readonly from: number;
  readonly to: number;
  /** How many entries there is room for, at least 1. Where the past is only kept more coarsely there are fewer. */
  readonly points: number;
  /** The only tier to ask, of which each window is an entry then: `points` counts for nothing. */
  readonly tier?: TierName;
}

/** A tier that a query may be answered from. */
export interface TierStep {
  readonly tier: Tier;
  /** ms of one entry of the answer, in whole seconds: no less than what there is room for, nor than the tier's window. */
  readonly step: number;
}

/**
 * The tiers to ask, in their order: the coarsest that is still as fine as what there is room for, and then coarser ones for
 * what it does not keep so long. 24 hours on 720 points are answered in two minutes, ten years in days made of two hours.
 * A window counts for the entry that it starts in.
 * None when the times are no numbers, or the wrong way round.
 */
export function tiersFor({
  from,
  to,
  points,
  tier: only,
}: Pick<HistoryQuery, 'from' | 'to' | 'points' | 'tier'>): TierStep[] {
  if (!Number.isFinite(from) || !Number.isFinite(to) || to <= from) return [];
  if (only !== undefined) {
    return tiers.filter(({ name }) => name === only).map((tier) => ({ tier, step: tier.window }));
  }
  const width = (to - from) / (points >= 1 ? points : 1);
  let first = 0;
  for (const [i, tier] of tiers.entries()) if (tier.window <= width) first = i;
  const step = Math.ceil(width / 1000) * 1000;
  return tiers.slice(first).map((tier) => ({ tier, step: Math.max(step, tier.window) }));
}

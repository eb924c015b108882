/** Milliseconds. */
const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** One of the resolutions in which the past is kept. All times are ms since 1970, UTC: a day is always 24 hours. */
export interface Tier {
  readonly name: string;
  /** Number in stored keys, 0..7; never to be changed. */
  readonly id: number;
  /** ms that one entry stands for. */
  readonly window: number;
  /** ms after which it is thrown away. */
  readonly retention: number;
  /** ms that are stored as one piece: a multiple of a block, so that a block is in one piece. */
  readonly piece: number;
}

/**
 * What is worked off as one: all tiers of these two hours are made together from their raw values. It is the longest
 * window and a multiple of all others, so every window lies within one block.
 */
export const block = 2 * hour;

/** From fine to coarse. The lengths are those of round-robin databases: what is old is looked at from further away. */
export const tiers = [
  { name: 'raw', id: 0, window: second, retention: day, piece: block },
  { name: '2 min', id: 1, window: 2 * minute, retention: 7 * day, piece: 6 * hour },
  { name: '5 min', id: 2, window: 5 * minute, retention: 31 * day, piece: 12 * hour },
  { name: '30 min', id: 3, window: 30 * minute, retention: 366 * day, piece: 4 * day },
  { name: '2 h', id: 4, window: 2 * hour, retention: 3660 * day, piece: 16 * day },
] as const satisfies readonly Tier[];

/** What a tier is called in questions. */
export type TierName = (typeof tiers)[number]['name'];

/** The values as they came, in steps of a second. */
export const rawTier: Tier = tiers[0];
/** Those that are made from the raw values. */
export const coarseTiers: readonly Tier[] = tiers.slice(1);

/** The one that is kept longest; its window is a whole block. */
export const longestTier = tiers[4];

/** The start of the window, piece or block of this length that a time is in. */
export function startOf(time: number, length: number): number {
  return Math.floor(time / length) * length;
}

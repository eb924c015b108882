/** A stretch of time that the menu offers, as it stands in the address: `from=now-2d&to=now`. */
export interface Range {
  readonly label: string;
  readonly from: string;
  readonly to: string;
  /** What its button says, where it has one. */
  readonly quick?: string;
}

const last = (label: string, back: string, quick?: string): Range => ({
  label: `Last ${label}`,
  from: `now-${back}`,
  to: 'now',
  ...(quick !== undefined && { quick }),
});

/** All ranges of the menu, from short to long. */
export const ranges: readonly Range[] = [
  last('5 minutes', '5m', '5 min'),
  last('15 minutes', '15m'),
  last('30 minutes', '30m'),
  last('hour', '1h', '1 h'),
  last('3 hours', '3h'),
  last('6 hours', '6h', '6 h'),
  last('12 hours', '12h'),
  last('24 hours', '24h', '24 h'),
  last('2 days', '2d', '2 d'),
  last('7 days', '7d', '7 d'),
  last('30 days', '30d', '30 d'),
  last('90 days', '90d'),
  last('6 months', '6M'),
  last('year', '1y', '1 y'),
  last('2 years', '2y'),
  last('5 years', '5y', '5 y'),
  { label: 'Yesterday', from: 'now-1d/d', to: 'now/d' },
  { label: 'Day before yesterday', from: 'now-2d/d', to: 'now-1d/d' },
  { label: 'This day last week', from: 'now-1w/d', to: 'now-6d/d' },
  { label: 'Previous week', from: 'now-1w/w', to: 'now/w' },
  { label: 'Previous month', from: 'now-1M/M', to: 'now/M' },
  { label: 'Previous year', from: 'now-1y/y', to: 'now/y' },
  { label: 'Today so far', from: 'now/d', to: 'now' },
  { label: 'This week so far', from: 'now/w', to: 'now' },
  { label: 'This month so far', from: 'now/M', to: 'now' },
  { label: 'This year so far', from: 'now/y', to: 'now' },
];

/** What is shown where nothing is chosen. */
export const usualRange = { from: 'now-2d', to: 'now' } as const;
/** Shorter ones, for where the history has only begun: the first that holds all there is. */
export const beginnings = ['now-5m', 'now-30m', 'now-1h', 'now-6h', 'now-24h'] as const;

/** How often charts can be drawn anew, by what stands in the address: s. */
export const refreshes = [
  { name: '', label: 'as needed' },
  { name: 'off', label: 'off' },
  { name: '5s', label: '5 s', seconds: 5 },
  { name: '10s', label: '10 s', seconds: 10 },
  { name: '30s', label: '30 s', seconds: 30 },
  { name: '1m', label: '1 min', seconds: 60 },
  { name: '5m', label: '5 min', seconds: 300 },
  { name: '15m', label: '15 min', seconds: 900 },
  { name: '30m', label: '30 min', seconds: 1800 },
  { name: '1h', label: '1 h', seconds: 3600 },
] as const satisfies readonly { readonly name: string; readonly label: string; readonly seconds?: number }[];

/** One of them by its name in the address; the first for any other. */
export function refreshNamed(name: string | null): Refresh {
  return refreshes.find((refresh) => refresh.name === name) ?? refreshes[0];
}

/** How often charts are drawn anew. */
export type Refresh = (typeof refreshes)[number];

/**
 * ms from one question to the next; `undefined` where there is no next one: it was switched off, or the range does not move.
 *
 * @param length of the range, ms
 */
export function nextQuestion(
  { from, to }: Pick<Range, 'from' | 'to'>,
  refresh: Refresh,
  length: number,
): number | undefined {
  if (refresh.name === 'off' || !(from.startsWith('now') || to.startsWith('now'))) return undefined;
  return 'seconds' in refresh ? refresh.seconds * 1000 : refreshInterval(length);
}

/** ms from one question to the next for a range that moves: what is not older changes while one looks. @param length ms */
function refreshInterval(length: number): number {
  return Math.min(300_000, Math.max(5000, length / 200));
}

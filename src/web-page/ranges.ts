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
  { label: 'Today', from: 'now/d', to: 'now' },
  { label: 'Yesterday', from: 'now-1d/d', to: 'now/d' },
  { label: 'This week', from: 'now/w', to: 'now' },
  { label: 'This month', from: 'now/M', to: 'now' },
  { label: 'This year', from: 'now/y', to: 'now' },
];

/** What is shown where nothing is chosen. */
export const usualRange = { from: 'now-2d', to: 'now' } as const;
/** Shorter ones, for where the history has only begun: the first that holds all there is. */
export const beginnings = ['now-5m', 'now-30m', 'now-1h', 'now-6h', 'now-24h'] as const;

/** ms from one question to the next for a range that ends now: what is not older changes while one looks. @param length ms */
export function refreshInterval(length: number): number {
  return Math.min(300_000, Math.max(5000, length / 200));
}

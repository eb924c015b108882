import type { Bucket } from '../../model/history/bucket';
import type { HistoryReader, PastValue } from '../../model/history/history-reader';
import type { HistoryQuery } from '../../model/history/query-plan';

/** Answers `recent` of a history by its `query`. */
export async function recentValues(
  { device, quantity, seconds, step, now }: Parameters<HistoryReader['recent']>[0],
  query: (query: HistoryQuery) => Promise<readonly Bucket[]>,
): Promise<readonly PastValue[]> {
  const from = now - seconds * 1000;
  // What the same second has brought is not of the future.
  const points = Math.ceil((seconds + 1) / step);
  const buckets = await query({ device, quantity, from, to: from + points * step * 1000, points });
  return buckets.map(({ start, span, mean }) => ({ age: Math.max(0, now - start - span / 2), value: mean }));
}

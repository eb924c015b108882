import type { Bucket, Samples } from '../../model/history/bucket';

/** Samples from several places together, by their times, those outside of [from, to) left out. None that shares a time is lost. */
export function gathered(parts: readonly Samples[], from: number, to: number): Samples {
  const most = parts.reduce((sum, { times }) => sum + times.length, 0);
  const times = new Float64Array(most);
  const values = new Float64Array(most);
  let count = 0;
  let latest = -Infinity;
  let ordered = true;
  for (const part of parts)
    for (let i = 0; i < part.times.length; i++) {
      const time = part.times[i] ?? 0;
      if (time < from || time >= to) continue;
      if (time < latest) ordered = false;
      latest = time;
      times[count] = time;
      values[count] = part.values[i] ?? 0;
      count++;
    }
  const known = { times: times.subarray(0, count), values: values.subarray(0, count) };
  if (ordered) return known;
  const order = Array.from(known.times, (_, i) => i).sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0));
  return { times: order.map((i) => times[i] ?? 0), values: order.map((i) => values[i] ?? 0) };
}

/** Buckets by their start; of those that start together the order stays. */
export function sorted(buckets: Bucket[]): Bucket[] {
  return buckets.sort((a, b) => a.start - b.start);
}

import { aggregate, merge, type Bucket, type Samples } from '../../model/history/bucket';
import { block, coarseTiers, longestTier, rawTier } from '../../model/history/tiers';
import { BatchReader, type Series } from '../../protocol/history-batch';
import { decodeBuckets, decodeSamples, encodeBuckets, encodeSamples } from '../../protocol/history-pieces';
import type { HistoryDatabase } from './history-database';
import { gathered, sorted } from './history-samples';

/** Reads something, or counts it as unreadable. */
type Readable = <T>(read: () => T) => T | undefined;

/** How far the settling of a block has come. */
export interface Settling {
  /** Start of the block, ms since 1970. */
  readonly start: number;
  /** Ids of the series that are in the tiers already, although what they were made of is still among what is fresh. */
  readonly done: Set<number>;
  /** Pieces that could not be read and were replaced. */
  unreadable: number;
}

/**
 * Puts what is fresh of one block into all tiers, one series at a step. Where the block's raw values are still there, its
 * windows are computed anew from all of them, so that late ones count like the others. Where they have been thrown away,
 * late ones are added to the windows that there are, weighed by how many values those were made of.
 *
 * @param keepRaw false when the block is too old for the raw tier
 */
export function* settleBlock(
  database: HistoryDatabase,
  settling: Settling,
  keepRaw: boolean,
): Generator<void> {
  const { start } = settling;
  const end = start + block;
  const readable: Readable = (read) => {
    try {
      return read();
    } catch {
      settling.unreadable++;
      return undefined;
    }
  };
  const batches = database.fresh(start, start).flatMap((data) => readable(() => new BatchReader(data)) ?? []);
  const present = new Set(batches.flatMap((batch) => [...batch.series]));
  for (const series of database.allSeries()) {
    if (!present.has(series.id)) continue;
    const fresh = batches.flatMap((batch) => readable(() => batch.samples(series)) ?? []);
    const known = database
      .pieces(rawTier, series, start, end)
      .flatMap((data) => readable(() => decodeSamples(data, series.form)) ?? []);
    const samples = gathered([...known, ...fresh], start, end);
    if (samples.times.length > 0) {
      const complete = known.length > 0 || isNew(database, series, start, readable);
      if (complete && (keepRaw || known.length > 0))
        database.putPiece(rawTier, series, start, encodeSamples(samples, series.form));
      addToTiers(database, series, start, samples, complete, readable);
    }
    settling.done.add(series.id);
    yield;
  }
}

/** True when nothing of this block is in the tier that keeps everything longest: what is fresh is then all there ever was. */
function isNew(database: HistoryDatabase, series: Series, start: number, readable: Readable): boolean {
  return database
    .pieces(longestTier, series, start, start + block)
    .flatMap((data) => readable(() => decodeBuckets(data, series.form, longestTier.window)) ?? [])
    .every((bucket) => bucket.start !== start);
}

function addToTiers(
  database: HistoryDatabase,
  series: Series,
  start: number,
  samples: Samples,
  complete: boolean,
  readable: Readable,
): void {
  const { kind } = series.form;
  for (const tier of coarseTiers) {
    const piece = database
      .pieces(tier, series, start, start + block)
      .flatMap((data) => readable(() => decodeBuckets(data, series.form, tier.window)) ?? []);
    const outside = piece.filter((bucket) => bucket.start < start || bucket.start >= start + block);
    const inside = piece.filter((bucket) => bucket.start >= start && bucket.start < start + block);
    const made = aggregate(kind, samples, tier.window);
    // The last value of a window that is settled stays: nobody knows any more whether a late one came after it.
    const buckets: Bucket[] = complete ? made : merge(kind, sorted([...made, ...inside]), tier.window);
    database.putPiece(
      tier,
      series,
      start,
      encodeBuckets(sorted([...outside, ...buckets]), series.form, tier.window),
    );
  }
}

import {
  aggregate,
  BucketMaker,
  merge,
  type Bucket,
  type BucketColumns,
  type Samples,
} from '../../model/history/bucket';
import type { HistoryQuery } from '../../model/history/query-plan';
import { tiersFor } from '../../model/history/query-plan';
import { retentionReference } from '../../model/history/retention';
import { block, longestTier, rawTier, startOf, tiers, type Tier } from '../../model/history/tiers';
import { BatchReader, encodeBatch, type Series } from '../../protocol/history-batch';
import { decodeColumns, decodeSamples } from '../../protocol/history-pieces';
import type { HistoryDatabase } from './history-database';
import { settleBlock, type Settling } from './history-settling';
import { gathered, sorted } from './history-samples';
import type { RecordedSample } from './recorder';

/** ms after the end of a block for what is on its way. */
const grace = 60_000;
/** Batches of a block that are put together: ten minutes of one device. */
const mostBatches = 60;
/** The last time that a stored key has room for. */
const endOfTime = 2 ** 24 * block;

/**
 * What the history does with its tables. Samples go into `fresh` as they come; a block of two hours that is over is settled: put
 * into all tiers at once, from its raw values, in one transaction. What is fresh is the list of what is still to be done, so
 * that neither a crash nor a year without power nor late data leaves anything out.
 */
export class HistoryStore {
  /** Pieces that could not be read, and were left out. */
  unreadable = 0;

  private underWay: Settling | undefined;

  constructor(private readonly database: HistoryDatabase) {}

  /**
   * Commits samples, those with an impossible time left out. A number that was committed before is not committed again.
   *
   * @param run name of this run of the program @param first number of the first sample in it, from 1
   */
  append(run: string, first: number, samples: readonly RecordedSample[]): void {
    const { database } = this;
    try {
      database.db
        .transaction(() => {
          const done = database.sequence(run);
          const fresh = samples.slice(Math.max(0, done + 1 - first));
          if (fresh.length === 0) return;
          for (const group of batches(fresh)) this.addBatch(group);
          database.noteSequence(run, first + samples.length - 1);
        })
        .immediate();
    } catch (error) {
      if (database.db.open) database.loadSeries();
      throw error;
    }
  }

  /** The next block that is over and not in the tiers yet; `undefined` when there is none. */
  due(now: number): number | undefined {
    return this.database.freshBlocks().find((start) => start + block + grace <= now);
  }

  /** Puts a block into the tiers, and throws away what has become too old: all of it or nothing. */
  settle(start: number, now: number): void {
    const steps = this.settling(start, now);
    while (steps.next().done !== true);
  }

  /**
   * The same in steps of a few milliseconds, between which queries may be asked and nothing else be done. It is undone
   * when it is not brought to its end.
   */
  *settling(start: number, now: number): Generator<void> {
    const { database } = this;
    const { db } = database;
    const settling: Settling = { start, done: new Set(), unreadable: 0 };
    const before = retentionReference(database.newestBlocks(now, 12), now);
    db.exec('BEGIN IMMEDIATE');
    this.underWay = settling;
    try {
      yield* settleBlock(
        database,
        settling,
        before === undefined || start + block > before - rawTier.retention,
      );
      database.dropFresh(start);
      database.noteBlock(start);
      yield* this.purging(now);
      db.exec('COMMIT');
    } finally {
      this.underWay = undefined;
      this.unreadable += settling.unreadable;
      if (db.open && db.inTransaction) db.exec('ROLLBACK');
    }
  }

  private *purging(now: number): Generator<void> {
    const { database } = this;
    const reference = retentionReference(database.newestBlocks(now, 12), now);
    if (reference === undefined) return;
    for (const series of database.allSeries()) {
      for (const tier of tiers) database.dropPieces(tier, series, reference - tier.retention);
      yield;
    }
    database.dropBlocks(reference - longestTier.retention);
  }

  /**
   * Throws away the two oldest hours of single seconds; what was made of them stays. Returns false when there are none.
   */
  giveUpOldest(): boolean {
    const { database } = this;
    const all = database.allSeries();
    const starts = all
      .map((series) => database.oldestPiece(rawTier, series))
      .filter((at) => at !== undefined);
    if (starts.length === 0) return false;
    const end = Math.min(...starts) + rawTier.piece;
    database.db.transaction(() => {
      for (const series of all) database.dropPieces(rawTier, series, end);
    })();
    database.shrink();
    return true;
  }

  /**
   * The past of a quantity, oldest first, from as fine a tier as there is room for; what that tier does not keep so long
   * comes from coarser ones. Nothing for a quantity that was never recorded.
   */
  query(query: HistoryQuery): Bucket[] {
    const series = this.database.series(query.device, query.quantity);
    if (series === undefined) return [];
    const answer: Bucket[][] = [];
    let end = Math.min(query.to, endOfTime);
    const steps = tiersFor(query);
    for (const [i, { tier, step }] of steps.entries()) {
      const from = Math.max(0, startOf(query.from, step));
      if (from >= end) break;
      const found =
        tier.id === rawTier.id
          ? this.fromRaw(series, from, end, step)
          : this.fromTier(tier, series, from, end, step);
      const [first] = found;
      if (first === undefined) continue;
      answer.unshift(found);
      end = startOf(first.start, steps[i + 1]?.tier.window ?? step);
      // Nothing can be missing where less than an entry is left.
      if (end - from < step) break;
    }
    return answer.flat();
  }

  private fromRaw(series: Series, from: number, to: number, step: number): Bucket[] {
    const parts = this.database
      .pieces(rawTier, series, from, to)
      .flatMap((data) => this.readable(() => decodeSamples(data, series.form)) ?? []);
    return aggregate(series.form.kind, gathered([...parts, ...this.fresh(series, from, to)], from, to), step);
  }

  private fromTier(tier: Tier, series: Series, from: number, to: number, step: number): Bucket[] {
    const { kind } = series.form;
    const settled = this.database
      .pieces(tier, series, from, to)
      .flatMap((data) => this.readable(() => decodeColumns(data, series.form, tier.window)) ?? []);
    const fresh = aggregate(kind, gathered(this.fresh(series, from, to), from, to), tier.window);
    const maker = new BucketMaker(kind, step);
    if (fresh[0] === undefined || fresh[0].start > lastStart(settled)) {
      for (const columns of settled) maker.addColumns(columns, from, to);
      for (const bucket of fresh) maker.addBucket(bucket);
      return maker.finish();
    }
    // Something is late: it belongs between, or into, what is settled.
    const single = new BucketMaker(kind, tier.window);
    for (const columns of settled) single.addColumns(columns, from, to);
    return merge(kind, sorted([...single.finish(), ...fresh]), step);
  }

  private fresh(series: Series, from: number, to: number): Samples[] {
    const { underWay } = this;
    return this.database
      .fresh(
        startOf(from, block),
        startOf(to, block),
        underWay?.done.has(series.id) ? underWay.start : undefined,
      )
      .flatMap((data) => this.readable(() => new BatchReader(data).samples(series)) ?? []);
  }

  /** One piece that a faulty card has spoilt does not take the rest with it. */
  private readable<T>(read: () => T): T | undefined {
    try {
      return read();
    } catch {
      this.unreadable++;
      return undefined;
    }
  }

  private addBatch(samples: readonly RecordedSample[]): void {
    const [first] = samples;
    if (first === undefined) return;
    const { device, kind, names } = first;
    const columns = names.flatMap((name, i) => {
      const values = samples.map((sample) => sample.values[i] ?? NaN);
      if (!values.some(Number.isFinite)) return [];
      const series = this.database.makeSeries(device, kind, name);
      return series === undefined ? [] : [{ series, values }];
    });
    if (columns.length === 0) return;
    const data = encodeBatch({ times: samples.map(({ at }) => at), columns });
    this.database.addFresh(startOf(first.at, block), 0, data);
    this.condense(startOf(first.at, block));
  }

  /** Many small batches take long to read: ten minutes of them become one. */
  private condense(start: number): void {
    const { database } = this;
    if (database.countFresh(start) < mostBatches) return;
    const series = new Map(database.allSeries().map((one) => [one.id, one]));
    const groups = new Map<string, BatchReader[]>();
    for (const data of database.takeFresh(start)) {
      const batch = this.readable(() => new BatchReader(data));
      if (batch === undefined) continue;
      // Of one device and one moment: those have the same quantities, or nearly.
      const key = [...batch.series].join();
      groups.set(key, [...(groups.get(key) ?? []), batch]);
    }
    for (const batches of groups.values()) {
      const ids = [...(batches[0]?.series ?? [])];
      const columns = ids.flatMap((id) => {
        const one = series.get(id);
        return one === undefined
          ? []
          : [{ series: one, values: batches.flatMap((batch) => batch.values(one)) }];
      });
      database.addFresh(
        start,
        1,
        encodeBatch({ times: batches.flatMap(({ times }) => Array.from(times)), columns }),
      );
    }
  }
}

/** Samples that make one batch: of one device and one block, with the same quantities. */
function batches(samples: readonly RecordedSample[]): RecordedSample[][] {
  const groups: RecordedSample[][] = [];
  for (const sample of samples) {
    if (!(sample.at >= 0 && sample.at < endOfTime)) continue;
    const fitting = groups.find(([first]) => first !== undefined && fit(first, sample));
    if (fitting === undefined) groups.push([sample]);
    else fitting.push(sample);
  }
  return groups;
}

function fit(a: RecordedSample, b: RecordedSample): boolean {
  return (
    a.device === b.device &&
    a.kind === b.kind &&
    startOf(a.at, block) === startOf(b.at, block) &&
    sameNames(a.names, b.names)
  );
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a === b || (a.length === b.length && a.every((name, i) => name === b[i]));
}

function lastStart(columns: readonly BucketColumns[]): number {
  const starts = columns.at(-1)?.starts;
  return starts === undefined || starts.length === 0 ? -Infinity : (starts[starts.length - 1] ?? -Infinity);
}

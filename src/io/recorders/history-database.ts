import { closeSync, openSync, statfsSync } from 'node:fs';
import { basename } from 'node:path';
import Database from 'better-sqlite3';
import { errorCode } from '../../base/error-code';
import { writingFailureWords } from '../../base/failure-words';
import type { KeptForm, QuantityKind } from '../../model/history/quantities';
import { keptForm } from '../../model/history/quantities';
import type { Kind } from '../../model/reading';
import type { Tier } from '../../model/history/tiers';
import type { Series } from '../../protocol/history-batch';

/** 'pdHi', for `file` and those who wonder what it is. */
const applicationId = 0x70644869;
/** Of the tables below; a later release that changes them counts on. */
const schemaVersion = 1;
/** Bytes that are left to the system when the file is written anew. */
const spareRoom = 100_000_000;
const mostSeries = 65_535;
/** Pieces of one series and tier that a key has room for. */
const mostPieces = 2 ** 24;

const schema = `
  -- Every quantity of every device, with the form that its numbers are stored in.
  CREATE TABLE series (id INTEGER PRIMARY KEY, device TEXT NOT NULL, quantity TEXT NOT NULL,
    kind TEXT NOT NULL, decimals INTEGER NOT NULL, UNIQUE (device, quantity));
  -- What is to be put into the tiers yet: some seconds (level 0) or minutes (level 1) of a device, see history-batch.ts.
  CREATE TABLE fresh (id INTEGER PRIMARY KEY AUTOINCREMENT, block INTEGER NOT NULL, level INTEGER NOT NULL,
    data BLOB NOT NULL);
  CREATE INDEX fresh_block ON fresh (block, level);
  -- The tiers, see history-pieces.ts. The key is tier, series and piece in one number: a table of nothing but a key and
  -- a blob is the smallest and the fastest that SQLite has.
  CREATE TABLE piece (key INTEGER PRIMARY KEY, data BLOB NOT NULL);
  -- Starts (ms since 1970) of the blocks that are in the tiers.
  CREATE TABLE block (start INTEGER PRIMARY KEY);
  -- Who has written last, and how much of it: what is sent again after a crash is not written twice.
  CREATE TABLE writer (id INTEGER PRIMARY KEY CHECK (id = 1), run TEXT NOT NULL, sequence INTEGER NOT NULL);
  PRAGMA application_id = ${applicationId};
  PRAGMA user_version = ${schemaVersion};
`;

/** A database that is whole, but not of this release's making. */
export class OtherVersionError extends Error {}

/** The history's tables, without a thought of what they mean. */
export class HistoryDatabase {
  /** For transactions, which belong to who knows what goes together. */
  readonly db: Database.Database;
  private readonly known = new Map<string, Map<string, Series>>();

  /**
   * Opens the file, and makes it where there is none.
   *
   * @param options `mostPages`: of 4 KB, beyond which it says that the disk is full
   * @throws Database.SqliteError when it can't be opened or is damaged
   * @throws OtherVersionError when a later release made it, or another program
   */
  constructor(file: string, { mostPages }: { readonly mostPages?: number } = {}) {
    const opened = open(file, mostPages);
    this.db = opened.db;
    this.statements = { ...opened.opening, ...prepare(this.db) };
    this.loadSeries();
  }

  /**
   * Every prepared statement is one of these and lives as long as the database: one that is collected as garbage is
   * destroyed at a moment that nobody chose, after the database was closed or while its thread ends, and there releases of
   * better-sqlite3 have aborted. What needs no result goes through `exec`, which leaves no statement behind.
   */
  private readonly statements: Opened['opening'] & ReturnType<typeof prepare>;

  /** The series of a quantity; `undefined` when it was never recorded. */
  series(device: string, quantity: string): Series | undefined {
    return this.known.get(device)?.get(quantity);
  }

  /** The same, made when it is new; `undefined` when there are too many already. */
  makeSeries(device: string, kind: Kind, quantity: string): Series | undefined {
    const known = this.series(device, quantity);
    if (known !== undefined) return known;
    const form = keptForm(kind, quantity);
    const { lastInsertRowid } = this.statements.addSeries.run(device, quantity, form.kind, form.decimals);
    const id = Number(lastInsertRowid);
    if (id > mostSeries) {
      this.statements.dropSeries.run(id);
      return undefined;
    }
    return this.remember(device, quantity, { id, form });
  }

  /** To be called when a transaction was undone, which may have made series. */
  loadSeries(): void {
    this.known.clear();
    for (const { id, device, quantity, kind, decimals } of this.statements.allSeries.all())
      this.remember(device, quantity, {
        id,
        form: { kind: kind as QuantityKind, decimals } satisfies KeptForm,
      });
  }

  /** Every series that was ever recorded, of all devices. */
  allSeries(): Series[] {
    return [...this.known.values()].flatMap((quantities) => [...quantities.values()]);
  }

  /** Pieces of a series that reach into [from, to), by their time. */
  pieces(tier: Tier, { id }: Series, from: number, to: number): Uint8Array[] {
    const [low, high] = [keyOf(tier, id, from), keyOf(tier, id, to - 1)];
    return this.statements.pieces.all(low, high);
  }

  /** Puts a piece into a tier in place of the one that was there. @param time ms since 1970, anywhere in it */
  putPiece(tier: Tier, { id }: Series, time: number, data: Uint8Array): void {
    this.statements.putPiece.run(keyOf(tier, id, time), data);
  }

  /** Throws away the pieces of a series that end at `time` or before. */
  dropPieces(tier: Tier, { id }: Series, time: number): void {
    const key = keyOf(tier, id, time);
    this.statements.dropPieces.run(keyOf(tier, id, 0), key - 1);
  }

  /** Start (ms since 1970) of the oldest piece of a series; `undefined` without any. */
  oldestPiece(tier: Tier, { id }: Series): number | undefined {
    const first = keyOf(tier, id, 0);
    const key = this.statements.oldestPiece.get(first, first + mostPieces - 1);
    return typeof key === 'number' ? (key - first) * tier.piece : undefined;
  }

  /** Gives what was thrown away back to the disk, as far as that is quickly done. */
  shrink(): void {
    this.db.exec('PRAGMA incremental_vacuum(2000)');
  }

  /** @param level 0 as it came, 1 put together */
  addFresh(block: number, level: 0 | 1, data: Uint8Array): void {
    this.statements.addFresh.run(block, level, data);
  }

  /** How many batches of a block are as they came. */
  countFresh(block: number): number {
    return this.statements.countFresh.get(block) ?? 0;
  }

  /** Takes the batches of a block that are as they came out of the table, in the order in which they came. */
  takeFresh(block: number): Uint8Array[] {
    return this.statements.takeFresh.all(block);
  }

  /** Batches of the blocks from `first` to `last` but one, in the order in which they came. */
  fresh(first: number, last: number, but = -1): Uint8Array[] {
    return this.statements.fresh.all(first, last, but);
  }

  /** Starts of the blocks that have something fresh. */
  freshBlocks(): number[] {
    return this.statements.freshBlocks.all();
  }

  /** Throws away all batches of a block: they are in the tiers. @param block its start, ms since 1970 */
  dropFresh(block: number): void {
    this.statements.dropFresh.run(block);
  }

  /** Says that a block is in the tiers. @param start ms since 1970 */
  noteBlock(start: number): void {
    this.statements.noteBlock.run(start);
  }

  /** Starts of the latest blocks in the tiers that are not after `now`, newest first. */
  newestBlocks(now: number, count: number): number[] {
    return this.statements.newestBlocks.all(now, count);
  }

  /** Forgets the blocks that start before `before` (ms since 1970): their pieces are thrown away. */
  dropBlocks(before: number): void {
    this.statements.dropBlocks.run(before);
  }

  /** How far a run of the program has written; 0 for another run than the last. */
  sequence(run: string): number {
    return this.statements.sequence.get(run) ?? 0;
  }

  /** Says how far a run of the program has written. @param sequence number of its last sample */
  noteSequence(run: string, sequence: number): void {
    this.statements.noteSequence.run(run, sequence);
  }

  /** Brings what was committed onto the disk, for good. */
  checkpoint(): void {
    this.db.exec('PRAGMA wal_checkpoint(PASSIVE)');
  }

  /** Closes the file; nothing can be asked any more. */
  close(): void {
    this.db.close();
  }

  private remember(device: string, quantity: string, series: Series): Series {
    let quantities = this.known.get(device);
    if (quantities === undefined) {
      quantities = new Map();
      this.known.set(device, quantities);
    }
    quantities.set(quantity, series);
    return series;
  }
}

function keyOf({ id, piece }: Tier, series: number, time: number): number {
  const index = Math.min(mostPieces - 1, Math.max(0, Math.floor(time / piece)));
  return (id * (mostSeries + 1) + series) * mostPieces + index;
}

interface SeriesRow {
  readonly id: number;
  readonly device: string;
  readonly quantity: string;
  readonly kind: string;
  readonly decimals: number;
}

interface Opened {
  readonly db: Database.Database;
  readonly opening: ReturnType<typeof prepareOpening>;
}

/**
 * Opens the file, and makes its tables where there are none. WAL wants memory that several programs share, which some file
 * systems do not have (9p, some network mounts): there the database is this program's alone, which needs none.
 */
function open(file: string, mostPages: number | undefined): Opened {
  try {
    return openAs('NORMAL', file, mostPages);
  } catch (error) {
    if (!/^SQLITE_(?:IOERR|READONLY|CANTOPEN|PROTOCOL)/.test(errorCode(error))) throw error;
    try {
      return openAs('EXCLUSIVE', file, mostPages);
    } catch (again) {
      throw /^SQLITE_(?:READONLY|CANTOPEN)/.test(errorCode(again)) ? systemCause(file, again) : again;
    }
  }
}

/** What the system says of a file that SQLite can't open or write: it knows why. */
function systemCause(file: string, error: unknown): unknown {
  try {
    closeSync(openSync(file, 'a'));
    return error;
  } catch (cause) {
    const message = `${basename(file)} can't be opened: ${writingFailureWords(cause)}`;
    return Object.assign(new Error(message, { cause }), { code: errorCode(cause) });
  }
}

function openAs(locking: 'NORMAL' | 'EXCLUSIVE', file: string, mostPages: number | undefined): Opened {
  const db = new Database(file, { timeout: 500 });
  try {
    db.exec(`PRAGMA locking_mode = ${locking}`);
    // Of a new file only: what is thrown away can be given back to the disk.
    db.exec('PRAGMA auto_vacuum = INCREMENTAL');
    db.exec('PRAGMA journal_mode = WAL');
    // A power cut may take the last minute (see the recorder's checkpoints), never the database.
    db.exec('PRAGMA synchronous = NORMAL');
    db.exec('PRAGMA cache_size = -2000');
    db.exec('PRAGMA journal_size_limit = 4194304');
    if (mostPages !== undefined) db.exec(`PRAGMA max_page_count = ${mostPages}`);
    const opening = prepareOpening(db);
    if (opening.tables.get() === 0) db.transaction(() => db.exec(schema)).immediate();
    else {
      const version = opening.version.get();
      if (version !== schemaVersion) throw new OtherVersionError(`version ${String(version)}`);
      makeShrinkable(db, opening, file);
    }
    return { db, opening };
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * Has a file that was made without `auto_vacuum` written anew, once: it gives nothing back to the disk otherwise, however much is
 * thrown away. That takes seconds in the history's own thread, and room for two more of it on the disk; without, it stays as it is.
 */
function makeShrinkable(db: Database.Database, opening: Opened['opening'], file: string): void {
  if (opening.autoVacuum.get() !== 0) return;
  try {
    const size = (opening.pageCount.get() ?? 0) * (opening.pageSize.get() ?? 0);
    const { bavail, bsize } = statfsSync(file);
    if (bavail * bsize < 2 * size + spareRoom) return;
    db.exec('VACUUM');
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } catch {
    // It is as it was; what really stands in its way is told at the next write.
  }
}

function prepareOpening(db: Database.Database) {
  return {
    autoVacuum: db.prepare<[], number>('PRAGMA auto_vacuum').pluck(),
    pageCount: db.prepare<[], number>('PRAGMA page_count').pluck(),
    pageSize: db.prepare<[], number>('PRAGMA page_size').pluck(),
    version: db.prepare<[], number>('PRAGMA user_version').pluck(),
    tables: db.prepare<[], number>('SELECT count(*) FROM sqlite_master').pluck(),
  };
}

function prepare(db: Database.Database) {
  return {
    allSeries: db.prepare<[], SeriesRow>('SELECT * FROM series'),
    addSeries: db.prepare('INSERT INTO series (device, quantity, kind, decimals) VALUES (?, ?, ?, ?)'),
    dropSeries: db.prepare('DELETE FROM series WHERE id = ?'),
    pieces: db
      .prepare<[number, number], Uint8Array>('SELECT data FROM piece WHERE key BETWEEN ? AND ? ORDER BY key')
      .pluck(),
    putPiece: db.prepare('INSERT OR REPLACE INTO piece VALUES (?, ?)'),
    dropPieces: db.prepare('DELETE FROM piece WHERE key BETWEEN ? AND ?'),
    oldestPiece: db
      .prepare<[number, number], number | null>('SELECT min(key) FROM piece WHERE key BETWEEN ? AND ?')
      .pluck(),
    addFresh: db.prepare('INSERT INTO fresh (block, level, data) VALUES (?, ?, ?)'),
    countFresh: db
      .prepare<[number], number>('SELECT count(*) FROM fresh WHERE block = ? AND level = 0')
      .pluck(),
    takeFresh: db
      .prepare<[number], Uint8Array>('DELETE FROM fresh WHERE block = ? AND level = 0 RETURNING data')
      .pluck(),
    fresh: db
      .prepare<[number, number, number], Uint8Array>(
        'SELECT data FROM fresh WHERE block BETWEEN ? AND ? AND block <> ? ORDER BY id',
      )
      .pluck(),
    freshBlocks: db.prepare<[], number>('SELECT DISTINCT block FROM fresh ORDER BY block').pluck(),
    dropFresh: db.prepare('DELETE FROM fresh WHERE block = ?'),
    noteBlock: db.prepare('INSERT OR IGNORE INTO block VALUES (?)'),
    newestBlocks: db
      .prepare<[number, number], number>(
        'SELECT start FROM block WHERE start <= ? ORDER BY start DESC LIMIT ?',
      )
      .pluck(),
    dropBlocks: db.prepare('DELETE FROM block WHERE start < ?'),
    sequence: db.prepare<[string], number>('SELECT sequence FROM writer WHERE run = ?').pluck(),
    noteSequence: db.prepare('INSERT OR REPLACE INTO writer VALUES (1, ?, ?)'),
  };
}

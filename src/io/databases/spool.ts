import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { diskReserve } from '../recorders/disk-trouble';

/** A row on its way into a database. */
export interface SpoolRow {
  /** ms since 1970. */
  readonly at: number;
  /** Name of the device: there is one row of it for each time. */
  readonly device: string;
  /** What it holds. */
  readonly text: string;
}

/** One that is in the spool. */
export interface SpooledRow extends SpoolRow {
  readonly id: number;
}

/** How much a spool may hold. */
export interface SpoolLimits {
  /** Bytes. Default: 1 GB, or 5 % of a smaller disk. */
  readonly mostBytes?: number;
  /** Default: as many as there is room for. */
  readonly mostRows?: number;
  /** 4 KB pages that the file can have at all, so that tests have a full disk. */
  readonly mostPages?: number;
  /** Bytes of the disk, and those that are free; replaced in tests. */
  readonly room?: () => { readonly size: number; readonly free: number };
}

/** 'pdSp', for `file` and those who wonder what it is. */
const applicationId = 0x70645370;
const schemaVersion = 1;
const defaultBytes = 1e9;
/** Of a disk that would otherwise have 1 GB of it. */
const shareOfDisk = 0.05;
/** Rows that a database has refused and that are kept to be looked at. */
const mostRefused = 10_000;
/** Bytes that a spool may always have, however full the disk is. */
const leastBytes = 1e6;
/** Free pages that are given back to the disk when nothing waits. */
const spareLimit = 256;

const schema = `
  -- The key keeps a row that is handed in again after a crash from being there twice, and gives the order of time.
  CREATE TABLE waiting (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, device TEXT NOT NULL, text TEXT NOT NULL,
    UNIQUE (at, device));
  -- What the database did not take, with its words for it.
  CREATE TABLE refused (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, device TEXT NOT NULL, text TEXT NOT NULL,
    reason TEXT NOT NULL);
  CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
  PRAGMA application_id = ${applicationId};
  PRAGMA user_version = ${schemaVersion};
`;

/** A spool of another program, or of a later release. */
export class OtherSpoolError extends Error {}

/**
 * Rows that wait for a database, on the disk: what `add` has taken survives a crash and a power cut. It has a limit; beyond
 * it the oldest are dropped and counted.
 */
export class Spool {
  private readonly db: Database.Database;
  private readonly statements;
  private count: number;
  private readonly counters = { dropped: 0, refused: 0 };

  /**
   * Opens the file, and makes it where there is none; its folder is there.
   *
   * @throws Database.SqliteError when it can't be opened or is damaged @throws OtherSpoolError when it is no such spool
   */
  constructor(
    private readonly file: string,
    private readonly limits: SpoolLimits = {},
  ) {
    this.db = new Database(file, { timeout: 500 });
    try {
      this.db.exec('PRAGMA auto_vacuum = INCREMENTAL');
      this.db.exec('PRAGMA journal_mode = WAL');
      this.db.exec('PRAGMA cache_size = -1000');
      this.db.exec('PRAGMA journal_size_limit = 4194304');
      if (limits.mostPages !== undefined) this.db.exec(`PRAGMA max_page_count = ${limits.mostPages}`);
      this.prepareFile();
      this.statements = this.prepare();
      this.count = this.statements.count.get() ?? 0;
      for (const name of ['dropped', 'refused'] as const)
        this.counters[name] = this.statements.counted.get(name) ?? 0;
    } catch (error) {
      this.db.close();
      throw error;
    }
  }

  /** Rows that wait. */
  get waiting(): number {
    return this.count;
  }

  /** Rows that were dropped since the file was made, because it was full. */
  get dropped(): number {
    return this.counters.dropped;
  }

  /** Rows that were refused since the file was made. */
  get refused(): number {
    return this.counters.refused;
  }

  /** Takes rows; when it returns they are on the disk. @throws Database.SqliteError; none of them is in it then */
  add(rows: readonly SpoolRow[]): void {
    const most = this.mostBytes();
    this.durably(() => {
      let added = 0;
      for (const { at, device, text } of rows)
        added += this.statements.insert.run(Math.round(at), device, text).changes;
      const dropped = this.makeRoom(this.count + added, most);
      if (dropped > 0) this.statements.note.run('dropped', this.counters.dropped + dropped);
      return () => {
        this.count += added - dropped;
        this.counters.dropped += dropped;
      };
    });
  }

  /** The oldest: at most so many rows, and no more than the first beyond so many characters. */
  oldest(rows: number, characters = Infinity): readonly SpooledRow[] {
    const found: SpooledRow[] = [];
    let length = 0;
    for (const row of this.statements.oldest.iterate(rows)) {
      found.push(row);
      length += row.text.length;
      if (length >= characters) break;
    }
    return found;
  }

  /** The database has these: they are forgotten. After a power cut some may be sent again. */
  arrived(rows: readonly SpooledRow[]): void {
    // Not waited for: what is sent twice is there once.
    this.db.pragma('synchronous = NORMAL');
    // One that was dropped while it was under way is not there any more.
    this.count -= this.db.transaction(() =>
      rows.reduce((count, { id }) => count + this.statements.remove.run(id).changes, 0),
    )();
    if (this.count === 0) this.giveBack();
  }

  /** The database will never take this one: it is put aside with the reason, and counted. */
  refuse(row: SpooledRow, reason: string): void {
    this.durably(() => {
      this.statements.setAside.run(row.at, row.device, row.text, reason.slice(0, 1000));
      this.statements.forget.run(mostRefused);
      const removed = this.statements.remove.run(row.id).changes;
      this.statements.note.run('refused', this.counters.refused + 1);
      return () => {
        this.count -= removed;
        this.counters.refused++;
      };
    });
  }

  close(): void {
    this.db.close();
  }

  /** Does something as a whole and waits for the disk; what it returns is done after that. */
  private durably(action: () => () => void): void {
    this.db.pragma('synchronous = FULL');
    this.db.transaction(action)()();
  }

  /** Drops the oldest until the rest fits. @param count of rows there are @param most bytes @returns how many were dropped */
  private makeRoom(count: number, most: number): number {
    const { mostRows = Infinity } = this.limits;
    let left = count;
    while (left > 0 && (left > mostRows || this.usedBytes() > most)) {
      const surplus = left > mostRows ? left - mostRows : Math.ceil(left / 100);
      left -= this.statements.drop.run(surplus).changes;
    }
    return count - left;
  }

  private mostBytes(): number {
    const { size, free } = this.room();
    const most = this.limits.mostBytes ?? Math.min(defaultBytes, size * shareOfDisk);
    // What is kept free for the system is not touched: then it does not grow.
    return free >= diskReserve(size) ? most : Math.min(most, Math.max(leastBytes, this.fileBytes()));
  }

  private room(): { readonly size: number; readonly free: number } {
    if (this.limits.room !== undefined) return this.limits.room();
    const { blocks, bavail, bsize } = statfsSync(dirname(this.file));
    return { size: blocks * bsize, free: bavail * bsize };
  }

  private fileBytes(): number {
    return this.pragma('page_count') * this.pragma('page_size');
  }

  private usedBytes(): number {
    return (this.pragma('page_count') - this.pragma('freelist_count')) * this.pragma('page_size');
  }

  private giveBack(): void {
    const spare = this.pragma('freelist_count');
    if (spare > spareLimit) this.db.exec(`PRAGMA incremental_vacuum(${spare})`);
  }

  private pragma(name: string): number {
    return Number(this.db.pragma(name, { simple: true }));
  }

  private prepareFile(): void {
    const id = this.pragma('application_id');
    const version = this.pragma('user_version');
    if (id === 0 && version === 0) {
      const tables = this.db.prepare<[], number>('SELECT count(*) FROM sqlite_master').pluck().get();
      if (tables === 0) {
        this.db.transaction(() => this.db.exec(schema))();
        return;
      }
    }
    if (id !== applicationId || version !== schemaVersion)
      throw new OtherSpoolError(`${this.file} is not a spool of this release`);
  }

  private prepare() {
    const { db } = this;
    return {
      count: db.prepare<[], number>('SELECT count(*) FROM waiting').pluck(),
      counted: db.prepare<[string], number>('SELECT value FROM counter WHERE name = ?').pluck(),
      note: db.prepare(
        'INSERT INTO counter VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
      ),
      insert: db.prepare('INSERT OR IGNORE INTO waiting (at, device, text) VALUES (?, ?, ?)'),
      oldest: db.prepare<[number], SpooledRow>(
        'SELECT id, at, device, text FROM waiting ORDER BY at, device LIMIT ?',
      ),
      remove: db.prepare('DELETE FROM waiting WHERE id = ?'),
      drop: db.prepare(
        'DELETE FROM waiting WHERE id IN (SELECT id FROM waiting ORDER BY at, device LIMIT ?)',
      ),
      setAside: db.prepare('INSERT INTO refused (at, device, text, reason) VALUES (?, ?, ?, ?)'),
      forget: db.prepare('DELETE FROM refused WHERE id <= (SELECT max(id) FROM refused) - ?'),
    };
  }
}

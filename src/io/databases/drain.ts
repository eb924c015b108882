import { errorCode } from '../../base/error-code';
import { messageOf } from '../../base/message-of';
import type { DatabaseTrouble } from '../../model/database-reports';
import { RetryDelay } from '../retry-delay';
import { sleep, systemTimers, type Timers } from '../timers';
import { DatabaseError, RowsRefused, type DatabaseStore } from './database-store';
import type { SpooledRow } from './spool';
import type { SpoolFile } from './spool-file';
import { spoolTrouble } from './spool-trouble';

/** Rows that are written together, and characters of them. */
const batchRows = 500;
const batchCharacters = 500_000;
/** ms from one batch of a backlog to the next, at least: no more than half of the time is the database's. */
const shortestPause = 20;
/** ms for one answer. */
const answerLimit = 30_000;
/** Rows refused in a row after which it is no matter of single rows. */
const mostRefusedInARow = 100;

/** What a Drain needs. */
export interface DrainParts<Row> {
  readonly spool: Pick<SpoolFile, 'oldest' | 'arrived' | 'refuse' | 'counts'>;
  readonly store: DatabaseStore<Row>;
  /** As people are told of the database. */
  readonly place: string;
  /** It is another way now: `undefined` when rows get through. */
  readonly changed: (trouble: DatabaseTrouble | undefined) => void;
  readonly timers?: Timers;
  /** ms for one answer. */
  readonly answerLimit?: number;
  /** Seconds to the next try, counted up with each failure. */
  readonly delay?: Pick<RetryDelay, 'next' | 'reset'>;
}

/** Brings what is in a spool into a database, the oldest first, for as long as it takes. */
export class Drain<Row> {
  private readonly stop = new AbortController();
  private wake: (() => void) | undefined;
  private open = false;
  private checked = false;
  private refusedInARow = 0;
  private readonly delay;

  constructor(private readonly parts: DrainParts<Row>) {
    this.delay = parts.delay ?? new RetryDelay();
  }

  /** Something new is in the spool. */
  poke(): void {
    this.wake?.();
  }

  /** Runs until `end`. Never rejects. */
  async run(): Promise<void> {
    const { signal } = this.stop;
    const { timers = systemTimers } = this.parts;
    while (!this.isEnded()) {
      const begun = performance.now();
      try {
        if (this.parts.spool.counts.waiting === 0 && this.open) {
          await this.somethingNew();
          continue;
        }
        await this.step();
      } catch (error) {
        this.disconnect();
        if (this.isEnded()) break;
        this.parts.changed(troubleOf(error, this.parts.place));
        await sleep(this.delay.next() * 1000, signal, timers);
        continue;
      }
      if (this.parts.spool.counts.waiting > 0)
        await sleep(Math.max(shortestPause, performance.now() - begun), signal, timers);
    }
    this.disconnect();
  }

  /** Ends `run`, whatever it waits for; what is under way is sent again another time. */
  end(): void {
    this.stop.abort();
    this.wake?.();
    this.disconnect();
  }

  private isEnded(): boolean {
    return this.stop.signal.aborted;
  }

  private async step(): Promise<void> {
    const { spool } = this.parts;
    this.checked = !this.open;
    if (!this.open) await this.connect();
    const rows = spool.oldest(batchRows, batchCharacters);
    if (rows.length > 0) await this.deliver(rows);
    this.delay.reset();
    this.parts.changed(undefined);
  }

  private async connect(): Promise<void> {
    await this.answered(this.parts.store.open());
    this.open = true;
  }

  /** Writes all, and puts aside what can't be written: halves until it is known which. */
  private async deliver(rows: readonly SpooledRow[]): Promise<void> {
    const { spool, store } = this.parts;
    try {
      await this.answered(store.write(this.readable(rows)));
    } catch (error) {
      if (!(error instanceof RowsRefused)) throw error;
      if (!this.checked) {
        // The tables may have been changed meanwhile: opening says so, or mends them.
        this.disconnect();
        await this.connect();
        this.checked = true;
        await this.deliver(rows);
        return;
      }
      const [only] = rows;
      if (rows.length === 1 && only !== undefined) {
        this.setAside(only, error.message);
        return;
      }
      const half = Math.ceil(rows.length / 2);
      await this.deliver(rows.slice(0, half));
      await this.deliver(rows.slice(half));
      return;
    }
    this.refusedInARow = 0;
    spool.arrived(rows);
  }

  private setAside(row: SpooledRow, reason: string): void {
    if (this.refusedInARow >= mostRefusedInARow)
      throw new DatabaseError({ code: 'database-refuses-all', values: { host: this.parts.place, reason } });
    this.refusedInARow++;
    this.parts.spool.refuse(row, reason);
  }

  /** Those that can be read; what a card has spoilt is not written. */
  private readable(rows: readonly SpooledRow[]): readonly Row[] {
    try {
      return rows.map((row) => this.parts.store.read(row));
    } catch (error) {
      throw new RowsRefused(messageOf(error));
    }
  }

  private async answered<T>(answer: Promise<T>): Promise<T> {
    const { timers = systemTimers, answerLimit: limit = answerLimit, place } = this.parts;
    const { signal } = this.stop;
    let cancel = (): void => undefined;
    let aborted = (): void => undefined;
    const late = new Promise<never>((_, reject) => {
      aborted = () => reject(new DatabaseError({ code: 'database-closed', values: { host: place } }));
      signal.addEventListener('abort', aborted, { once: true });
      cancel = timers.after(limit, () =>
        reject(new DatabaseError({ code: 'database-no-answer', values: { host: place } })),
      );
    });
    try {
      return await Promise.race([answer, late]);
    } finally {
      cancel();
      signal.removeEventListener('abort', aborted);
      // What it comes to later is nobody's business.
      answer.catch(() => undefined);
      late.catch(() => undefined);
    }
  }

  private somethingNew(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = () => {
        this.wake = undefined;
        resolve();
      };
    });
  }

  private disconnect(): void {
    this.open = false;
    this.parts.store.close();
  }
}

/** What an error of a store, or of the spool, means. @param host as people are told of the database */
export function troubleOf(error: unknown, host: string): DatabaseTrouble {
  if (error instanceof DatabaseError) return error.trouble;
  if (errorCode(error).startsWith('SQLITE_')) return spoolTrouble(error);
  const reason = messageOf(error);
  return { code: 'database-failed', values: { host, reason } };
}

import type { DatabaseCounts, DatabaseReport, DatabaseTrouble } from '../../model/database-reports';
import { rowText } from '../../protocol/database-rows';
import type { RecordedSample, Recorder, RecorderStatus } from '../recorders/recorder';
import { StateTeller } from '../recorders/state-teller';
import { RetryDelay } from '../retry-delay';
import { systemTimers, type Timers } from '../timers';
import { within } from '../within';
import type { DatabaseReply, DatabaseWayData, DatabaseWayStatus } from './database-messages';
import type { DatabaseThread, OpenWay } from './database-thread';
import type { SpoolRow } from './spool';

/** Rows in memory that the disk does not take: an hour of ten devices, a row each ten seconds. */
const defaultLimit = 3600;
/** Rows that wait although all is well; more, and it is behind. */
const usualBacklog = 100;
/** ms after which rows that the disk did not take are handed to it again. */
const retryInterval = 10_000;
/** ms for what waits at the end. The service manager gives ten seconds for everything. */
const closeLimit = 2500;

/** What a DatabaseRecorder needs. */
export interface DatabaseRecorderParts extends DatabaseWayData {
  /** As people are told of the database. */
  readonly place: string;
  /** Where its way is; others may have theirs there, too. */
  readonly thread: DatabaseThread;
  /** Called when the state or the report is another. */
  readonly changed?: (status: DatabaseStatus) => void;
  /** A spool was damaged, and is kept there. */
  readonly aside?: (path: string) => void;
  readonly timers?: Timers;
  /** Rows that may wait in memory for the disk. */
  readonly memoryLimit?: number;
  /** ms after which rows that the disk did not take are handed to it again. */
  readonly retryInterval?: number;
}

/** How a way into a database is. */
export type DatabaseStatus = RecorderStatus<DatabaseReport> &
  DatabaseCounts & {
    /** Rows that are in the database since its way was opened. */
    readonly written: number;
  };

/**
 * Rows for a database, by a way of its own in another thread: that keeps them on the disk first and brings them into the database
 * when that is there. Here they wait only until the disk has them.
 */
export class DatabaseRecorder implements Recorder<DatabaseReport> {
  private way: OpenWay | undefined;
  private readonly queue: SpoolRow[] = [];
  /** Rows of the queue that the way has, and the number that it answers with. */
  private sent: { readonly id: number; readonly count: number } | undefined;
  private next = 1;
  private droppedHere = 0;
  private known: DatabaseWayStatus;
  private trouble: DatabaseTrouble | undefined;
  private readonly teller: StateTeller<DatabaseStatus>;
  private cancel: (() => void) | undefined;
  private readonly delay = new RetryDelay();
  private closing: Promise<void> | undefined;
  private closed = false;
  private gone: (() => void) | undefined;

  constructor(private readonly parts: DatabaseRecorderParts) {
    this.teller = new StateTeller(parts.changed);
    const report = { code: 'database-connecting', values: { host: parts.place } } as const;
    this.known = { report, down: false, waiting: 0, dropped: 0, refused: 0, written: 0 };
    this.start();
  }

  get status(): DatabaseStatus {
    const { known, trouble } = this;
    const waiting = known.waiting + this.queue.length;
    const { refused, written } = known;
    const counts = { waiting, dropped: known.dropped + this.droppedHere, refused, written };
    if (trouble !== undefined) return { state: 'down', report: trouble, ...counts };
    const behind = !known.down && waiting > usualBacklog;
    const { report } = known;
    const told =
      report.code === 'database-written' ? { ...report, values: { ...report.values, behind } } : report;
    return { state: known.down ? 'down' : behind ? 'behind' : 'up', report: told, ...counts };
  }

  /** Rows that are only in memory yet: what is killed now loses them. */
  get unkept(): number {
    return this.queue.length;
  }

  record(sample: RecordedSample): void {
    this.keep({ at: sample.at, device: sample.device, text: rowText(sample) });
  }

  /** Accepts a row whatever is in it; after `close` nothing happens. */
  keep(row: SpoolRow): void {
    if (this.closing !== undefined) return;
    this.queue.push(row);
    const { memoryLimit = defaultLimit } = this.parts;
    if (this.queue.length > memoryLimit) {
      this.queue.splice(this.sent?.count ?? 0, 1);
      this.droppedHere++;
    }
    // Rows of the same second go together.
    this.schedule(0);
  }

  close(): Promise<void> {
    this.closing ??= this.finish();
    return this.closing;
  }

  private start(): void {
    const { url, file, limits, longestDelay, thread } = this.parts;
    const data = { url, file, limits, ...(longestDelay !== undefined && { longestDelay }) };
    const way = thread.open(data, {
      heard: (reply) => {
        if (this.way === way) this.heard(reply);
      },
      ended: (reason) => this.died(way, reason),
    });
    this.way = way;
  }

  private heard(reply: DatabaseReply): void {
    switch (reply.say) {
      case 'aside':
        this.parts.aside?.(reply.path);
        return;
      case 'kept':
        this.arrived(reply.id);
        this.trouble = undefined;
        this.delay.reset();
        this.known = reply.status;
        this.schedule(0);
        break;
      case 'not-kept':
        if (this.sent?.id === reply.id) this.sent = undefined;
        this.trouble = reply.trouble;
        this.schedule(this.parts.retryInterval ?? retryInterval);
        break;
      case 'closed':
        this.gone?.();
        return;
      case 'status':
        this.known = reply.status;
    }
    this.teller.tell(this.status);
  }

  private arrived(id: number): void {
    if (this.sent?.id !== id) return;
    this.queue.splice(0, this.sent.count);
    this.sent = undefined;
  }

  private schedule(ms: number): void {
    if (this.cancel !== undefined || this.sent !== undefined || this.closed || this.queue.length === 0)
      return;
    this.cancel = (this.parts.timers ?? systemTimers).after(ms, () => {
      this.cancel = undefined;
      this.send();
    });
  }

  /** Hands all that waits to the way, unless it has some already. */
  private send(): void {
    if (this.sent !== undefined || this.queue.length === 0 || this.closed) return;
    if (this.way === undefined) this.start();
    const rows = [...this.queue];
    const id = this.next++;
    this.sent = { id, count: rows.length };
    this.way?.post({ say: 'keep', id, rows });
  }

  private died(way: OpenWay, reason: string): void {
    if (this.way !== way) return;
    this.way = undefined;
    this.sent = undefined;
    this.gone?.();
    if (this.closing !== undefined) return;
    this.trouble = { code: 'spool-thread-ended', values: { reason } };
    this.teller.tell(this.status);
    // What it had taken is on the disk or still here.
    (this.parts.timers ?? systemTimers).after(this.delay.next() * 1000, () => {
      if (this.way === undefined && !this.closed) this.start();
      this.schedule(0);
    });
  }

  private async finish(): Promise<void> {
    this.cancel?.();
    this.cancel = undefined;
    const { way } = this;
    if (way !== undefined) {
      const gone = new Promise<void>((resolve) => (this.gone = resolve));
      // The last rows are on their way before it is told to end.
      const rest = this.queue.slice(this.sent?.count ?? 0);
      if (rest.length > 0) {
        const id = this.next++;
        this.sent = { id, count: this.queue.length };
        way.post({ say: 'keep', id, rows: rest });
      }
      way.post({ say: 'close', within: closeLimit });
      await within(closeLimit + 1000, gone);
      way.release();
    }
    this.way = undefined;
    this.closed = true;
  }
}

import type { Clock } from '../../base/clock';
import { encodeLogRow, type LogDates, type LogValues } from '../../protocol/powersafe-log';
import { systemTimers, type Timers } from '../timers';
import { within } from '../within';
import { sameCoded } from '../../model/coded';
import type { LogReport } from '../../model/recorder-reports';
import { diskTrouble } from './disk-trouble';
import type { LogAppender } from './log-appender';
import { LogSeconds } from './log-seconds';
import type { RecorderState } from '../../model/recorder-state';

/** ms between two writes. With the line of the second in which it is written, that makes ten lines in memory at most. */
const writeInterval = 10_000;
/** A write is begun when the oldest line is this old, in ms: ten lines have come together then. */
const longestWait = 9_000;
/** Lines that are kept in memory while they can't be written: nearly three hours, about a megabyte. */
const longestQueue = 10_000;
/** Lines that are written at once. */
const longestBatch = 1000;
/** ms after which a write that has not come back is told. */
const slowWrite = 15_000;
/** ms that the end of the program waits for the disk. */
const patience = 3000;

/** What a LogFile needs. */
export interface LogFileParts {
  readonly clock: Clock;
  readonly appender: Pick<LogAppender, 'append'>;
  /** What is fresh at this moment (monotonic ms); `undefined` when nothing is. */
  readonly read: (now: number) => LogValues | undefined;
  /** Told whenever the state has changed. */
  readonly changed?: (state: RecorderState<LogReport>) => void;
  /** A line each so many seconds. Default: 1. */
  readonly every?: number;
  /** Default: as the manual has them. */
  readonly dates?: LogDates;
  readonly timers?: Timers;
}

/**
 * Keeps PowerSafe100.log: a line for each second of the wall clock in which anything is fresh (see LogSeconds), gathered in
 * memory and written every ten seconds, so that a power cut costs ten lines at most. Nothing waits for the disk, and
 * whatever the disk does, it goes on: lines wait in a bounded queue and are tried again every ten seconds.
 */
export class LogFile {
  /** Lines that have reached the disk, and lines that got lost because they could not, since the start. */
  readonly counters = { written: 0, lost: 0 };
  private readonly seconds: LogSeconds;
  private readonly timers: Timers;
  private readonly queue: { readonly line: string; readonly since: number }[] = [];
  private cancel: (() => void) | undefined;
  private writing: Promise<void> | undefined;
  private inFlight = 0;
  private beganAt = -Infinity;
  private failure: unknown;
  private told: RecorderState<LogReport> = {
    state: 'up',
    report: { code: 'log-written', values: { lost: 0 } },
  };
  private closed = false;

  constructor(private readonly parts: LogFileParts) {
    this.seconds = new LogSeconds(parts.every);
    this.timers = parts.timers ?? systemTimers;
  }

  /** How it is. */
  get state(): RecorderState<LogReport> {
    return this.told;
  }

  /** Mends what the last power cut has left, and begins. */
  start(): void {
    this.closed = false;
    this.write();
    this.arm();
  }

  /** Writes what waits. Resolves when it is on the disk or could not be written; never rejects. */
  async flush(): Promise<void> {
    await this.writing;
    while (this.queue.length > 0) {
      this.write();
      await this.writing;
      if (this.failure !== undefined) return;
    }
  }

  /** Ends, after writing what waits as far as the disk takes it within three seconds. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    this.cancel?.();
    await within(patience, this.flush(), this.timers);
  }

  /**
   * Stops, for the log is about to be erased; what waits stays in memory until it is started again. Resolves when nothing
   * is being written any more.
   */
  async pause(): Promise<void> {
    this.closed = true;
    this.cancel?.();
    await this.writing;
  }

  /** Waits for the beginning of the next second. Timers may be a millisecond early; LogSeconds takes no second twice. */
  private arm(): void {
    const wait = 1000 - (this.parts.clock.wall().getTime() % 1000);
    this.cancel = this.timers.after(Math.max(1, wait), () => {
      if (this.closed) return;
      this.tick();
      this.arm();
    });
  }

  private tick(): void {
    const { clock, read } = this.parts;
    const now = clock.monotonic();
    for (const row of this.seconds.take(read(now), now, clock.wall())) {
      if (this.queue.length >= longestQueue) {
        // The oldest, but for those that are just being written.
        this.queue.splice(this.inFlight, 1);
        this.counters.lost++;
      }
      this.queue.push({ line: `${encodeLogRow(row, this.parts.dates)}\n`, since: now });
    }
    const [oldest] = this.queue;
    const due = oldest !== undefined && now - oldest.since >= longestWait;
    if (due && now - this.beganAt >= writeInterval - 500) this.write();
    this.tell();
  }

  /** Begins to write, unless that is going on. */
  private write(): void {
    if (this.writing !== undefined) return;
    this.beganAt = this.parts.clock.monotonic();
    const batch = this.queue.slice(0, longestBatch);
    this.inFlight = batch.length;
    this.writing = this.parts.appender
      .append(batch.map(({ line }) => line).join(''))
      .then(
        () => {
          this.queue.splice(0, this.inFlight);
          this.counters.written += this.inFlight;
          this.failure = undefined;
        },
        (error: unknown) => {
          this.failure = error ?? new Error('unknown');
        },
      )
      .then(() => {
        this.inFlight = 0;
        this.writing = undefined;
        this.tell();
      });
  }

  private tell(): void {
    const state = this.look();
    if (sameCoded(state, this.told)) return;
    this.told = state;
    this.parts.changed?.(state);
  }

  private look(): RecorderState<LogReport> {
    const { lost } = this.counters;
    const gone = lost + this.seconds.dropped;
    if (this.failure !== undefined) {
      const values = { trouble: diskTrouble(this.failure), losing: lost > 0 };
      return { state: 'down', report: { code: 'log-failed', values } };
    }
    if (this.writing !== undefined && this.parts.clock.monotonic() - this.beganAt > slowWrite) {
      return { state: 'behind', report: { code: 'log-slow-disk', values: {} } };
    }
    if (this.seconds.held > 0) {
      return { state: 'behind', report: { code: 'log-time-unknown', values: {} } };
    }
    return { state: 'up', report: { code: 'log-written', values: { lost: gone } } };
  }
}

import { randomUUID } from 'node:crypto';
import type { Bucket } from '../../model/history/bucket';
import type { HistoryEvent, HistoryTrouble } from '../../model/recorder-reports';
import type { HistoryReader, PastValue } from '../../model/history/history-reader';
import type { HistoryQuery } from '../../model/history/query-plan';
import { systemTimers, type Timers } from '../timers';
import { within } from '../within';
import { HistoryThread } from './history-thread';
import { recentValues } from './recent-values';
import type { RecordedSample, Recorder, RecorderStatus } from './recorder';
import { SampleQueue } from './sample-queue';
import { StateTeller } from './state-teller';

/** ms that a sample waits for others to be committed with: what is lost when the process is killed. */
const batchInterval = 10_000;
/** Samples in one commit. */
const largestBatch = 600;
/** ms after which a write that has not succeeded is tried again. */
const retryInterval = 10_000;
/** Samples of a device that are kept while they can't be written: an hour of one battery, 8 MB with 240 cells. */
const defaultLimit = 3600;
/** Samples of a device that wait although all is well; more, and it is behind. */
const usualBacklog = 30;
/** ms for what waits at the end. The service manager gives ten seconds for everything. */
const closeLimit = 3000;

/** What a SqliteRecorder needs. */
export interface SqliteRecorderParts {
  /** Devices that are sampled each second; default: one. */
  readonly devices?: number;
  /** Path of the database; its folder is there. */
  readonly file: string;
  /** Path of the worker's code, see build.mjs. */
  readonly workerFile: string;
  /** Wall clock, ms since 1970. */
  readonly wall: () => number;
  /** Something that the owner should know, such as a damaged database that was set aside. */
  readonly note?: (event: HistoryEvent) => void;
  /** Called when the state or the report is another. */
  readonly changed?: (status: RecorderStatus) => void;
  readonly timers?: Timers;
  /** Samples that may wait. */
  readonly limit?: number;
  /** ms that a sample may wait for others; also after a failure. */
  readonly interval?: number;
  /** 4 KB pages that the database may have; for tests. */
  readonly mostPages?: number;
}

/**
 * The history in an SQLite database of its own, written by a thread of its own. Samples are committed together every ten
 * seconds; one batch is under way at a time, and leaves the queue when it was committed.
 */
export class SqliteRecorder implements Recorder, HistoryReader {
  private readonly queue: SampleQueue;
  private readonly thread: HistoryThread;
  private readonly run = randomUUID();
  private readonly interval: number;
  /** Samples with the worker. */
  private sent = 0;
  private trouble: HistoryTrouble | undefined;
  private readonly teller: StateTeller<RecorderStatus>;
  private cancel: (() => void) | undefined;
  private closing: Promise<void> | undefined;
  private closed = false;

  constructor(private readonly parts: SqliteRecorderParts) {
    const { file, workerFile, mostPages } = parts;
    this.teller = new StateTeller(parts.changed);
    this.queue = new SampleQueue(parts.limit ?? defaultLimit * (parts.devices ?? 1));
    this.interval = parts.interval ?? batchInterval;
    this.thread = new HistoryThread(
      workerFile,
      { file, ...(mostPages !== undefined && { mostPages }) },
      (event) => parts.note?.(event),
    );
  }

  get status(): RecorderStatus {
    const waiting = this.queue.length;
    const { dropped } = this.queue;
    const { trouble } = this;
    const state =
      trouble !== undefined ? 'down' : waiting > usualBacklog * (this.parts.devices ?? 1) ? 'behind' : 'up';
    const values = { file: this.parts.file, behind: state === 'behind' };
    return { state, report: trouble ?? { code: 'history-written', values }, waiting, dropped };
  }

  record(sample: RecordedSample): void {
    if (this.closing !== undefined) return;
    this.queue.add(sample, this.sent);
    this.schedule(this.interval);
    this.teller.tell(this.status);
  }

  async query(query: HistoryQuery): Promise<readonly Bucket[]> {
    if (this.closed) return [];
    const reply = await this.thread.ask({ ask: 'query', query });
    return reply.buckets ?? [];
  }

  recent(question: Parameters<HistoryReader['recent']>[0]): Promise<readonly PastValue[]> {
    return recentValues(question, (query) => this.query(query));
  }

  close(): Promise<void> {
    this.closing ??= this.finish();
    return this.closing;
  }

  /** Sends the oldest that wait, unless some are under way. */
  private async send(): Promise<void> {
    this.cancel?.();
    this.cancel = undefined;
    if (this.sent > 0 || this.queue.length === 0 || this.closed) return;
    const { first, samples } = this.queue.oldest(largestBatch);
    this.sent = samples.length;
    const { run } = this;
    const reply = await this.thread.ask({ ask: 'write', run, first, samples, now: this.parts.wall() });
    this.trouble = reply.trouble;
    if (reply.trouble === undefined) this.queue.arrived(samples.length);
    this.sent = 0;
    this.teller.tell(this.status);
    if (reply.trouble !== undefined) this.schedule(this.parts.interval ?? retryInterval);
    else if (this.closing === undefined && this.queue.length >= usualBacklog) this.schedule(0);
    else if (this.queue.length > 0) this.schedule(this.interval);
  }

  private schedule(ms: number): void {
    if (this.cancel !== undefined || this.sent > 0 || this.closed) return;
    this.cancel = (this.parts.timers ?? systemTimers).after(ms, () => void this.send());
  }

  private async finish(): Promise<void> {
    const stop = (): void => {
      this.closed = true;
      this.cancel?.();
      this.cancel = undefined;
    };
    const rest = async (): Promise<void> => {
      await this.flush();
      stop();
      await this.thread.close();
    };
    await within(closeLimit, rest());
    stop();
    this.thread.end();
  }

  private async flush(): Promise<void> {
    await this.thread.idle();
    while (this.queue.length > 0) {
      const before = this.queue.length;
      await this.send();
      // It can't be written: trying again would not help now.
      if (this.queue.length === before) return;
    }
  }
}

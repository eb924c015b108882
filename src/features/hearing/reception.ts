import type { Clock } from '../../base/clock';
import { UserError } from '../../base/user-error';
import { messageOf } from '../../base/message-of';
import type { FrameCounters } from '../../io/sources/frame-intake';
import type { Log } from '../../logging/log';
import type { Kind, Reading } from '../../model/reading';
import type { SourceStatus } from '../../model/source-status';
import type { DescribedDevice } from '../../protocol/device-json';
import { statusText } from '../../words/en';
import { HeardLog } from './heard-log';

/** How one device is received: its source, and what came of it so far. */
export interface Reception {
  /** The device's name within the site. */
  readonly name: string;
  readonly kind: Kind;
  /** As JSON names it. */
  readonly described: DescribedDevice;
  readonly status: SourceStatus;
  readonly counters: FrameCounters;
  /**
   * Receives until the signal is aborted.
   *
   * @throws UserError (as a rejection) for a mistake that waiting does not mend
   */
  run(signal: AbortSignal): Promise<void>;
  /** Writes held-back log lines; called about once a second. */
  everySecond(): void;
}

/** Where receptions put what they learn. Implementations don't throw. */
export interface ReceptionListener {
  reading(reading: Reading): void;
  /** Called on every change of the status. */
  status(name: string, status: SourceStatus): void;
}

/** What every reception needs. */
export interface ReceptionParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly listener: ReceptionListener;
  /** There are others, so that sentences in the log begin with the device's name. */
  readonly oneOfSeveral: boolean;
}

/** What all receptions have in common: the status, and the log of what was not used. */
export abstract class LoggedReception implements Reception {
  status: SourceStatus;
  abstract readonly counters: FrameCounters;
  protected readonly receptions: HeardLog;

  constructor(
    readonly described: DescribedDevice,
    label: string,
    protected readonly parts: ReceptionParts,
  ) {
    // For the status strip, before the source has a status of its own.
    this.status = { state: 'connecting', label, report: { code: 'starting', values: {} } };
    this.receptions = new HeardLog(parts.log, parts.clock);
  }

  get name(): string {
    return this.described.name;
  }

  get kind(): Kind {
    return this.described.kind;
  }

  async run(signal: AbortSignal): Promise<void> {
    try {
      await this.receive(signal);
    } catch (error) {
      // Alone, a device that can't be received is the end; beside others it disturbs none of them.
      if (!this.parts.oneOfSeveral) throw error;
      const reason = messageOf(error);
      const report = { code: 'stopped', values: { reason } } as const;
      this.report({ state: 'ended', label: this.status.label, report });
      if (!(error instanceof UserError)) this.parts.log.error(String((error as Error).stack ?? error));
    }
  }

  everySecond(): void {
    this.receptions.tick();
  }

  protected abstract receive(signal: AbortSignal): Promise<void>;

  protected report(status: SourceStatus): void {
    this.status = status;
    const text = statusText(status);
    this.parts.log.info(this.parts.oneOfSeveral ? `${this.name}: ${text}` : text);
    this.parts.listener.status(this.name, status);
  }

  protected rejected(cause: string, detail: string | undefined): void {
    const named = this.parts.oneOfSeveral
      ? `${this.name}${detail === undefined ? '' : `, ${detail}`}`
      : detail;
    this.receptions.rejected(cause, named);
  }
}

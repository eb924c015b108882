import { isAborted } from '../../base/is-aborted';
import type { DeviceContext, DeviceType, Link, ReadingSink } from '../../devices/device-type';
import { UserError } from '../../base/user-error';
import type { LinkReport } from '../../model/link-reports';
import type { LoadResult } from '../../model/load-switch';
import type { SourceReport, SourceStatus } from '../../model/source-status';
import { RetryDelay } from '../retry-delay';
import { RunOnce } from '../sources/run-once';
import { StatusReporter } from '../sources/status-reporter';
import { sleep, systemTimers, type Timers } from '../timers';
import { LinkError, type LinkOpener, type OpenedLink } from './link-opener';

/** Where a device's source puts what it learns. Implementations never throw. */
export interface DeviceSink extends Omit<ReadingSink, 'trouble'> {
  /** Called on every change of the status, never twice with the same report. */
  status(status: SourceStatus): void;
}

/** What to read, and over what. */
export interface DeviceSourceOptions {
  readonly type: DeviceType;
  readonly context: DeviceContext;
  readonly opener: LinkOpener;
  /** Takes the place of each link that was opened, such as one that is written down. */
  readonly through?: (link: Link) => Link;
  /** Default: the machine's own. */
  readonly timers?: Timers;
}

/**
 * Reads one device over its link for as long as the signal is not aborted. A link that can't be opened or is lost, and a
 * conversation that fails, are reported and tried again after a delay that grows, and starts anew with each reading.
 */
export class DeviceSource {
  readonly name: string;
  private readonly timers: Timers;
  private readonly once = new RunOnce();
  /** The link while a conversation is held over it. */
  private link: { readonly link: Link; readonly signal: AbortSignal } | undefined;

  constructor(private readonly options: DeviceSourceOptions) {
    this.name = options.context.name;
    this.timers = options.timers ?? systemTimers;
  }

  /** @throws UserError (as a rejection) for what waiting can't mend. */
  async run(signal: AbortSignal, sink: DeviceSink): Promise<void> {
    this.once.start();
    const { opener } = this.options;
    const status = new StatusReporter(sink, opener.label);
    const delay = new RetryDelay();
    try {
      while (!signal.aborted) {
        const trouble = await this.connect(signal, sink, status, delay);
        if (isAborted(signal)) return;
        const seconds = delay.next();
        status.report('connecting', trouble.report, seconds);
        for (let second = 0; second < seconds; second++) {
          if (!(await sleep(1000, signal, this.timers))) return;
          if (trouble.absent && (await opener.appeared?.()) === true) break;
        }
      }
    } finally {
      await opener.release?.();
    }
  }

  /**
   * Switches the device's load output, see `DeviceType.switchLoad`. Never rejects.
   *
   * @returns `not-connected` when nothing was sent, for want of a link or of such an output
   */
  async switchLoad(on: boolean): Promise<LoadResult> {
    const { type, context } = this.options;
    if (this.link === undefined || type.switchLoad === undefined) return 'not-connected';
    return type.switchLoad(this.link.link, on, context, this.link.signal);
  }

  /** Reads until the link is lost or the signal is aborted; then all is released. */
  private async connect(
    signal: AbortSignal,
    sink: DeviceSink,
    status: StatusReporter,
    delay: RetryDelay,
  ): Promise<LinkError> {
    const { opener, type, context, through = (link: Link): Link => link } = this.options;
    let opened: OpenedLink;
    try {
      opened = await opener.open(signal);
    } catch (error) {
      if (error instanceof UserError) throw error;
      return error instanceof LinkError ? error : failure(opener.place, error);
    }
    let reason: LinkReport | undefined;
    void opened.link.closed.then((report) => {
      reason = report;
    });
    try {
      if (!signal.aborted) {
        const values = { name: context.name, place: opener.place };
        status.report('connecting', { code: 'device-waiting', values });
        const link = through(opened.link);
        const listener = this.listener(sink, status, () => delay.reset());
        this.link = { link, signal };
        await type.converse(link, context, signal, listener);
      }
    } catch (error) {
      return error instanceof LinkError ? error : failure(opener.place, error);
    } finally {
      this.link = undefined;
      await opened.close();
    }
    return new LinkError(reason ?? { code: 'device-ended', values: { place: opener.place } }, false);
  }

  private listener(sink: DeviceSink, status: StatusReporter, onReading: () => void): ReadingSink {
    const { context, opener } = this.options;
    const { place } = opener;
    const well: SourceReport = { code: 'device-reading', values: { name: context.name, place } };
    let isTroubled = false;
    return {
      reading: (reading) => {
        onReading();
        if (!isTroubled) status.report('up', well);
        sink.reading(reading);
      },
      rejected: (cause, detail) => sink.rejected(cause, detail),
      trouble: (trouble) => {
        isTroubled = trouble !== undefined;
        if (trouble === undefined) status.report('up', well);
        else {
          const { code, values } = trouble;
          status.report('connecting', { code: 'device-trouble', values: { place, trouble: code, values } });
        }
      },
    };
  }
}

/** A device that fails in a way of its own disturbs no other. */
function failure(place: string, error: unknown): LinkError {
  const reason = error instanceof Error ? error.message : 'no reason';
  return new LinkError({ code: 'device-failed', values: { place, reason } }, false);
}

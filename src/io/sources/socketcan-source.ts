import { isAborted } from '../../base/is-aborted';
import { parseCanErrorFrame } from '../../protocol/can-error-frame';
import { UserError } from '../../base/user-error';
import {
  CanPackageError,
  openSocketCan,
  type CanChannel,
  type CanListener,
  type OpenCanChannel,
} from '../can-channel';
import { readController, type ReadController } from '../netlink';
import { RetryDelay } from '../retry-delay';
import { sleep, systemTimers, type Timers } from '../timers';
import { CanHealth } from './can-health';
import { readLink, systemInterfaces, type CanLink, type LinkState } from './can-link';
import { unusableLink, type CanReport } from './can-reports';
import type { FrameSink, FrameSource } from './frame-source';
import { RunOnce } from './run-once';
import { StatusReporter } from './status-reporter';

/** Which bus to hear. */
export interface SocketCanSourceOptions {
  /** Such as `can0`. It is set up (bit rate, up) by the system, not from here. */
  readonly interfaceName: string;
  /** The ids that the kernel lets through, or all there are: for recordings. */
  readonly ids: readonly number[] | 'all';
  /** Default: the socketcan package. */
  readonly openChannel?: OpenCanChannel;
  /** Default: `/sys/class/net`. */
  readonly interfaces?: string;
  /** Default: the kernel, over rtnetlink. */
  readonly controller?: ReadController;
  /** Default: the machine's own. */
  readonly timers?: Timers;
}

const pollMs = 1000;
const largestDataLength = 8;

/**
 * Hears a wired CAN bus. A socket outlives its interface going down and up again; one whose interface has vanished is
 * given up and opened anew. Which of the two it is the kernel is asked once a second, for of a bus that is down
 * nothing is heard at all; and what is wrong with a bus that is up.
 */
export class SocketCanSource implements FrameSource {
  readonly name = 'can';
  private readonly interfaceName: string;
  private readonly ids: readonly number[] | 'all';
  private readonly openChannel: OpenCanChannel;
  private readonly interfaces: string;
  private readonly controller: ReadController;
  private readonly timers: Timers;
  private readonly once = new RunOnce();

  constructor(options: SocketCanSourceOptions) {
    this.interfaceName = options.interfaceName;
    this.ids = options.ids;
    this.openChannel = options.openChannel ?? openSocketCan;
    this.interfaces = options.interfaces ?? systemInterfaces;
    this.controller = options.controller ?? readController;
    this.timers = options.timers ?? systemTimers;
  }

  /** @throws UserError (as a rejection) when the socketcan package does not load on this machine. */
  async run(signal: AbortSignal, sink: FrameSink): Promise<void> {
    this.once.start();
    const status = new StatusReporter(sink, `CAN ${this.interfaceName}`);
    const delay = new RetryDelay();
    while (!signal.aborted) {
      const { state: link } = await this.link();
      if (isAborted(signal)) return;
      if (link === 'down') {
        status.report('connecting', unusableLink(link, this.interfaceName));
        await sleep(pollMs, signal, this.timers);
        continue;
      }
      if (isThere(link) && (await this.listen(signal, sink, status))) {
        delay.reset();
        continue;
      }
      const seconds = delay.next();
      const report: CanReport = isThere(link)
        ? { code: 'can-not-open', values: { name: this.interfaceName } }
        : unusableLink(link, this.interfaceName);
      status.report('connecting', report, seconds);
      await this.waitForChange(link, seconds, signal);
    }
  }

  /** Opens the interface and hears it until it is gone. False when it can't be opened or is gone at once. */
  private async listen(signal: AbortSignal, sink: FrameSink, status: StatusReporter): Promise<boolean> {
    const stopped = new AbortController();
    const end = AbortSignal.any([signal, stopped.signal]);
    const health = new CanHealth(this.interfaceName);
    const channel = await this.open(listenerFor(sink, health, () => stopped.abort()));
    if (channel === undefined) return false;
    let lasted = false;
    while (!end.aborted) {
      const [link, controller] = await Promise.all([this.link(), this.controller(this.interfaceName)]);
      if (link.state === 'absent' || isAborted(end)) break;
      const { state, report } = health.look(link, controller);
      status.report(state, report);
      lasted = (await sleep(pollMs, end, this.timers)) || lasted;
    }
    channel.close();
    return lasted || signal.aborted;
  }

  private async open(listener: CanListener): Promise<CanChannel | undefined> {
    try {
      return await this.openChannel({
        interfaceName: this.interfaceName,
        ...(this.ids !== 'all' && { ids: this.ids }),
        listener,
      });
    } catch (error) {
      if (error instanceof CanPackageError) throw new UserError(error.message, { cause: error });
      return undefined;
    }
  }

  /** Waits for the next try, or less when the interface has changed meanwhile: a hat that was plugged in shall be heard. */
  private async waitForChange(from: LinkState, seconds: number, signal: AbortSignal): Promise<void> {
    for (let second = 0; second < seconds; second++) {
      if (!(await sleep(pollMs, signal, this.timers))) return;
      if ((await this.link()).state !== from) return;
    }
  }

  private link(): Promise<CanLink> {
    return readLink(this.interfaces, this.interfaceName);
  }
}

function listenerFor(sink: FrameSink, health: CanHealth, onStopped: () => void): CanListener {
  return {
    message: ({ id, data, ext = false, rtr = false, err = false }) => {
      if (err) {
        health.error(parseCanErrorFrame(id, data));
        sink.rejected('error frame', `class 0x${id.toString(16)}`);
      } else if (data.length > largestDataLength) {
        sink.rejected('wrong length', `CAN FD, ${data.length} bytes`);
      } else {
        health.frame();
        sink.frame({ id, data, extended: ext, remote: rtr });
      }
    },
    stopped: onStopped,
  };
}

/** True where the interface can be opened; `off the bus` it is heard again as soon as it comes back. */
function isThere(link: LinkState): link is 'up' | 'off the bus' | 'down' {
  return link === 'up' || link === 'off the bus';
}

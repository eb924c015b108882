import { evtvIds } from '../../protocol/evtv-messages';
import { UserError } from '../../user-error';
import {
  CanPackageError,
  openSocketCan,
  type CanChannel,
  type CanListener,
  type OpenCanChannel,
} from '../can-channel';
import { RetryDelay } from '../retry-delay';
import { sleep, systemTimers, type Timers } from '../timers';
import { readLinkState, systemInterfaces, type LinkState } from './can-link';
import type { FrameSink, FrameSource } from './frame-source';
import { RunOnce } from './run-once';
import { StatusReporter } from './status-reporter';

/** Which bus to hear. */
export interface SocketCanSourceOptions {
  /** Such as `can0`. It is set up (bit rate, up) by the system, not from here. */
  readonly interfaceName: string;
  /** The ids that the kernel lets through, or all there are: for recordings. Default: those of the battery. */
  readonly ids?: readonly number[] | 'all';
  /** Default: the socketcan package. */
  readonly openChannel?: OpenCanChannel;
  /** Default: `/sys/class/net`. */
  readonly interfaces?: string;
  /** Default: the machine's own. */
  readonly timers?: Timers;
}

const pollMs = 1000;
const largestDataLength = 8;

/**
 * Hears a wired CAN bus. A socket outlives its interface going down and up again; one whose interface has vanished is
 * given up and opened anew. Which of the two it is the kernel is asked once a second, for of a bus that is down
 * nothing is heard at all.
 */
export class SocketCanSource implements FrameSource {
  readonly name = 'can';
  readonly #interfaceName: string;
  readonly #ids: readonly number[] | 'all';
  readonly #openChannel: OpenCanChannel;
  readonly #interfaces: string;
  readonly #timers: Timers;
  readonly #once = new RunOnce();

  constructor(options: SocketCanSourceOptions) {
    this.#interfaceName = options.interfaceName;
    this.#ids = options.ids ?? evtvIds;
    this.#openChannel = options.openChannel ?? openSocketCan;
    this.#interfaces = options.interfaces ?? systemInterfaces;
    this.#timers = options.timers ?? systemTimers;
  }

  /** @throws UserError (as a rejection) when the socketcan package does not load on this machine. */
  async run(signal: AbortSignal, sink: FrameSink): Promise<void> {
    this.#once.start();
    const status = new StatusReporter(sink, `CAN ${this.#interfaceName}`);
    const delay = new RetryDelay();
    while (!signal.aborted) {
      const link = await this.#link();
      if (isAborted(signal)) return;
      const trouble = inPlainWords(this.#interfaceName, link);
      if (link === 'down') {
        status.report('connecting', trouble);
        await sleep(pollMs, signal, this.#timers);
        continue;
      }
      const usable = link === 'up' || link === 'off the bus';
      if (usable && (await this.#listen(link, signal, sink, status))) {
        delay.reset();
        continue;
      }
      const seconds = delay.next();
      const reason = usable ? `CAN ${this.#interfaceName} can't be opened` : trouble;
      status.report('connecting', `${reason}: next try in ${seconds} s`);
      await this.#waitForChange(link, seconds, signal);
    }
  }

  /** Opens the interface and hears it until it is gone. False when it can't be opened or is gone at once. */
  async #listen(
    first: LinkState,
    signal: AbortSignal,
    sink: FrameSink,
    status: StatusReporter,
  ): Promise<boolean> {
    const stopped = new AbortController();
    const end = AbortSignal.any([signal, stopped.signal]);
    const channel = await this.#open(listenerFor(sink, () => stopped.abort()));
    if (channel === undefined) return false;
    let lasted = false;
    for (let link = first; link !== 'absent' && !end.aborted; link = await this.#link()) {
      if (link === 'up') status.report('up', `Listening on CAN ${this.#interfaceName}`);
      else status.report('connecting', inPlainWords(this.#interfaceName, link));
      lasted = (await sleep(pollMs, end, this.#timers)) || lasted;
    }
    channel.close();
    return lasted || signal.aborted;
  }

  async #open(listener: CanListener): Promise<CanChannel | undefined> {
    try {
      return await this.#openChannel({
        interfaceName: this.#interfaceName,
        ...(this.#ids !== 'all' && { ids: this.#ids }),
        listener,
      });
    } catch (error) {
      if (error instanceof CanPackageError) throw new UserError(error.message, { cause: error });
      return undefined;
    }
  }

  /** Waits for the next try, or less when the interface has changed meanwhile: a hat that was plugged in shall be heard. */
  async #waitForChange(from: LinkState, seconds: number, signal: AbortSignal): Promise<void> {
    for (let second = 0; second < seconds; second++) {
      if (!(await sleep(pollMs, signal, this.#timers))) return;
      if ((await this.#link()) !== from) return;
    }
  }

  #link(): Promise<LinkState> {
    return readLinkState(this.#interfaces, this.#interfaceName);
  }
}

function listenerFor(sink: FrameSink, onStopped: () => void): CanListener {
  return {
    message: ({ id, data, ext = false, rtr = false, err = false }) => {
      if (err) sink.rejected('error frame', `class 0x${id.toString(16)}`);
      else if (data.length > largestDataLength) sink.rejected('wrong length', `CAN FD, ${data.length} bytes`);
      else sink.frame({ id, data, extended: ext, remote: rtr });
    },
    stopped: onStopped,
  };
}

function inPlainWords(name: string, link: LinkState): string {
  switch (link) {
    case 'absent':
      return `No CAN interface ${name}`;
    case 'not CAN':
      return `${name} is not a CAN interface`;
    case 'down':
      return `CAN ${name} is down: waiting for it`;
    case 'off the bus':
      return `CAN ${name} is off the bus after too many errors (wiring, bit rate): waiting for it`;
    case 'up':
      return `CAN ${name} is up`;
  }
}

function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

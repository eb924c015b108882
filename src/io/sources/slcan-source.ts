import { isAborted } from '../../base/is-aborted';
import type { CanErrorReport } from '../../protocol/can-error-frame';
import type { CanFrame } from '../../protocol/can-frame';
import type { SourceReport } from '../../model/source-status';
import type { SlcanBitRate } from '../../protocol/slcan';
import { UserError } from '../../base/user-error';
import { RetryDelay } from '../retry-delay';
import {
  openSerialPort,
  SerialPackageError,
  SerialPortError,
  type OpenSerialPort,
  type SerialTrouble,
} from '../serial-port';
import { isPluggedIn, serialReport } from '../serial-report';
import { sleep, systemTimers, type Timers } from '../timers';
import type { FrameSink, FrameSource } from './frame-source';
import { RunOnce } from './run-once';
import { SlcanAdapter, type OpeningResult } from './slcan-adapter';
import { longestSilence, SlcanBus } from './slcan-bus';
import { slcanLabel } from './slcan-label';
import { StatusReporter } from './status-reporter';

/** Which adapter to hear, and how fast its bus is. */
export interface SlcanSourceOptions {
  /** Such as `/dev/ttyACM0`. */
  readonly device: string;
  readonly bitRate: SlcanBitRate;
  /** Ids of the messages by which the battery is known to be there. */
  readonly ids: readonly number[];
  /** Default: the package's. */
  readonly openPort?: OpenSerialPort;
  /** Default: the machine's own. */
  readonly timers?: Timers;
}

const pollMs = 1000;

/**
 * Hears a bus through an adapter with a serial line (CANable, USBtin, Lawicel). While nothing at all is heard the channel
 * is opened anew from time to time, for on a real serial line a loss of power goes unnoticed.
 */
export class SlcanSource implements FrameSource {
  readonly name = 'slcan';
  private readonly device: string;
  private readonly bitRate: SlcanBitRate;
  private readonly ids: readonly number[];
  private readonly openPort: OpenSerialPort;
  private readonly timers: Timers;
  private readonly once = new RunOnce();

  constructor({ device, bitRate, ids, openPort, timers }: SlcanSourceOptions) {
    this.device = device;
    this.bitRate = bitRate;
    this.ids = ids;
    this.openPort = openPort ?? openSerialPort;
    this.timers = timers ?? systemTimers;
  }

  /** @throws UserError (as a rejection) when the package for serial ports does not load on this machine. */
  async run(signal: AbortSignal, sink: FrameSink): Promise<void> {
    this.once.start();
    const status = new StatusReporter(sink, slcanLabel(this.device));
    const delay = new RetryDelay();
    while (!signal.aborted) {
      const trouble = await this.hear(signal, sink, status, delay);
      if (isAborted(signal)) return;
      const seconds = delay.next();
      status.report('connecting', this.report(trouble), seconds);
      await this.waitForChange(trouble, seconds, signal);
    }
  }

  /** Hears the adapter until it is gone, stops answering, or the signal is aborted; then all is released. */
  private async hear(
    signal: AbortSignal,
    sink: FrameSink,
    status: StatusReporter,
    delay: RetryDelay,
  ): Promise<Trouble> {
    const gone = new AbortController();
    const end = AbortSignal.any([signal, gone.signal]);
    const well: SourceReport = {
      code: 'slcan-listening',
      values: { device: this.device, bitRate: this.bitRate },
    };
    const bus = new SlcanBus(this.device, this.bitRate, this.ids);
    let opened = false;
    const listener = {
      opened: () => {
        // When it is opened anew because it was silent, what was said of that still stands.
        if (opened) return;
        opened = true;
        delay.reset();
        status.report('up', well);
      },
      frame: (frame: CanFrame) => {
        bus.frame(frame);
        sink.frame(frame);
      },
      report: (report: CanErrorReport) => bus.report(report),
      rejected: () => sink.rejected('bad line', `from ${this.device}`),
      gone: () => gone.abort(),
    };
    const adapter = new SlcanAdapter(listener, end, this.timers);
    try {
      await adapter.connect(this.device, this.openPort);
    } catch (error) {
      if (error instanceof SerialPackageError) throw new UserError(error.message, { cause: error });
      return error instanceof SerialPortError ? error.trouble : 'failed';
    }
    try {
      for (;;) {
        const result = await adapter.openChannel(this.bitRate);
        if (end.aborted) return 'gone';
        if (result === 'silent') {
          status.report('connecting', this.report(result), longestSilence);
          if (!(await this.opensLate(adapter, end))) {
            if (isAborted(end)) return 'gone';
            continue;
          }
        } else if (result !== 'open') return result;
        do {
          if (!(await sleep(pollMs, end, this.timers))) return 'gone';
          const { state, report } = bus.look();
          status.report(state, report.code === 'can-listening' ? well : report);
        } while (bus.silentFor < longestSilence);
        await adapter.askStatus();
        bus.silentFor = 0;
      }
    } finally {
      await adapter.close();
    }
  }

  /**
   * Waits for the first frame of an adapter that answers nothing: on a quiet bus that may be firmware which carries out what it is
   * told without a word. False when there was none for ten seconds: the adapter may be another by then, and is asked again.
   */
  private async opensLate(adapter: SlcanAdapter, end: AbortSignal): Promise<boolean> {
    for (let second = 0; second < longestSilence; second++) {
      if (adapter.isOpen()) return true;
      if (!(await sleep(pollMs, end, this.timers))) return false;
    }
    return adapter.isOpen();
  }

  /** Waits for the next try, or less when the device was absent and has come: an adapter plugged in shall be heard. */
  private async waitForChange(trouble: Trouble, seconds: number, signal: AbortSignal): Promise<void> {
    for (let second = 0; second < seconds; second++) {
      if (!(await sleep(pollMs, signal, this.timers))) return;
      if (trouble === 'absent' && (await isPluggedIn(this.device))) return;
    }
  }

  private report(trouble: Trouble): SourceReport {
    const { device, bitRate } = this;
    switch (trouble) {
      case 'gone':
        return { code: 'serial-unplugged', values: { device } };
      case 'refused':
        return { code: 'slcan-refused', values: { device, bitRate } };
      case 'silent':
        return { code: 'slcan-no-answer', values: { device } };
      case 'strange':
        return { code: 'slcan-other-device', values: { device } };
      case 'absent':
      case 'busy':
      case 'forbidden':
      case 'not serial':
      case 'failed':
        return serialReport(trouble, device);
    }
  }
}

type Trouble = SerialTrouble | Exclude<OpeningResult, 'open'> | 'gone';

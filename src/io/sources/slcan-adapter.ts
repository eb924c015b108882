import type { CanErrorReport } from '../../protocol/can-error-frame';
import type { CanFrame } from '../../protocol/can-frame';
import {
  slcanBitRateCommand,
  slcanClose,
  slcanOpen,
  SlcanReader,
  slcanStatus,
  slcanVersion,
  type SlcanBitRate,
  type SlcanLine,
} from '../../protocol/slcan';
import type { OpenSerialPort, SerialPort } from '../serial-port';
import type { Timers } from '../timers';

/** What an adapter tells once its channel is open. */
export interface SlcanListener {
  /** The channel is open: called before the first frame. */
  opened(): void;
  frame(frame: CanFrame): void;
  /** What it says of its controller, asked or not. */
  report(report: CanErrorReport): void;
  rejected(): void;
  /** The port is dead. */
  gone(): void;
}

/**
 * How an attempt to open the channel ended: `refused` by the adapter, `silent` when it answers nothing, `strange` when it says
 * things that are not of this protocol.
 */
export type OpeningResult = 'open' | 'refused' | 'silent' | 'strange';

type Answer = 'done' | 'refused' | 'version' | undefined;

/** For the end of what an adapter was sending when we came, and of its answers to closing. */
const settlingMs = 150;
const answerMs = 300;

/** An adapter at an open serial port. */
export class SlcanAdapter {
  private readonly reader = new SlcanReader();
  private port: SerialPort | undefined;
  private step: 'settling' | 'setting up' | 'opening' | 'open' = 'settling';
  private strangeLines = 0;
  private answered: ((answer: Answer) => void) | undefined;

  /** @param end ends all waiting */
  constructor(
    private readonly listener: SlcanListener,
    private readonly end: AbortSignal,
    private readonly timers: Timers,
  ) {}

  /** @throws as `openPort` does */
  async connect(device: string, openPort: OpenSerialPort): Promise<void> {
    this.port = await openPort(device, {
      bytes: (chunk) => this.reader.read(chunk, (line) => this.take(line)),
      gone: () => this.listener.gone(),
    });
  }

  /**
   * Closes the channel, which may be open with another bit rate, and opens it anew: not for listening only, because on a
   * bus of two a controller sends for ever what nobody acknowledges.
   *
   * CANable's first firmware carries the commands out without a word; it has opened when it then answers anything.
   */
  async openChannel(bitRate: SlcanBitRate): Promise<OpeningResult> {
    this.step = 'settling';
    this.strangeLines = 0;
    // Twice: half a command from before would swallow the first.
    await this.ask(slcanClose + slcanClose, settlingMs);
    this.reader.reset();
    this.step = 'setting up';
    if ((await this.ask(slcanBitRateCommand(bitRate))) === 'refused') return 'refused';
    this.step = 'opening';
    if ((await this.ask(slcanOpen)) === 'refused') return 'refused';
    // Who knows no such command is there, and has not refused to open.
    if (!this.isOpen() && (await this.ask(slcanVersion)) === 'refused') this.becomeOpen();
    if (this.isOpen()) return 'open';
    return this.strangeLines > 0 ? 'strange' : 'silent';
  }

  /** Asks how the controller stands and waits a moment for the report; an adapter may know no answer. */
  async askStatus(): Promise<void> {
    await this.ask(slcanStatus);
  }

  /** Closes the channel and the port. */
  async close(): Promise<void> {
    if (this.port === undefined) return;
    this.port.write(slcanClose);
    await this.port.close(!this.isOpen());
  }

  /** Frames come through. An adapter that answers nothing may still have opened: its first frame shows that. */
  isOpen(): boolean {
    return this.step === 'open';
  }

  private take(line: SlcanLine): void {
    if (this.end.aborted || this.step === 'settling') return;
    if ('answer' in line) {
      if (this.step === 'opening' && line.answer !== 'refused') this.becomeOpen();
      this.answered?.(line.answer);
    } else if ('frame' in line) {
      // Nothing is heard through a closed channel.
      if (this.step === 'opening') this.becomeOpen();
      if (this.isOpen()) this.listener.frame(line.frame);
    } else if ('report' in line) {
      if (!this.isOpen()) return;
      this.listener.report(line.report);
      this.answered?.('done');
    } else if ('other' in line) {
      if (line.other === 'fd frame' && this.step === 'opening') this.becomeOpen();
      // By itself an echo is no adapter.
      if (line.other === 'echo' && !this.isOpen()) this.strangeLines++;
    } else if (this.isOpen()) {
      this.listener.rejected();
    } else {
      this.strangeLines++;
    }
  }

  private becomeOpen(): void {
    this.step = 'open';
    this.listener.opened();
    this.answered?.('done');
  }

  /** Sends a command and waits for the answer to it; undefined when none came. */
  private ask(command: string, ms = answerMs): Promise<Answer> {
    if (this.end.aborted) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const finish = (answer: Answer): void => {
        cancel();
        this.end.removeEventListener('abort', onEnd);
        this.answered = undefined;
        resolve(answer);
      };
      const onEnd = (): void => finish(undefined);
      const cancel = this.timers.after(ms, onEnd);
      this.end.addEventListener('abort', onEnd);
      this.answered = finish;
      this.port?.write(command);
    });
  }
}

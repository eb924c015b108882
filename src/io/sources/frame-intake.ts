import type { Clock } from '../../base/clock';
import type { FrameDecoder } from '../../devices/device-type';
import type { AgedReading, Reading } from '../../model/reading';
import type { SourceStatus } from '../../model/source-status';
import type { CanFrame } from '../../protocol/can-frame';
import { isAnnouncement } from '../../protocol/controller-announcement';
import {
  ignoredCauses,
  type FrameSink,
  type IgnoredCause,
  type CountedCause,
  type RejectionCause,
} from './frame-source';

/** How much was heard since the start. */
export interface FrameCounters {
  /** Frames, or other messages, that said something about the battery. */
  readonly frames: number;
  /** Heard and of no interest: normal on a shared wire. */
  readonly ignored: number;
  /** Heard and not right. */
  readonly malformed: number;
  /**
   * Ignored and malformed ones, by cause, and among the frames those that had a flag byte set, which changes nothing; what
   * never came is left out.
   */
  readonly causes: Readonly<Partial<Record<CountedCause, number>>>;
  /** Address of the latest sender, where the wire tells. */
  readonly sender: string | undefined;
}

/** Who is told what was heard. Implementations don't throw. */
export interface IntakeListener {
  /** What a message said about the battery; it may have been received a while ago. */
  reading(reading: Reading): void;
  /** Every well-formed frame, also those that are not decoded: for recordings. */
  frame?(frame: CanFrame): void;
  /** A frame of a controller's announcement of its configuration, and the address that it came from. */
  announcement?(frame: CanFrame, sender: string): void;
  rejected?(cause: RejectionCause, detail: string | undefined): void;
  status(status: SourceStatus): void;
}

/** The one place where frames are decoded and counted, whichever way they came. */
export class FrameIntake implements FrameSink {
  private frames = 0;
  private ignored = 0;
  private malformed = 0;
  private readonly causes: Partial<Record<CountedCause, number>> = {};
  private sender: string | undefined;

  constructor(
    private readonly clock: Pick<Clock, 'monotonic'>,
    private readonly decode: FrameDecoder,
    private readonly listener: IntakeListener,
    private readonly device = 'battery',
  ) {}

  get counters(): FrameCounters {
    const { frames, ignored, malformed, sender } = this;
    return { frames, ignored, malformed, sender, causes: { ...this.causes } };
  }

  frame(frame: CanFrame, sender?: string): void {
    if (sender !== undefined) this.sender = sender;
    if (frame.flagged === true) this.count('flag byte set');
    this.listener.frame?.(frame);
    if (sender !== undefined && this.listener.announcement !== undefined && isAnnouncement(frame)) {
      this.frames++;
      this.listener.announcement(frame, sender);
      return;
    }
    const decoded = this.decode(frame, this.clock.monotonic(), this.device);
    if ('rejected' in decoded) {
      const what = `id 0x${frame.id.toString(16)}, ${frame.data.length} bytes`;
      // What another device says may help who looks for a new message; only at the level of debugging.
      const bytes = decoded.rejected === 'unknown id' ? hex(frame.data) : '';
      this.rejected(decoded.rejected, what + bytes);
      return;
    }
    this.frames++;
    this.listener.reading(decoded);
  }

  readings(readings: readonly AgedReading[], sender?: string): void {
    if (sender !== undefined) this.sender = sender;
    this.frames++;
    const now = this.clock.monotonic();
    for (const { reading, age } of readings)
      this.listener.reading({ ...reading, device: this.device, at: now - age });
  }

  rejected(cause: RejectionCause, detail?: string): void {
    this.count(cause);
    if (isIgnored(cause)) this.ignored++;
    else this.malformed++;
    this.listener.rejected?.(cause, detail);
  }

  status(status: SourceStatus): void {
    this.listener.status(status);
  }

  private count(cause: CountedCause): void {
    this.causes[cause] = (this.causes[cause] ?? 0) + 1;
  }
}

/** As ` 9B 00`. */
function hex(data: Uint8Array): string {
  let text = '';
  for (const byte of data) text += ` ${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  return text;
}

/** True for what is normal on a healthy wire. */
export function isIgnored(cause: string): cause is IgnoredCause {
  return (ignoredCauses as readonly string[]).includes(cause);
}

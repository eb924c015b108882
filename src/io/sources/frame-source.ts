import type { SourceStatus } from '../../model/source-status';
import type { CanFrame } from '../../protocol/can-frame';
import type { AgedReading } from '../../model/reading';

/** Why something heard was not used. `ignored` causes are normal on a healthy wire, `malformed` ones are not. */
export const ignoredCauses = [
  'unknown id',
  'remote request',
  'extended id',
  'error frame',
  'CAN FD frame',
  'retained',
  'older',
  'other battery',
  'unknown device',
] as const;

/** What no sender should send: the wire or a program is at fault. */
export const malformedCauses = [
  'wrong length',
  'short frame',
  'bad sequence',
  'bad line',
  'too long',
  'not a status',
  'not a device',
  'not a site',
  'unknown schema',
] as const;

/** What is used and counted besides: a datagram whose flag bytes say what they should not. */
export const notedCauses = ['flag byte set'] as const;

/** One of the normal ones. */
export type IgnoredCause = (typeof ignoredCauses)[number];

/** One of those at which something is wrong. */
export type MalformedCause = (typeof malformedCauses)[number];

/** Any of them. */
export type RejectionCause = IgnoredCause | MalformedCause;

/** What is counted by name beside the frames. */
export type CountedCause = RejectionCause | (typeof notedCauses)[number];

/** Where a source puts what it hears. Implementations never throw. */
export interface FrameSink {
  /** A well-formed frame; `sender` is the address it came from, where the wire tells. */
  frame(frame: CanFrame, sender?: string): void;
  /**
   * What a device measured that is not on a CAN bus, so that nothing is squeezed through a frame's fields: one message of
   * it, with all that is new in it. A sink without it has no use for such.
   */
  readings?(readings: readonly AgedReading[], sender?: string): void;
  /** The same of one of several devices behind the source. A sink without it has no use for such. */
  deviceReadings?(device: string, readings: readonly AgedReading[], sender?: string): void;
  /** Something heard that is not a frame that can be used; `detail` is for the log, e.g. `23 bytes from 10.0.0.7`. */
  rejected(cause: RejectionCause, detail?: string): void;
  /** Called on every change of the status, never twice with the same report. */
  status(status: SourceStatus): void;
}

/**
 * One way in for CAN frames or readings. A source is started once with `run` and heals itself for as long as the signal
 * is not aborted: an interface that is down, absent or gone, a busy port, an address that was lost are
 * reported through `sink.status` and retried with a growing delay that resets on success.
 */
export interface FrameSource {
  /** `udp`, `can`, `slcan`, `simulate` or `replay`: the value of --source; `mqtt` for a receiver. */
  readonly name: string;
  /**
   * Hears until `signal` is aborted (or, for a finite source, until its end) and resolves when every socket,
   * file and timer is released. Never rejects for what the wire, the interface or the network did; rejects
   * only for a mistake of the user that waiting can't mend (a log file that can't be read): a UserError.
   */
  run(signal: AbortSignal, sink: FrameSink): Promise<void>;
}

import type { CanFrame } from '../../protocol/can-frame';

/** What became of the frames so far. */
export interface SenderCounts {
  /** Handed to the wire, which does not mean that anybody heard them. */
  readonly sent: number;
  /** Not taken by the wire: its queue was full, the network away, the sender closed. */
  readonly dropped: number;
}

/** One way out for CAN frames, as a source is one way in. */
export interface FrameSender {
  readonly counts: SenderCounts;
  /** Sends without waiting; what can't be sent now is dropped and counted. Never throws. */
  send(frame: CanFrame): void;
  /** Sends bytes that need be no frame at all; only where the wire carries bytes. For tests of receivers. */
  sendBytes?(bytes: Uint8Array): void;
  /** Resolves when what was sent is out and everything is released. */
  close(): Promise<void>;
}

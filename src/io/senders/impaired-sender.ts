import type { CanFrame } from '../../protocol/can-frame';
import type { Impairment } from '../../simulation/impairment';
import type { FrameSender, SenderCounts } from './frame-sender';

/** A sender on a bad wire: loses frames and adds garbage. */
export class ImpairedSender implements FrameSender {
  constructor(
    private readonly sender: FrameSender,
    private readonly impairment: Impairment,
  ) {}

  get counts(): SenderCounts {
    return this.sender.counts;
  }

  send(frame: CanFrame): void {
    for (const item of this.impairment.apply(frame)) {
      // Bytes that are no frame have no place on a CAN bus: its hardware would not send them.
      if (item instanceof Uint8Array) this.sender.sendBytes?.(item);
      else this.sender.send(item);
    }
  }

  close(): Promise<void> {
    return this.sender.close();
  }
}

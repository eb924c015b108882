import type { CanFrame } from '../../protocol/can-frame';
import { UserError } from '../../base/user-error';
import { CanPackageError, openSocketCan, type CanChannel, type OpenCanChannel } from '../can-channel';
import type { FrameSender, SenderCounts } from './frame-sender';

/** Where to send. */
export interface CanSenderOptions {
  /** Such as `can0`. */
  readonly interfaceName: string;
  /** Default: the socketcan package. */
  readonly openChannel?: OpenCanChannel;
}

const largestDataLength = 8;

/** Sends frames on a CAN interface. A full queue (nobody acknowledges) or a bus that is down costs frames, nothing else. */
export class CanSender implements FrameSender {
  private sent = 0;
  private dropped = 0;
  private closed = false;

  private constructor(private readonly channel: CanChannel) {}

  /** @throws UserError (as a rejection) when the interface can't be opened. */
  static async open({ interfaceName, openChannel = openSocketCan }: CanSenderOptions): Promise<CanSender> {
    try {
      return new CanSender(await openChannel({ interfaceName }));
    } catch (error) {
      const message =
        error instanceof CanPackageError
          ? error.message
          : `The CAN interface ${interfaceName} can't be opened: see if \`ip link show ${interfaceName}\` knows it`;
      throw new UserError(message, { cause: error });
    }
  }

  get counts(): SenderCounts {
    return { sent: this.sent, dropped: this.dropped };
  }

  send({ id, data, extended, remote }: CanFrame): void {
    if (this.closed || data.length > largestDataLength) {
      this.dropped++;
      return;
    }
    const bytes = Buffer.from(data.buffer, data.byteOffset, data.length);
    if (this.channel.send({ id, data: bytes, ext: extended, rtr: remote })) this.sent++;
    else this.dropped++;
  }

  close(): Promise<void> {
    if (!this.closed) this.channel.close();
    this.closed = true;
    return Promise.resolve();
  }
}

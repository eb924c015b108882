import { createSocket, type Socket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { systemClock, type Clock } from '../../base/clock';
import type { CanFrame } from '../../protocol/can-frame';
import { encodeDatagram } from '../../protocol/udp-frame';
import { UserError } from '../../base/user-error';
import type { FrameSender, SenderCounts } from './frame-sender';

/** Whom to send to. */
export interface UdpSenderOptions {
  /** A name or an IPv4 address, which may be a broadcast one such as 192.168.1.255. */
  readonly host: string;
  /** 1..65535. */
  readonly port: number;
  /** For the time stamps. Default: the machine's own. */
  readonly clock?: Pick<Clock, 'monotonic'>;
}

// Datagrams that the system has not taken yet. It takes them at once, unless something is badly wrong.
const longestQueue = 1000;

/** Sends frames as the controller does: one datagram of 24 bytes each. */
export class UdpSender implements FrameSender {
  private sent = 0;
  private dropped = 0;
  private queued = 0;
  private closing = false;
  private onEmpty: () => void = () => undefined;

  private constructor(
    private readonly socket: Socket,
    private readonly address: string,
    private port: number,
    private readonly clock: Pick<Clock, 'monotonic'>,
  ) {
    // An error of one datagram is counted where it was sent; without a listener here it would end the program.
    socket.on('error', () => undefined);
  }

  /** @throws UserError (as a rejection) when there is no such host or the port is not 1..65535. */
  static async open({ host, port, clock = systemClock }: UdpSenderOptions): Promise<UdpSender> {
    if (!Number.isInteger(port) || port < 1 || port > 65535) {
      throw new UserError(`The port must be 1 to 65535, not ${port}`);
    }
    const address = await addressOf(host);
    const socket = createSocket('udp4');
    socket.bind(0);
    await once(socket, 'listening');
    // Allowed always: it does no harm to other addresses, and which ones are broadcasts depends on the network.
    socket.setBroadcast(true);
    return new UdpSender(socket, address, port, clock);
  }

  get counts(): SenderCounts {
    return { sent: this.sent, dropped: this.dropped };
  }

  send(frame: CanFrame): void {
    this.sendBytes(encodeDatagram(frame, Math.floor(this.clock.monotonic())));
  }

  sendBytes(bytes: Uint8Array): void {
    if (this.closing || this.queued >= longestQueue) {
      this.dropped++;
      return;
    }
    this.queued++;
    this.socket.send(bytes, this.port, this.address, (error) => {
      if (error === null) this.sent++;
      else this.dropped++;
      if (--this.queued === 0) this.onEmpty();
    });
  }

  /** From now on to another port of the same machines. @param port 1..65535 */
  turnTo(port: number): void {
    this.port = port;
  }

  async close(): Promise<void> {
    if (this.closing) return;
    this.closing = true;
    if (this.queued > 0) await new Promise<void>((resolve) => (this.onEmpty = resolve));
    const closed = once(this.socket, 'close');
    this.socket.close();
    await closed;
  }
}

async function addressOf(host: string): Promise<string> {
  try {
    return (await lookup(host, { family: 4 })).address;
  } catch (error) {
    throw new UserError(`There is no machine ${host}: give a name or an address such as 192.168.1.255`, {
      cause: error,
    });
  }
}

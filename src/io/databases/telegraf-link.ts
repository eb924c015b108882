import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { createConnection, type Socket } from 'node:net';
import { errorCode } from '../../base/error-code';
import type { TelegrafAddress } from '../../protocol/database-address';
import { systemTimers } from '../timers';
import { openUnixDatagrams, type UnixDatagrams } from '../unix-datagrams';

/** A way to a Telegraf. One message at a time. */
export interface TelegrafLink {
  /** Sends a message; resolves when the system has taken it. @throws the system's error (as a rejection) */
  send(message: string): Promise<void>;
  /** Lets go of the socket; `send` opens another. */
  close(): void;
}

/** ms for a receiver to make room, or to answer at all. */
const patience = 5000;
/** ms between two tries while its queue is full. */
const pause = 10;
/** ms in which another machine says that nobody listens. */
const settling = 20;

/** The link of an address. */
export function telegrafLink(address: TelegrafAddress): TelegrafLink {
  switch (address.transport) {
    case 'unix':
      return new UnixLink(address.host);
    case 'udp':
      return new UdpLink(address);
    case 'tcp':
      return new TcpLink(address);
  }
}

function paused(ms: number): Promise<void> {
  return new Promise((resolve) => void systemTimers.after(ms, resolve));
}

class UnixLink implements TelegrafLink {
  private datagrams: UnixDatagrams | undefined;

  constructor(private readonly path: string) {}

  async send(message: string): Promise<void> {
    const bytes = Buffer.from(message);
    // A queue has room for ten datagrams by default, which is less than a device's.
    for (let tries = patience / pause; ; tries--) {
      try {
        (this.datagrams ??= openUnixDatagrams()).send(this.path, bytes);
        return;
      } catch (error) {
        if (tries <= 0 || (errorCode(error) !== 'EAGAIN' && errorCode(error) !== 'ENOBUFS')) throw error;
      }
      await paused(pause);
    }
  }

  close(): void {
    this.datagrams?.close();
    this.datagrams = undefined;
  }
}

class UdpLink implements TelegrafLink {
  private socket: Promise<UdpSocket> | undefined;
  private failure: Error | undefined;

  constructor(private readonly address: TelegrafAddress) {}

  async send(message: string): Promise<void> {
    this.failure = undefined;
    const socket = await (this.socket ??= this.open());
    await new Promise<void>((resolve, reject) =>
      socket.send(message, (error) => (error === null ? resolve() : reject(error))),
    );
    await paused(settling);
    const failure = this.heardFailure();
    if (failure !== undefined) throw failure;
  }

  close(): void {
    this.socket?.then(closeUdp, () => undefined);
    this.socket = undefined;
  }

  private heardFailure(): Error | undefined {
    return this.failure;
  }

  /** Connected, so that the system tells when the other machine says that nobody listens. */
  private open(): Promise<UdpSocket> {
    const { host, port } = this.address;
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
    return new Promise((resolve, reject) => {
      socket.once('connect', () => resolve(socket));
      socket.on('error', (error) => {
        this.failure = error;
        reject(error);
        closeUdp(socket);
      });
      socket.connect(port, host);
      socket.unref();
    });
  }
}

function closeUdp(socket: UdpSocket): void {
  try {
    socket.close();
  } catch {
    // It was closed by an error.
  }
}

class TcpLink implements TelegrafLink {
  private socket: Socket | undefined;

  constructor(private readonly address: TelegrafAddress) {}

  async send(message: string): Promise<void> {
    // One that Telegraf has closed between two messages is opened anew.
    if (this.socket?.destroyed === true) this.socket = undefined;
    const socket = (this.socket ??= this.open());
    let closed = (): void => undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        closed = () => reject(socket.errored ?? Object.assign(new Error('closed'), { code: 'ECONNRESET' }));
        socket.once('close', closed);
        // In a stream something has to tell messages apart, and a line's end stands within them.
        socket.write(`${message}\0`, (error) => (error instanceof Error ? reject(error) : resolve()));
      });
    } finally {
      socket.off('close', closed);
    }
  }

  close(): void {
    this.socket?.destroy();
    this.socket = undefined;
  }

  private open(): Socket {
    const { host, port } = this.address;
    const socket = createConnection({ host, port, keepAlive: true });
    socket.setTimeout(patience, () => {
      if (socket.connecting || socket.writableLength > 0)
        socket.destroy(Object.assign(new Error('silent'), { code: 'ETIMEDOUT' }));
    });
    // It is told with the message.
    socket.on('error', () => undefined);
    // What it answers is nobody's business.
    socket.resume();
    socket.unref();
    return socket;
  }
}

import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { systemClock, type Clock } from '../../base/clock';
import { datagramStamp, decodeDatagram } from '../../protocol/udp-frame';
import type { SourceReport } from '../../model/source-status';
import { RetryDelay } from '../retry-delay';
import { sleep, systemTimers, type Timers } from '../timers';
import { DatagramOrder, type PartOf } from './datagram-order';
import type { FrameSink, FrameSource } from './frame-source';
import { RunOnce } from './run-once';
import { StatusReporter } from './status-reporter';
import { broadcastAddresses, limitedBroadcast, udpPortTaken } from './udp-sharing';

/** Where to listen. */
export interface UdpSourceOptions {
  /** 1..65535; 0 lets the machine choose a free one, for tests. */
  readonly port: number;
  /** Take datagrams of 12 bytes and more, not only of exactly 24. Default false. */
  readonly lenient?: boolean;
  /** The address to listen on. Default 0.0.0.0: all of them, and broadcasts to all of them. */
  readonly bindAddress?: string;
  /**
   * Leaves the datagrams that are sent to this machine alone to a program that uses the port already, and takes broadcasts,
   * which reach both. Default false: the kernel gives them to whoever came last.
   */
  readonly yields?: boolean;
  /** Which frames replace each other: with it, datagrams that are late are left out. */
  readonly partOf?: PartOf;
  /** Default: the machine's own. */
  readonly clock?: Pick<Clock, 'monotonic'>;
  /** Default: the machine's own. */
  readonly timers?: Timers;
}

// Room for some 2000 datagrams that come while the screen is drawn; the kernel may grant less.
const receiveBuffer = 1 << 20;

/**
 * Hears the datagrams that the controller broadcasts (EVTV manual v1.21: port 6500). Another program may listen on the
 * same port as long as it shares it too. A socket on all addresses outlives interfaces that come and go.
 */
export class UdpSource implements FrameSource {
  readonly name = 'udp';
  private readonly timers: Timers;
  private readonly once = new RunOnce();
  private bound: number | undefined;

  /** @throws RangeError when the port is not a whole number of 0..65535. */
  constructor(private readonly options: UdpSourceOptions) {
    const { port } = options;
    if (!Number.isInteger(port) || port < 0 || port > 65535) {
      throw new RangeError(`port must be 0 to 65535, not ${port}`);
    }
    this.timers = options.timers ?? systemTimers;
  }

  /** The port that it listens on; undefined while it doesn't. */
  get boundPort(): number | undefined {
    return this.bound;
  }

  async run(signal: AbortSignal, sink: FrameSink): Promise<void> {
    this.once.start();
    const status = new StatusReporter(sink, `UDP ${this.options.port}`);
    const delay = new RetryDelay();
    while (!signal.aborted) {
      const error = await this.listen(signal, sink, status, (shared) => {
        delay.reset();
        const port = this.bound ?? this.options.port;
        status.report('up', { code: 'udp-listening', values: { port, broadcastsOnly: shared } });
      });
      if (error === undefined) return;
      const seconds = delay.next();
      status.report('connecting', this.trouble(error), seconds);
      await sleep(1000 * seconds, signal, this.timers);
    }
  }

  /** Listens until aborted (then there is no error) or until a socket fails; all are closed in the end. */
  private async listen(
    signal: AbortSignal,
    sink: FrameSink,
    status: StatusReporter,
    onUp: (shared: boolean) => void,
  ): Promise<Error | undefined> {
    const { port, bindAddress = '0.0.0.0', yields = false } = this.options;
    const shared = yields && (await udpPortTaken(port));
    if (signal.aborted) return undefined;
    const sockets: Socket[] = [];
    const order = this.orderFor(sink, (kept, other) => {
      const values = { port: this.bound ?? port, broadcastsOnly: shared, kept, other };
      status.report('up', { code: 'udp-listening', values });
    });
    const error = await new Promise<Error | undefined>((resolve) => {
      const onAbort = (): void => resolve(undefined);
      signal.addEventListener('abort', onAbort, { once: true });
      const addresses = shared ? broadcastAddresses() : [bindAddress];
      let missing = addresses.length;
      const settled = (): void => {
        if (--missing === 0) onUp(shared);
      };
      for (const address of addresses) {
        const socket = createSocket({ type: 'udp4', reuseAddr: true });
        sockets.push(socket);
        socket.on('message', (bytes, from) => this.hear(bytes, from, sink, order));
        socket.once('listening', () => {
          this.bound = socket.address().port;
          enlargeBuffer(socket);
          settled();
        });
        socket.on('error', (failure: NodeJS.ErrnoException) => {
          // An interface without broadcasts, such as a tunnel.
          if (shared && failure.code === 'EADDRNOTAVAIL' && address !== limitedBroadcast) return settled();
          signal.removeEventListener('abort', onAbort);
          resolve(failure);
        });
        socket.bind(port, address);
      }
    });
    this.bound = undefined;
    order?.close();
    await Promise.all(
      sockets.map((socket) => {
        const closed = once(socket, 'close');
        socket.close();
        return closed;
      }),
    );
    return error;
  }

  private hear(
    bytes: Uint8Array,
    { address }: RemoteInfo,
    sink: FrameSink,
    order: DatagramOrder | undefined,
  ): void {
    const frame = decodeDatagram(bytes, this.options);
    if ('rejected' in frame) sink.rejected(frame.rejected, `${bytes.length} bytes from ${address}`);
    else if (order === undefined) sink.frame(frame, address);
    else order.hear(frame, datagramStamp(bytes), address);
  }

  private orderFor(sink: FrameSink, tell: (kept: string, other: string) => void): DatagramOrder | undefined {
    const { partOf, clock = systemClock } = this.options;
    if (partOf === undefined) return undefined;
    return new DatagramOrder({
      timers: this.timers,
      clock,
      partOf,
      take: (frame, from) => sink.frame(frame, from),
      leave: (from) => sink.rejected('older', `a datagram from ${from}`),
      refuse: (from, kept) => {
        sink.rejected('other battery', `a datagram from ${from}, beside ${kept}`);
        tell(kept, from);
      },
    });
  }

  private trouble(error: NodeJS.ErrnoException): SourceReport {
    const { port, bindAddress: address = '' } = this.options;
    switch (error.code) {
      case 'EADDRINUSE':
        return { code: 'udp-port-taken', values: { port } };
      case 'EACCES':
        return { code: 'udp-port-forbidden', values: { port } };
      case 'EADDRNOTAVAIL':
        return { code: 'udp-address-gone', values: { address } };
      case 'ENOTFOUND':
        return { code: 'udp-address-unknown', values: { address } };
      case undefined:
      default:
        return { code: 'udp-failed', values: { port, reason: error.code ?? error.message } };
    }
  }
}

function enlargeBuffer(socket: Socket): void {
  try {
    socket.setRecvBufferSize(receiveBuffer);
  } catch {
    // The buffer that the system gives by itself will have to do.
  }
}

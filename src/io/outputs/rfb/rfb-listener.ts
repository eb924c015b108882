import { createServer, type Server } from 'node:net';
import { isNearby } from '../../network-check';
import { failureWords } from '../../../base/failure-words';
import { RetryDelay } from '../../retry-delay';
import { systemTimers, type Timers } from '../../timers';
import type { RfbPeer } from './rfb-peer';
import type { Duplex } from 'node:stream';
import { sameCoded } from '../../../model/coded';
import type { VncReport } from '../../../model/vnc-reports';

/** ms after which a connection on which nothing happens is asked whether the other side is still there. */
const keepAlive = 30_000;

/** Where viewers are waited for, and who gets them. */
export interface ListenerOptions {
  /** 0 for any that is free. */
  readonly port: number;
  /** Of this machine; empty for all, by which only the own network comes in. With one, its owner has decided who can reach it. */
  readonly address: string;
  /** Takes a connection, which may be of anybody. */
  readonly serve: (stream: Duplex, peer: RfbPeer) => void;
  /** Called when it is another one. */
  readonly status: (report: VncReport) => void;
  readonly timers?: Timers;
}

/** Waits for viewers on a TCP port, and tries again where that does not work yet. Never throws. */
export class RfbListener {
  private server: Server | undefined;
  private readonly delay = new RetryDelay();
  private cancel: (() => void) | undefined;
  private told: VncReport | undefined;
  private closed = false;

  constructor(private readonly options: ListenerOptions) {
    this.open();
  }

  /** The port, which is another one than was asked for where that was 0; `undefined` while it does not listen. */
  get port(): number | undefined {
    const address = this.server?.address();
    return typeof address === 'object' ? address?.port : undefined;
  }

  /** Waits for nobody any more. Connections that were taken stay. */
  close(): void {
    this.closed = true;
    this.cancel?.();
    this.server?.close();
  }

  private open(): void {
    const { port, address, serve } = this.options;
    const server = createServer((socket) => {
      const from = socket.remoteAddress ?? '';
      if (address === '' && !isNearby(from)) {
        socket.destroy();
        return;
      }
      socket.setNoDelay(true);
      socket.setKeepAlive(true, keepAlive);
      serve(socket, { address: from });
    });
    this.server = server;
    server.on('error', (error: NodeJS.ErrnoException) => {
      this.tell({ code: 'vnc-failed', values: { port, reason: failureWords(error) } });
      server.close();
      this.later();
    });
    server.listen({ port, ...(address !== '' && { host: address }) }, () => {
      this.delay.reset();
      this.tell({ code: 'vnc-listening', values: { port: this.port ?? port } });
    });
  }

  private later(): void {
    if (this.closed) return;
    this.cancel?.();
    this.cancel = (this.options.timers ?? systemTimers).after(this.delay.next() * 1000, () => this.open());
  }

  private tell(report: VncReport): void {
    if (this.closed || sameCoded(report, this.told)) return;
    this.told = report;
    this.options.status(report);
  }
}

import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { createWebSocketStream, WebSocketServer } from 'ws';
import { isOwnHost, isSameOrigin } from './host-check';
import type { Logins } from './logins';
import type { WebParts } from './web-parts';

/** Bytes in one message of a viewer: the longest of RFC 6143 that anybody needs is a few hundred. */
const longestMessage = 64 * 1024;
/** Viewers of the live screen; how many of them are served is the screen's own affair. */
const mostSockets = 12;

/** Leads the live screen through WebSockets (RFC 6455) at /screen, each message a piece of the stream of bytes. */
export class ScreenSockets {
  private readonly server = new WebSocketServer({
    noServer: true,
    maxPayload: longestMessage,
    // What is sent is compressed already.
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has('binary') ? 'binary' : false),
  });

  constructor(
    private readonly parts: Pick<WebParts, 'names' | 'screen'>,
    private readonly logins: Logins,
  ) {}

  /** Answers a request to change protocols: nothing else than a screen for a page of ours is given. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Who goes away while it is answered is no trouble.
    socket.on('error', () => socket.destroy());
    const { host, origin, cookie } = request.headers;
    const address = request.socket.remoteAddress ?? '';
    if (request.url?.split('?')[0] !== '/screen') return refuse(socket, 404);
    if (!isOwnHost(host, this.parts.names) || !isSameOrigin(origin, host)) return refuse(socket, 403);
    const access = this.logins.access({ cookie, address });
    if (access === 'none') return refuse(socket, 401);
    if (this.server.clients.size >= mostSockets) return refuse(socket, 503);
    this.server.handleUpgrade(request, socket, head, (webSocket) => {
      const stream = createWebSocketStream(webSocket, { highWaterMark: longestMessage });
      // Whose connection breaks is told by `close`, which follows.
      stream.on('error', () => stream.destroy());
      // Of itself it would wait for whoever writes into it to end it.
      webSocket.once('close', () => stream.destroy());
      this.parts.screen(stream, { address, access });
    });
  }

  /** Lets go of all viewers, who come back by themselves. */
  close(): void {
    for (const client of this.server.clients) client.terminate();
    this.server.close();
  }
}

const reasons = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  503: 'Service Unavailable',
} as const;

function refuse(socket: Duplex, status: keyof typeof reasons): void {
  socket.end(`HTTP/1.1 ${status} ${reasons[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

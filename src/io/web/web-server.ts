import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { isNearby } from '../network-check';
import { LiveEvents } from './live-events';
import { Logins } from './logins';
import { ScreenSockets } from './screen-socket';
import { createWebApp } from './web-app';
import type { WebParts } from './web-parts';

/** To a request that is none, or is too long or too late. */
const badRequest = 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

/** What one may take of the server. */
export interface WebLimits {
  /** Connections at the same time: a browser takes six. */
  readonly connections: number;
  /** Of one address. */
  readonly ofOneAddress: number;
  /** ms in which the head of a request must have come. */
  readonly head: number;
  /** ms in which all of a request must have come. */
  readonly request: number;
  /** ms in which something must go either way: an event comes each second. */
  readonly silence: number;
}

/** What everybody has who does not test. */
export const usualLimits: WebLimits = {
  connections: 96,
  ofOneAddress: 32,
  head: 10_000,
  request: 15_000,
  silence: 30_000,
};

/** Ports that are tried, from the one that is set. */
const portsTried = 10;

/** Where the page is to be. */
export interface WebPlace {
  /** `localhost`: on this machine alone; `lan`: in its networks, and nowhere beyond. */
  readonly reach: 'localhost' | 'lan';
  /** The first port to try; 0 is any. */
  readonly port: number;
  /** Whose connection it is. Default: the other end's address; tests have nobody outside of the house. */
  readonly addressOf?: (socket: Socket) => string;
}

/** The page, served. */
export class WebServer {
  private constructor(
    private readonly server: Server,
    private readonly screens: ScreenSockets,
    private readonly events: LiveEvents,
  ) {}

  /**
   * Serves the page. A port that somebody else has is passed over for the next one.
   *
   * @throws Error with the code of the system when none of ten can be had
   */
  static async open(parts: WebParts, place: WebPlace, limits = usualLimits): Promise<WebServer> {
    const { timers } = parts;
    const logins = new Logins(parts);
    const events = new LiveEvents({
      live: () => parts.live(),
      changes: parts.changes,
      ...(timers !== undefined && { timers }),
    });
    const screens = new ScreenSockets(parts, logins);
    const app = createWebApp(parts, logins, events);
    const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
    const server = createServer(
      {
        maxHeaderSize: 8192,
        headersTimeout: limits.head,
        requestTimeout: limits.request,
        connectionsCheckingInterval: limits.head / 2,
      },
      (incoming, outgoing) => void listener(incoming, outgoing),
    );
    server.maxHeadersCount = 60;
    server.maxConnections = limits.connections;
    server.keepAliveTimeout = limits.head;
    server.setTimeout(limits.silence);
    server.on('connection', limitConnections(place, limits.ofOneAddress));
    server.on('upgrade', (request, socket, head) => screens.upgrade(request, socket, head));
    // Nothing more is read from it, and nothing of it is waited for.
    server.on('clientError', (_, socket) => {
      if (socket.writable) socket.end(badRequest, () => socket.destroy());
      else socket.destroy();
    });
    await listen(server, place);
    return new WebServer(server, screens, events);
  }

  /** The port that it has. */
  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Lets go of everybody and of the port. */
  async close(): Promise<void> {
    this.events.close();
    this.screens.close();
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    await closed;
  }
}

function limitConnections(
  { reach, addressOf = ({ remoteAddress }) => remoteAddress ?? '' }: WebPlace,
  most: number,
): (socket: Socket) => void {
  const open = new Map<string, number>();
  return (socket) => {
    const address = addressOf(socket);
    const count = open.get(address) ?? 0;
    if (count >= most || (reach === 'lan' && !isNearby(address))) {
      socket.destroy();
      return;
    }
    open.set(address, count + 1);
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left > 0) open.set(address, left);
      else open.delete(address);
    });
  };
}

async function listen(server: Server, { reach, port }: WebPlace): Promise<void> {
  for (let next = port; ; next++) {
    try {
      await listenOn(server, next, reach);
      return;
    } catch (error) {
      const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
      if (!taken || next + 1 >= port + portsTried || next >= 65_535) throw error;
    }
  }
}

function listenOn(server: Server, port: number, reach: WebPlace['reach']): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    const done = (): void => {
      server.off('error', reject);
      // What happens to a single connection later is no trouble of the display's.
      server.on('error', () => undefined);
      resolve();
    };
    // Without an address: on IPv6 and IPv4, or on IPv4 alone where there is nothing else.
    if (reach === 'lan') server.listen(port, done);
    else server.listen(port, '127.0.0.1', done);
  });
}

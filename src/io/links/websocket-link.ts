import { WebSocket, type ClientOptions, type RawData } from 'ws';
import { errorCode } from '../../base/error-code';
import type { LineLink } from '../../devices/device-type';
import type { LinkReport } from '../../model/link-reports';
import { systemTimers, type Timers } from '../timers';
import { LinkError, type LinkOpener, type OpenedLink } from './link-opener';

/** Where the text comes from. */
export interface WebsocketLinkOptions {
  /** An address or a name; IPv6 in square brackets. */
  readonly host: string;
  readonly port: number;
  /** Such as `/ws/`. */
  readonly path: string;
  /** ms without a message after which the link is given up. Default: a minute. */
  readonly stallTime?: number;
  /** ms that opening it may take. Default: 15 s. */
  readonly openTime?: number;
  /** Default: the machine's own. */
  readonly timers?: Timers;
}

const normalStallTime = 60_000;
const normalOpenTime = 15_000;
/** Bytes of a message; one that is longer ends the connection. */
const longestMessage = 4 << 20;
/** Characters of a message that are passed on. */
const longestText = 1 << 16;

/** Opens a WebSocket again and again, over which a device sends text. Nothing is sent to it. */
export class WebsocketLinkOpener implements LinkOpener {
  readonly place: string;
  readonly label: string;

  constructor(private readonly options: WebsocketLinkOptions) {
    this.place = `${options.host}:${options.port}`;
    this.label = `LAN ${options.host.slice(-15)}`;
  }

  async open(): Promise<OpenedLink> {
    const { host, path, openTime = normalOpenTime } = this.options;
    const settings: ClientOptions & { skipUTF8Validation: boolean } = {
      handshakeTimeout: openTime,
      maxPayload: longestMessage,
      perMessageDeflate: false,
      followRedirects: false,
      // A character that is damaged costs that character, not the connection.
      skipUTF8Validation: true,
      origin: `http://${host}`,
    };
    const socket = new WebSocket(`ws://${this.place}${path}`, settings);
    const link = new WebsocketLink(socket, this.place, this.options);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('close', () => reject(new LinkError(link.reason ?? closedByPeer(this.place), false)));
    });
    return {
      link,
      close: () => {
        link.end({ code: 'link-closed', values: { place: this.place } });
        return Promise.resolve();
      },
    };
  }
}

interface Listener {
  readonly text: (text: string) => void;
  readonly binary: (bytes: Uint8Array) => void;
}

/** An open WebSocket, or one that is being opened. */
class WebsocketLink implements LineLink {
  readonly kind = 'lines';
  readonly closed: Promise<LinkReport>;
  /** Why it ended. */
  reason: LinkReport | undefined;
  private readonly listeners = new Set<Listener>();
  private readonly timers: Timers;
  private readonly stallTime: number;
  private heard = false;
  private ended = false;
  private cancel: () => void = () => undefined;
  private lose: (reason: LinkReport) => void = () => undefined;

  constructor(
    private readonly socket: WebSocket,
    private readonly place: string,
    { stallTime = normalStallTime, timers = systemTimers }: WebsocketLinkOptions,
  ) {
    this.stallTime = stallTime;
    this.timers = timers;
    this.closed = new Promise((resolve) => {
      this.lose = resolve;
    });
    socket.on('open', () => {
      // Until somebody listens: a console begins to tell at once.
      socket.pause();
      this.watch();
    });
    socket.on('message', (data, isBinary) => this.message(data, isBinary));
    socket.on('error', (error) => (this.reason ??= trouble(error, place)));
    socket.on('close', () => this.end(closedByPeer(place)));
  }

  receive(text: (text: string) => void, binary: (bytes: Uint8Array) => void = () => undefined): () => void {
    const listener = { text, binary };
    this.listeners.add(listener);
    this.socket.resume();
    return () => this.listeners.delete(listener);
  }

  /** Ends it, unless it has ended. */
  end(reason: LinkReport): void {
    if (this.ended) return;
    this.ended = true;
    this.cancel();
    this.listeners.clear();
    this.reason ??= reason;
    this.socket.terminate();
    this.lose(this.reason);
  }

  private message(data: RawData, isBinary: boolean): void {
    this.heard = true;
    const bytes = Buffer.isBuffer(data)
      ? data
      : Buffer.concat(Array.isArray(data) ? data : [Buffer.from(data)]);
    const text = isBinary ? '' : bytes.toString('utf8').slice(0, longestText);
    for (const listener of this.listeners) {
      if (isBinary) listener.binary(Uint8Array.from(bytes));
      else listener.text(text);
    }
  }

  /** Once in each span of the stall time, so that a message costs nothing; a stall is noticed within two. */
  private watch(): void {
    this.cancel = this.timers.after(this.stallTime, () => {
      if (this.heard) {
        this.heard = false;
        this.watch();
      } else {
        const { place, stallTime } = this;
        this.end({ code: 'lan-stalled', values: { place, seconds: stallTime / 1000 } });
      }
    });
  }
}

function closedByPeer(place: string): LinkReport {
  return { code: 'lan-closed-by-peer', values: { place } };
}

function trouble(error: Error, place: string): LinkReport {
  const response = /Unexpected server response: (\d+)/.exec(error.message)?.[1];
  if (response !== undefined) return { code: 'lan-web-server', values: { place, status: Number(response) } };
  switch (errorCode(error)) {
    case 'ECONNREFUSED':
      return { code: 'lan-refused', values: { place } };
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return { code: 'lan-name-unknown', values: { place } };
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ETIMEDOUT':
      return { code: 'lan-unreachable', values: { place } };
    case 'ECONNRESET':
      return { code: 'lan-broken-off', values: { place } };
    case 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH':
      return { code: 'lan-message-too-long', values: { place, megabytes: longestMessage >> 20 } };
    default:
      if (/timed out/.test(error.message)) return { code: 'lan-no-answer', values: { place } };
      return { code: 'lan-not-websocket', values: { place, reason: error.message } };
  }
}

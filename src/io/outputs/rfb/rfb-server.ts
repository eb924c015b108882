import type { Duplex } from 'node:stream';
import { finished } from 'node:stream';
import type { Canvas } from 'canvas';
import type { Clock } from '../../../base/clock';
import { FailureTable } from '../../failure-table';
import type { Timers } from '../../timers';
import type { DamageRect, Output } from '../output';
import { admit, Refusal } from './handshake';
import type { RemoteAccess } from './rfb-peer';
import type { OwnCertificate } from './own-certificate';
import type { RfbPeer } from './rfb-peer';
import { RfbSession } from './rfb-session';
import { SharedPicture } from './shared-picture';
import { TlsContexts } from './tls-upgrade';
import { ViewerInput, type InputSink } from './viewer-input';
import { VncPasswords } from './vnc-passwords';

/** Viewers at the same time. */
export const mostViewers = 4;
/** Streams that have not got past the password yet, of all and of one address. */
const mostArriving = 8;
const mostArrivingOfOne = 4;

/** What the server needs of the program. */
export interface RfbServerParts extends InputSink {
  readonly clock: Pick<Clock, 'monotonic'>;
  /** The picture that all outputs show. */
  readonly picture: Canvas;
  /** What viewers show above it. */
  readonly name: string;
  /** An empty one lets nobody in. */
  readonly passwords: { readonly control: string; readonly view: string };
  /** What the display shows of itself where viewers are to know with whom they speak; else encryption goes without. */
  readonly certificate?: () => Promise<OwnCertificate>;
  /** Brings the picture up to date: it may have rested in the dark. */
  readonly draw: () => void;
  /** Told in a sentence who comes and goes. */
  readonly say: (text: string) => void;
  readonly timers?: Timers;
}

/**
 * Shows the picture to VNC viewers, and takes what they point at and type (RFB 3.8, RFC 6143). Each costs what has changed, and
 * without viewers it costs nothing: not even the copy of the picture is there.
 */
export class RfbServer implements Output {
  readonly width: number;
  readonly height: number;
  /** What viewers' passwords are good for. */
  readonly passwords: VncPasswords;
  /** Who has guessed: shared with the other ways in. */
  readonly failures: FailureTable;
  private readonly tls: TlsContexts;
  private readonly sessions = new Set<RfbSession>();
  private readonly arriving = new Map<Duplex, string>();
  private shared: SharedPicture | undefined;
  private closed = false;

  constructor(private readonly parts: RfbServerParts) {
    this.width = parts.picture.width;
    this.height = parts.picture.height;
    this.passwords = new VncPasswords(parts.passwords);
    this.failures = new FailureTable(parts.clock);
    this.tls = new TlsContexts(parts.certificate);
  }

  /** Without viewers nothing has to be drawn. */
  get dark(): boolean {
    return this.sessions.size === 0;
  }

  /** How many look on now. */
  get viewers(): number {
    return this.sessions.size;
  }

  /** Speaks RFB on a stream until either side ends it. Never throws. */
  serve(stream: Duplex, peer: RfbPeer): void {
    stream.on('error', () => undefined);
    const ofOne = [...this.arriving.values()].filter((address) => address === peer.address).length;
    if (this.closed || this.arriving.size >= mostArriving || ofOne >= mostArrivingOfOne) {
      stream.destroy();
      return;
    }
    this.arriving.set(stream, peer.address);
    finished(stream, () => this.arriving.delete(stream));
    void this.receive(stream, peer);
  }

  present(_picture: Canvas, damage: readonly DamageRect[]): void {
    if (this.shared === undefined) return;
    this.shared.take(damage);
    for (const session of this.sessions) session.damage(damage);
  }

  close(): void {
    this.closed = true;
    for (const stream of this.arriving.keys()) stream.destroy();
    for (const session of this.sessions) session.end('was sent away');
  }

  private async receive(stream: Duplex, peer: RfbPeer): Promise<void> {
    const { passwords, failures, tls } = this;
    const { say, timers } = this.parts;
    try {
      const admitted = await admit(stream, peer, {
        passwords,
        failures,
        tls,
        full: (access) => this.full(access),
        ...(timers && { timers }),
      });
      if (this.closed) throw new Error('closed');
      this.start(admitted.stream, admitted.access === 'control', peer.address, admitted.by);
    } catch (error) {
      if (error instanceof Refusal) say(`VNC viewer at ${peer.address} is refused: ${error.message}`);
    } finally {
      this.arriving.delete(stream);
    }
  }

  /** Who may touch the display takes the place of one that only looks, never of another that may touch. */
  private full(access: RemoteAccess | undefined): string {
    if (this.sessions.size < mostViewers) return '';
    const mayTakeAPlace = access !== 'view' && this.looking() !== undefined;
    return mayTakeAPlace ? '' : `${mostViewers} viewers look on already.`;
  }

  /** The one of those that only look who has looked longest. */
  private looking(): RfbSession | undefined {
    return [...this.sessions].find(({ mayTouch }) => !mayTouch);
  }

  private start(stream: Duplex, control: boolean, address: string, by: string): void {
    const { name, pointer, key, say, timers } = this.parts;
    // Several may have come at once.
    if (this.full(control ? 'control' : 'view') !== '') {
      stream.destroy();
      return;
    }
    if (this.sessions.size >= mostViewers) this.looking()?.end('gave its place to one that may touch');
    if (this.sessions.size === 0) this.parts.draw();
    this.shared ??= new SharedPicture(this.parts.picture);
    const session: RfbSession = new RfbSession({
      stream,
      picture: this.shared,
      name,
      input: control ? new ViewerInput({ pointer, key }, this.width, this.height) : undefined,
      ended: (reason) => {
        this.sessions.delete(session);
        if (this.sessions.size === 0) this.shared = undefined;
        say(`VNC viewer at ${address} ${reason}`);
      },
      ...(timers && { timers }),
    });
    this.sessions.add(session);
    say(`VNC viewer at ${address} looks on${control ? ' and may touch' : ''} (${by})`);
  }
}

import type { Duplex } from 'node:stream';
import type { Canvas } from 'canvas';
import type { KeyEvent } from '../../inputs/key-event';
import type { PointerEvent } from '../../inputs/pointer-event';
import type { DamageRect, Output } from '../output';

/** What a viewer may do. */
export type RemoteAccess = 'control' | 'view';

/** Who is at the other end of a stream. */
export interface RfbPeer {
  /** Such as `192.168.1.20`: failures are counted by it. */
  readonly address: string;
  /** What it may do, where the caller has made sure of who it is already: then nobody is asked for a password here. */
  readonly access?: RemoteAccess;
}

/** What the server needs of the program. */
export interface RfbServerParts {
  /** The picture that all outputs show. */
  readonly picture: Canvas;
  /** An empty one lets nobody in. */
  readonly passwords: { readonly control: string; readonly view: string };
  /** Brings the picture up to date: it may have rested in the dark. */
  readonly draw: () => void;
  readonly pointer: (event: PointerEvent) => void;
  readonly key: (event: KeyEvent) => void;
}

/** Shows the picture to VNC viewers, and takes what they point at and type (RFB 3.8, RFC 6143). */
export class RfbServer implements Output {
  readonly width: number;
  readonly height: number;

  constructor(private readonly parts: RfbServerParts) {
    this.width = parts.picture.width;
    this.height = parts.picture.height;
  }

  /** Without viewers nothing has to be drawn. */
  get dark(): boolean {
    return true;
  }

  /** Speaks RFB on a stream until either side ends it. Never throws. */
  serve(stream: Duplex, peer: RfbPeer): void {
    stream.destroy();
    void peer;
    void this.parts;
  }

  present(picture: Canvas, damage: readonly DamageRect[]): void {
    void picture;
    void damage;
  }

  close(): void {
    // Nothing is open yet.
  }
}

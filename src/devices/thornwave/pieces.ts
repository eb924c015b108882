import { meterLayouts, type MeterLayout } from './payload';

/** ms between two pieces of one read. */
const longestPause = 2000;
/** Pieces that are kept. */
const mostPieces = 54;

/** A read, put together. */
export interface MeterRead {
  readonly bytes: Uint8Array;
  readonly layout: MeterLayout;
}

interface Piece {
  readonly at: number;
  readonly bytes: Uint8Array;
}

/**
 * Puts a read together that a recording holds in several pieces. A read has neither length nor checksum of its own: a piece
 * that is long enough is a read, and shorter ones are put together when they make up exactly the known length within 2 s.
 */
export class MeterPieces {
  private pieces: Piece[] = [];

  /** @param short called with the number of bytes of a piece that became part of no read */
  constructor(
    private readonly layout: MeterLayout,
    private readonly short: (length: number) => void,
  ) {}

  /** Takes a piece received at `at`, monotonic ms; returns the read that it completes. */
  push(bytes: Uint8Array, at: number): MeterRead | undefined {
    const { layout } = this;
    while (this.pieces[0] !== undefined && at - this.pieces[0].at > longestPause) this.drop();
    if (bytes.length >= layout.leastLength) {
      while (this.pieces.length > 0) this.drop();
      return { bytes, layout };
    }
    if (bytes.length === 0) return undefined;
    this.pieces.push({ at, bytes: Uint8Array.from(bytes) });
    while (this.length > layout.length || this.pieces.length > mostPieces) this.drop();
    if (this.length < layout.length) return undefined;
    const whole = Buffer.concat(this.pieces.map((piece) => piece.bytes));
    this.pieces = [];
    return { bytes: whole, layout };
  }

  private get length(): number {
    return this.pieces.reduce((sum, { bytes }) => sum + bytes.length, 0);
  }

  private drop(): void {
    const dropped = this.pieces.shift();
    if (dropped !== undefined) this.short(dropped.bytes.length);
  }
}

/**
 * The layout of a piece: by its characteristic, and where a recording names none by its length, for only the older firmware
 * sends exactly 52 bytes. `undefined` for another characteristic.
 */
export function layoutOf(characteristic: string | undefined, length: number): MeterLayout | undefined {
  if (characteristic !== undefined)
    return meterLayouts.find((layout) => layout.characteristic === characteristic.toLowerCase());
  const [older, newer] = meterLayouts;
  return length === older.length ? older : newer;
}

import { dataFrame, type CanFrame } from '../protocol/can-frame';
import { seededRandom, type Random } from './random';

/** How bad the wire is. */
export interface ImpairmentOptions {
  /** The part of the frames that gets lost, 0..1. Default 0. */
  readonly loss?: number;
  /** How much garbage comes besides, for each frame: 0.1 is one piece for ten frames, 0..1. Default 0. */
  readonly garbage?: number;
  /** The same seed spoils the same frames. Default 1. */
  readonly seed?: number;
}

/** A wire that loses frames and adds what a receiver must not choke on. */
export class Impairment {
  private readonly loss: number;
  private readonly garbage: number;
  private readonly random: Random;

  /** @throws RangeError when a part is not 0..1. */
  constructor({ loss = 0, garbage = 0, seed = 1 }: ImpairmentOptions) {
    for (const [name, part] of Object.entries({ loss, garbage })) {
      if (!(part >= 0 && part <= 1)) throw new RangeError(`${name} must be 0 to 1, not ${part}`);
    }
    this.loss = loss;
    this.garbage = garbage;
    this.random = seededRandom(seed);
  }

  /** What comes out for one frame that goes in: frames, and bytes that are no frame (a malformed datagram). */
  apply(frame: CanFrame): (CanFrame | Uint8Array)[] {
    // Both are drawn for each frame, so that more garbage does not lose other frames.
    const lost = this.random() < this.loss;
    const spoilt = this.random() < this.garbage;
    const out: (CanFrame | Uint8Array)[] = lost ? [] : [frame];
    if (spoilt) out.push(this.piece(frame));
    return out;
  }

  /** One piece of garbage: much of it looks like the frame that it comes with. */
  private piece(frame: CanFrame): CanFrame | Uint8Array {
    switch (Math.floor(this.random() * 6)) {
      case 0:
        return this.datagramOfAnotherLength();
      case 1:
        return dataFrame(0x700 + this.below(0x100), this.bytes(8));
      case 2:
        // With its data: a receiver of datagrams processes no such flag.
        return { ...frame, remote: true };
      case 3:
        return { ...frame, id: 0x18ff0000 + frame.id, extended: true };
      case 4:
        return { ...frame, data: this.bytes(Math.max(frame.data.length - 1, 0)) };
      default: {
        // A module beyond the last.
        const total = this.below(40);
        return dataFrame(0x68f, Uint8Array.of(total + this.below(40), total, ...this.bytes(6)));
      }
    }
  }

  private datagramOfAnotherLength(): Uint8Array {
    const length = this.below(64);
    return this.bytes(length === 24 ? 25 : length);
  }

  private bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.below(0x100));
  }

  private below(limit: number): number {
    return Math.floor(this.random() * limit);
  }
}

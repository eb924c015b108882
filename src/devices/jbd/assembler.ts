import { canBegin, frameAt, frameLength, isStart, longestFrame, type JbdFrame } from './frame';

/** What comes out of a stream of bytes. */
export interface AssemblerListener {
  /** A whole frame. @param at monotonic ms at which its last piece came */
  frame(frame: JbdFrame, at: number): void;
  /** Bytes that can't be used: `noise`, `bad end`, `bad checksum`, `partial frame`. */
  rejected(cause: string, detail: string): void;
}

/** ms without a byte after which the rest of a frame will not come any more. */
export const patience = 2000;
/** Bytes after a frame that some batteries send and nobody needs to hear of. */
const toleratedTail = 4;
/** Start, register, status, length. */
const headLength = 4;

/**
 * Puts frames together from pieces that are cut anywhere, by the length that a frame declares. After a frame that turns out
 * to be none it goes on one byte later, so that noise costs no frame but the one it is in. Never holds more than one frame.
 */
export class JbdAssembler {
  private readonly buffer = new Uint8Array(longestFrame);
  private length = 0;
  private latest = 0;
  private tolerated = 0;
  private inNoise = false;

  constructor(private readonly listener: AssemblerListener) {}

  /** Takes a piece that came at `at` (monotonic ms). */
  push(piece: Uint8Array, at: number): void {
    this.settle(at);
    this.latest = at;
    for (let from = 0; from < piece.length;) {
      const taken = piece.subarray(from, from + this.buffer.length - this.length);
      this.buffer.set(taken, this.length);
      this.length += taken.length;
      from += taken.length;
      this.scan(false);
    }
  }

  /**
   * Gives up on a frame whose rest has not come for 2 s. Whole frames behind its beginning, which was then none, still come
   * out: to be called at times while an answer is waited for.
   */
  settle(now: number): void {
    if (this.length > 0 && now - this.latest >= patience) this.scan(true);
  }

  /** Takes all frames out of the buffer. @param giveUp what is not whole by now never will be */
  private scan(giveUp: boolean): void {
    const { buffer, length } = this;
    let from = 0;
    while (from < length) {
      if (!isStart(buffer[from])) {
        this.noise();
        from++;
        continue;
      }
      const held = length - from;
      const whole = held >= headLength && held >= frameLength(buffer, from);
      if (held >= headLength - 1 && !canBegin(buffer[from + 1] ?? 0, buffer[from + 2] ?? 0)) {
        this.noise();
        from++;
      } else if (whole) {
        from += this.take(from, frameLength(buffer, from));
      } else if (giveUp) {
        this.reject('partial frame', held);
        from++;
      } else break;
    }
    buffer.copyWithin(0, from, length);
    this.length = length - from;
  }

  /** @returns how many bytes are done with */
  private take(from: number, total: number): number {
    const frame = frameAt(this.buffer, from, total);
    if ('wrong' in frame) {
      this.reject(frame.wrong, total);
      return 1;
    }
    this.tolerated = toleratedTail;
    this.inNoise = false;
    this.listener.frame(frame, this.latest);
    return total;
  }

  private reject(cause: string, bytes: number): void {
    this.tolerated = 0;
    // What is left of it is no noise besides.
    this.inNoise = true;
    this.listener.rejected(cause, `${bytes} bytes`);
  }

  /** Counts bytes between frames once, however many they are. */
  private noise(): void {
    if (this.tolerated > 0) this.tolerated--;
    else if (!this.inNoise) {
      this.inNoise = true;
      this.listener.rejected('noise', 'bytes that belong to no frame');
    }
  }
}

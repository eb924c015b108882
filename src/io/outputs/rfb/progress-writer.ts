import type { Writable } from 'node:stream';
import { systemTimers, type Timers } from '../../timers';

/** ms in which a viewer has to take something of what waits for it. */
export const longestStall = 10_000;
/** Bytes that are given to the stream at once: whoever takes so many in ten seconds is slow, but not gone. */
const slice = 16_384;

/** Somebody reads nothing. */
export class Stalled extends Error {}

/**
 * Writes for a viewer and waits until the stream has passed it on, so that a slow one makes nothing pile up. One that takes
 * nothing for ten seconds is given up.
 */
export class ProgressWriter {
  constructor(
    private readonly stream: Writable,
    private readonly timers: Timers = systemTimers,
  ) {}

  /** Resolves when all was passed on. @throws Stalled, or any Error when the stream has ended */
  async write(bytes: Buffer): Promise<void> {
    for (let at = 0; at < bytes.length; at += slice) await this.pass(bytes.subarray(at, at + slice));
  }

  private pass(bytes: Buffer): Promise<void> {
    const { stream, timers } = this;
    if (stream.destroyed) return Promise.reject(new Error('gone'));
    return new Promise((resolve, reject) => {
      const end = (error?: Error | null): void => {
        cancel();
        stream.off('close', closed);
        if (error) reject(error);
        else resolve();
      };
      const closed = (): void => end(new Error('gone'));
      const cancel = timers.after(longestStall, () => end(new Stalled('took nothing for 10 s')));
      stream.once('close', closed);
      stream.write(bytes, end);
    });
  }
}

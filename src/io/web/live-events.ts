import { systemTimers, type Timers } from '../timers';
import type { LiveStatus } from './web-parts';

/** Pages that may listen at the same time. */
const mostListeners = 16;
/** ms between two looks at whether there is something new. */
const interval = 200;
/** Looks after which something is sent even so, for ages grow. */
const longestRest = 5;
/** Bytes that may wait for one listener. */
const mostWaiting = 64 * 1024;

/**
 * Sends the live values to all pages that listen (server-sent events): at once to a new one, and then whenever something is
 * new, at most five times a second and at least once. Who does not read what is sent is let go of; the page's browser comes
 * back by itself. While nobody listens nothing is done.
 */
export class LiveEvents {
  /** Each with the way to let go of it. */
  private readonly listeners = new Map<ReadableStreamDefaultController<Uint8Array>, () => void>();
  private cancel: (() => void) | undefined;
  private seen = NaN;
  private rested = 0;

  constructor(
    private readonly parts: {
      readonly live: () => LiveStatus | undefined;
      readonly changes: () => number;
      readonly timers?: Timers;
    },
  ) {}

  /** How many listen. */
  get count(): number {
    return this.listeners.size;
  }

  /**
   * A new listener's events; `undefined` when there is no room for it.
   *
   * @param letGo ends its connection, and the stream with it, when it does not read: the stream's own end would wait behind
   * all that is not read, and an error in it would be told in the log
   */
  listen(letGo: () => void): ReadableStream<Uint8Array> | undefined {
    if (this.listeners.size >= mostListeners) return undefined;
    let own: ReadableStreamDefaultController<Uint8Array> | undefined;
    return new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          own = controller;
          this.listeners.set(controller, letGo);
          controller.enqueue(this.message());
          this.wake();
        },
        cancel: () => {
          if (own !== undefined) this.listeners.delete(own);
        },
      },
      new ByteLengthQueuingStrategy({ highWaterMark: mostWaiting }),
    );
  }

  /** Lets go of all. */
  close(): void {
    this.cancel?.();
    this.cancel = undefined;
    for (const listener of this.listeners.keys()) listener.close();
    this.listeners.clear();
  }

  private wake(): void {
    this.cancel ??= (this.parts.timers ?? systemTimers).after(interval, () => {
      this.cancel = undefined;
      this.look();
      if (this.listeners.size > 0) this.wake();
    });
  }

  private look(): void {
    const changes = this.parts.changes();
    if (changes === this.seen && ++this.rested < longestRest) return;
    this.seen = changes;
    this.rested = 0;
    if (this.listeners.size === 0) return;
    const message = this.message();
    for (const [listener, letGo] of this.listeners) {
      if ((listener.desiredSize ?? 0) > message.length) listener.enqueue(message);
      else {
        this.listeners.delete(listener);
        letGo();
      }
    }
  }

  private message(): Uint8Array {
    return new TextEncoder().encode(`data: ${JSON.stringify(this.parts.live() ?? null)}\n\n`);
  }
}

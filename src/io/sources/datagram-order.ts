import type { CanFrame } from '../../protocol/can-frame';
import type { Timers } from '../timers';
import { DatagramSenders, type Sender } from './datagram-senders';
import type { Order } from './stamp-order';

/** Which datagrams say the same part of a battery's state, so that a later one replaces an earlier one. */
export type PartOf = (frame: CanFrame) => number | undefined;

/** What becomes of datagrams. Neither throws. */
export interface DatagramOrderParts {
  readonly timers: Timers;
  readonly clock: { monotonic(): number };
  readonly partOf: PartOf;
  readonly take: (frame: CanFrame, from: string) => void;
  /** One that is older than what is known. */
  readonly leave: (from: string) => void;
  /** One that says what another sender, who is kept to, says too. */
  readonly refuse: (from: string, kept: string) => void;
}

/** ms for which a late datagram is expected at most. */
const latest = 5000;
/** ms between two messages of one part, on average, below which they are no controller's: nothing is held back then. */
const flood = 25;
/** ms, and intervals of a part, in which nothing else is to be said before a repeat counts. */
const shortestWait = 1000;
const intervalsOfWait = 6;

/** A datagram beside its frame. */
interface Heard {
  readonly content: number;
  readonly stamp: number;
  readonly order: Order;
  /** Monotonic ms. */
  readonly now: number;
  readonly from: string;
  readonly sender: Sender;
}

/** What is known of one part. */
interface Part {
  current: number;
  stamp: number;
  sender: Sender;
  heardAt: number;
  /** ms from one message to the next, on average. */
  interval: number;
  /** What it said before, and when that was replaced. */
  readonly before: Map<number, number>;
  held?: { readonly content: number; readonly from: string; readonly cancel: () => void };
}

/**
 * Leaves out datagrams that are late: over two networks each arrives twice, the second time up to seconds later, and values would
 * go back and forth.
 *
 * A datagram's own stamp tells which of one sender's is older (`StampOrder`, `DatagramSenders`).
 *
 * Where the stamp stands still, as with a controller that always sends 0, what a part of the state said until less than five
 * seconds ago may be a late repeat, or really so again: it counts when nothing else is said for six of the part's intervals, a second at least.
 */
export class DatagramOrder {
  private readonly senders = new DatagramSenders();
  private readonly parts = new Map<number, Part>();

  constructor(private readonly options: DatagramOrderParts) {}

  /** @param stamp 32 bits; 0 for none @param from the sender's address */
  hear(frame: CanFrame, stamp: number, from: string): void {
    const content = hashOf(frame);
    const now = this.options.clock.monotonic();
    const mark = stamp === 0 ? undefined : Math.imul((stamp | 0) ^ content, 0x9e3779b1);
    const { sender, isRepeat } = this.senders.hear(from, mark, now);
    const order = stamp === 0 ? 'unknown' : sender.stamps.orderOf(stamp, isRepeat, now);
    if (order === 'older') this.options.leave(from);
    else this.offer(frame, { content, stamp, order, now, from, sender });
  }

  /** Forgets what is held back. */
  close(): void {
    for (const part of this.parts.values()) part.held?.cancel();
    this.parts.clear();
  }

  private offer(frame: CanFrame, { content, stamp, order, now, from, sender }: Heard): void {
    const key = this.options.partOf(frame);
    if (key === undefined)
      return order === 'late' ? this.options.leave(from) : this.options.take(frame, from);
    const part = this.parts.get(key);
    const kept = this.senders.rivalOf(key, sender, part?.interval ?? latest, now);
    if (kept !== undefined) return this.options.refuse(from, kept.name);
    if (part === undefined) {
      this.parts.set(key, {
        current: content,
        stamp,
        sender,
        heardAt: now,
        interval: latest,
        before: new Map(),
      });
      return this.options.take(frame, from);
    }
    // What was lost on the faster network may still be the latest that is known of its part.
    if (order === 'late' && part.sender === sender && ((stamp - part.stamp) | 0) <= 0)
      return this.options.leave(from);
    part.stamp = stamp;
    part.sender = sender;
    const passed = now - part.heardAt;
    part.heardAt = now;
    part.interval =
      part.interval === latest ? Math.min(passed, latest - 1) : 0.8 * part.interval + 0.2 * passed;
    if (order === 'unknown' && part.held?.content === content) return;
    this.drop(part);
    const replaced = part.before.get(content);
    const mayBeLate =
      order === 'unknown' &&
      content !== part.current &&
      replaced !== undefined &&
      now - replaced < latest &&
      part.interval >= flood;
    if (!mayBeLate) return this.take(part, content, frame, from, now);
    const wait = Math.min(replaced + latest - now, Math.max(shortestWait, intervalsOfWait * part.interval));
    const cancel = this.options.timers.after(wait, () => {
      delete part.held;
      this.take(part, content, frame, from, this.options.clock.monotonic());
    });
    part.held = { content, from, cancel };
  }

  private take(part: Part, content: number, frame: CanFrame, from: string, now: number): void {
    if (content !== part.current) {
      if (part.before.size >= 64)
        for (const [old, at] of part.before) if (now - at >= latest) part.before.delete(old);
      part.before.set(part.current, now);
      part.current = content;
    }
    this.options.take(frame, from);
  }

  private drop(part: Part): void {
    if (part.held === undefined) return;
    part.held.cancel();
    this.options.leave(part.held.from);
    delete part.held;
  }
}

/** 32 bits of what a frame says, without its stamp. */
function hashOf({ id, data }: CanFrame): number {
  let hash = id | 0;
  for (let i = 0; i < 8; i++) hash = Math.imul(hash ^ (data[i] ?? 0), 0x01000193);
  return hash ^ (hash >>> 15);
}

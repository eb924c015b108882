import type { CanFrame } from '../../protocol/can-frame';
import type { Timers } from '../timers';

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
}

/** ms for which a late datagram is expected at most. */
const latest = 5000;
/** ms between two messages of one part, on average, below which they are no controller's: nothing is held back then. */
const flood = 25;
/** Datagrams one after the other that are older and were not there before: the sender's clock begins anew. */
const newBeginning = 4;
/** New beginnings within this many ms, and how many of them show that the stamp is no time. */
const junk = { within: 60_000, times: 3 };
/** ms, and intervals of a part, in which nothing else is to be said before a repeat counts. */
const shortestWait = 1000;
const intervalsOfWait = 6;
// Those of five seconds at 800 a second; one that is forgotten is taken for a new one.
const remembered = 4096;

/** `unknown`: its stamp does not tell. */
type Order = 'older' | 'newer' | 'unknown';

/** What is known of one part. */
interface Part {
  current: number;
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
 * A datagram's own stamp tells which is older. It may be a count that begins anew, or no time at all: after four older ones in a
 * row that were not there before the sender's clock has begun anew, and where that happens all the time the stamp is junk.
 *
 * Where the stamp stands still, as with a controller that always sends 0, what a part of the state said until less than five
 * seconds ago may be a late repeat, or really so again: it counts when nothing else is said for six of the part's intervals, a second at least.
 */
export class DatagramOrder {
  private newest: number | undefined;
  private takenAt = -Infinity;
  private behind = 0;
  private beginnings: number[] = [];
  private stampsAreJunk = false;
  private readonly seen = new Int32Array(remembered);
  private readonly parts = new Map<number, Part>();

  constructor(private readonly options: DatagramOrderParts) {}

  /** @param stamp 32 bits; 0 for none @param from the sender's address */
  hear(frame: CanFrame, stamp: number, from: string): void {
    const content = hashOf(frame);
    const now = this.options.clock.monotonic();
    let order: Order = 'unknown';
    if (stamp !== 0 && !this.stampsAreJunk) order = this.orderOf(stamp | 0, content, now);
    if (order === 'older') this.options.leave(from);
    else this.offer(frame, content, order, now, from);
  }

  /** Forgets what is held back. */
  close(): void {
    for (const part of this.parts.values()) part.held?.cancel();
    this.parts.clear();
  }

  private orderOf(stamp: number, content: number, now: number): Order {
    const ahead = this.newest === undefined ? 1 : (stamp - this.newest) | 0;
    const mark = Math.imul(stamp ^ content, 0x9e3779b1);
    const place = mark >>> 20;
    const isNew = this.seen[place] !== mark;
    this.seen[place] = mark;
    const silent = now - this.takenAt >= latest;
    if (ahead < 0 && !silent) {
      if (isNew) this.behind++;
      if (this.behind < newBeginning) return 'older';
      this.begin(now);
    }
    const isNewer = ahead > 0 || this.behind >= newBeginning || silent;
    if (isNewer) this.newest = stamp;
    this.behind = 0;
    this.takenAt = now;
    return isNewer ? 'newer' : 'unknown';
  }

  private begin(now: number): void {
    this.beginnings = this.beginnings.filter((at) => now - at < junk.within);
    this.beginnings.push(now);
    this.stampsAreJunk = this.beginnings.length >= junk.times;
  }

  private offer(frame: CanFrame, content: number, order: Order, now: number, from: string): void {
    const key = this.options.partOf(frame);
    if (key === undefined) return this.options.take(frame, from);
    const part = this.parts.get(key);
    if (part === undefined) {
      this.parts.set(key, { current: content, heardAt: now, interval: latest, before: new Map() });
      return this.options.take(frame, from);
    }
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

import { longestDelay, StampOrder } from './stamp-order';

/** Those of ten seconds at 800 a second; in a flood the oldest are forgotten, and taken for new ones. */
const remembered = 8192;
/** Times that a part of the state has to come from one sender and another by turns, until only the first is heard. */
const mostTurns = 4;
/** ms without a turn after which there is no quarrel any more. */
const quarrel = 10_000;
/** ms, and intervals of a part, in which the first sender has to say it. */
const patience = 5000;
const intervalsOfPatience = 3;
/** More addresses than any network of controllers has: the one that was heard first is forgotten. */
const mostSenders = 64;

/** Somebody who sends, on one way or several. */
export interface Sender {
  /** The address that was heard first. */
  readonly name: string;
  /** 0 for who was heard first of all. */
  readonly rank: number;
  readonly stamps: StampOrder;
}

/** Who says a part of the state. */
interface Claim {
  first: Sender;
  firstAt: number;
  last: Sender;
  turns: number;
  turnAt: number;
}

/**
 * Tells senders apart: each has stamps of its own. Over two networks, or a relay, one sender has two addresses: what comes from
 * the second is what came from the first.
 *
 * Two controllers may send different parts of the state. Where they send the same ones, by turns, the one that was heard first is
 * kept to for as long as it is there.
 */
export class DatagramSenders {
  private readonly senders = new Map<string, Sender>();
  private readonly claims = new Map<number, Claim>();
  /** From whom each was heard first. */
  private readonly seen = new Map<number, string>();
  /** The same, oldest first, in a ring: when each was heard. */
  private readonly marks = new Int32Array(remembered);
  private readonly times = new Float64Array(remembered);
  private oldest = 0;
  private newest = 0;
  private count = 0;

  /** @param mark a hash of the stamp and the content; undefined where there is no stamp @param now monotonic ms */
  hear(
    from: string,
    mark: number | undefined,
    now: number,
  ): { readonly sender: Sender; readonly isRepeat: boolean } {
    const before = mark === undefined ? undefined : this.firstOf(mark, from, now);
    const known = before === undefined ? this.senders.get(from) : this.senders.get(before);
    const sender = known ?? { name: from, rank: this.count++, stamps: new StampOrder() };
    if (this.senders.get(from) !== sender) this.remember(from, sender);
    return { sender, isRepeat: before !== undefined };
  }

  /**
   * Whether a sender's word counts for a part of the state.
   *
   * @param interval ms from one message of that part to the next @returns who is kept to, where it does not
   */
  rivalOf(part: number, sender: Sender, interval: number, now: number): Sender | undefined {
    const claim = this.claims.get(part);
    const waited = claim === undefined ? 0 : now - claim.firstAt;
    if (claim === undefined || waited >= Math.max(patience, intervalsOfPatience * interval)) {
      this.claims.set(part, { first: sender, firstAt: now, last: sender, turns: 0, turnAt: now });
      return undefined;
    }
    if (sender.rank <= claim.first.rank) {
      claim.first = sender;
      claim.firstAt = now;
    }
    if (sender === claim.last) return undefined;
    if (now - claim.turnAt >= quarrel) claim.turns = 0;
    claim.turnAt = now;
    if (claim.turns >= mostTurns && sender !== claim.first) return claim.first;
    claim.turns++;
    claim.last = sender;
    return undefined;
  }

  private firstOf(mark: number, from: string, now: number): string | undefined {
    this.forget(now);
    const before = this.seen.get(mark);
    if (before !== undefined) return before;
    this.seen.set(mark, from);
    const place = this.newest++ % remembered;
    this.marks[place] = mark;
    this.times[place] = now;
    return undefined;
  }

  /** Makes room for one more. */
  private forget(now: number): void {
    for (; this.oldest < this.newest; this.oldest++) {
      const place = this.oldest % remembered;
      const isFull = this.newest - this.oldest >= remembered;
      if (!isFull && now - (this.times[place] ?? 0) < longestDelay) return;
      this.seen.delete(this.marks[place] ?? 0);
    }
  }

  private remember(from: string, sender: Sender): void {
    const [oldest] = this.senders.keys();
    if (this.senders.size >= mostSenders && oldest !== undefined) this.senders.delete(oldest);
    this.senders.set(from, sender);
  }
}

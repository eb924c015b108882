/** ms without anything newer after which whatever comes counts. */
const silence = 5000;
/** ms for which a datagram may be late, so that the same one may come again: twice what is expected. */
export const longestDelay = 10_000;
/** ms between two marks. */
const markInterval = 500;
/** Datagrams one after the other that are far behind: the sender's clock begins anew. */
const newBeginning = 4;
/** New beginnings within this many ms, and how many of them show that the stamp is no time. */
const junk = { within: 60_000, times: 3 };
/** Half of what is half of all stamps: a stamp that runs through that in the time of a late datagram orders nothing. */
const widest = 2 ** 30;

/** `late`: older than others, and heard for the first time; `unknown`: its stamp does not tell. */
export type Order = 'older' | 'late' | 'newer' | 'unknown';

/** What the newest stamp was at a moment. */
interface Mark {
  readonly at: number;
  readonly stamp: number;
}

/**
 * Tells by the stamps of one sender which of its datagrams are older than what was heard already. The unit of a stamp is not
 * known: how fast it runs is measured.
 *
 * One that is behind may be late, if it was sent within the last ten seconds; it may have been lost on the faster of two networks,
 * so that it is heard for the first time. One that is further behind is of a sender whose clock has begun anew: four of them
 * in a row show that. Where that happens all the time the stamp is no time at all.
 */
export class StampOrder {
  private newest: number | undefined;
  private takenAt = -Infinity;
  private behind = 0;
  private late = 0;
  private beginnings: number[] = [];
  private stampsAreJunk = false;
  private marks: Mark[] = [];

  /** @param stamp 32 bits, not 0 @param isRepeat whether the same was heard in the last ten seconds @param now monotonic ms */
  orderOf(stamp: number, isRepeat: boolean, now: number): Order {
    if (this.stampsAreJunk) return 'unknown';
    const ahead = this.newest === undefined ? 1 : (stamp - this.newest) | 0;
    if (ahead === 0) return this.take(stamp, now, 'unknown');
    const silent = now - this.takenAt >= silence;
    if (isRepeat && !silent) return 'older';
    if (ahead > 0) return this.take(stamp, now, 'newer');
    const isLate = this.mayBeLate(stamp, now);
    if (isLate) this.late++;
    else if (!isRepeat) this.behind++;
    const isBeginning = this.behind >= newBeginning;
    if (!silent && !isBeginning) return isLate ? 'late' : 'older';
    if (isBeginning || this.late > 0) this.begin(now);
    return this.take(stamp, now, 'newer');
  }

  private take(stamp: number, now: number, order: Order): Order {
    this.newest = stamp;
    this.takenAt = now;
    this.behind = 0;
    this.late = 0;
    const last = this.marks.at(-1);
    if (last === undefined || now - last.at >= markInterval) this.marks.push({ at: now, stamp });
    // One that is as old as a late datagram can be tells where that begins.
    while ((this.marks[1]?.at ?? now) < now - longestDelay) this.marks.shift();
    return order;
  }

  /** Whether the sender's clock stood there within the last ten seconds, as far as is known. */
  private mayBeLate(stamp: number, now: number): boolean {
    const [first] = this.marks;
    if (first === undefined || this.newest === undefined) return false;
    const known = this.takenAt - first.at;
    // Too short to say how fast the stamp runs.
    if (known < markInterval) return true;
    const passed = (this.newest - first.stamp) | 0;
    const window = Math.max(passed, (passed * longestDelay) / known);
    if (window < 0 || window >= widest) return false;
    return now - first.at >= 0 && ((this.newest - stamp) | 0) <= window;
  }

  private begin(now: number): void {
    this.beginnings = this.beginnings.filter((at) => now - at < junk.within);
    this.beginnings.push(now);
    this.stampsAreJunk = this.beginnings.length >= junk.times;
    this.marks = [];
  }
}

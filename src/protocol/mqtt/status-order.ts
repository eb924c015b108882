/** ms without a message that was taken, after which a sender whose clock was set back is believed. */
const patience = 5000;
/** ms of a window in which the quickest message is looked for. */
const transitWindow = 60_000;

/**
 * Which of a sender's messages may be taken: each must be newer than the newest, by the sender's own clock. A clock that was
 * set back must not lock its sender out for ever: when nothing was taken for five seconds, messages that go on from each
 * other are a new beginning. Times are ms: the sender's since 1970, our own monotonic.
 */
export class StatusOrder {
  private newest = -Infinity;
  private takenAt = -Infinity;
  /** Time of the latest message that was left out. */
  private behind: number | undefined;
  /** Messages that were left out and went on from each other. */
  private row = 0;

  /** `restarted`: it is taken, and nothing that was known of the sender's clock holds any more. */
  take(sentAt: number, now: number): 'taken' | 'restarted' | 'older' {
    // A clock that was set back by less has gone past its newest message meanwhile, and is another one all the same.
    if (sentAt > this.newest) return this.accept(sentAt, now, this.row >= 2 ? 'restarted' : 'taken');
    const goesOn = this.behind !== undefined && sentAt > this.behind;
    this.row = goesOn ? this.row + 1 : 0;
    this.behind = sentAt;
    return goesOn && now - this.takenAt >= patience ? this.accept(sentAt, now, 'restarted') : 'older';
  }

  private accept<T>(sentAt: number, now: number, outcome: T): T {
    this.newest = sentAt;
    this.takenAt = now;
    this.behind = undefined;
    this.row = 0;
    return outcome;
  }
}

/**
 * How much longer a message took than the quickest ones of late: what has waited on its way is older than its sender could
 * say. Only differences count, so that the two clocks may be years apart; the window lets them drift.
 */
export class TransitDelay {
  private since = -Infinity;
  private quickest = Infinity;
  private before = Infinity;

  /** ms that a message was late, 0 and more. @param sentAt by the sender's clock @param now monotonic */
  note(sentAt: number, now: number): number {
    const offset = now - sentAt;
    if (now - this.since >= transitWindow) {
      this.before = now - this.since >= 2 * transitWindow ? Infinity : this.quickest;
      this.quickest = Infinity;
      this.since = now;
    }
    this.quickest = Math.min(this.quickest, offset);
    return offset - Math.min(this.quickest, this.before);
  }

  /** The sender's clock is another one now. */
  reset(): void {
    this.since = -Infinity;
  }
}

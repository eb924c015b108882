/** Something that was measured at a monotonic time. */
interface Held<T> {
  readonly at: number;
  readonly what: T;
}

/**
 * Keeps what was measured while nobody knew what time it was, and says when it was as soon as somebody does: a machine without
 * a clock of its own learns the time minutes after its first measurement.
 */
export class HeldSamples<T> {
  /** Those that found no room, the oldest of their time. */
  dropped = 0;
  private held: Held<T>[] = [];

  /** @param limit of samples, at least 1; beyond it the oldest are dropped and counted */
  constructor(private readonly limit: number) {}

  /** Samples that are held. */
  get length(): number {
    return this.held.length;
  }

  /** @param at monotonic ms */
  hold(what: T, at: number): void {
    this.held.push({ at, what });
    if (this.held.length <= this.limit) return;
    this.held.shift();
    this.dropped++;
  }

  /**
   * Lets go of all, oldest first, each with the time of day (ms since 1970) that it was measured at.
   *
   * @param now monotonic ms @param wall the time of day at `now`
   */
  release(now: number, wall: number): readonly { readonly what: T; readonly wall: number }[] {
    const { held } = this;
    this.held = [];
    return held.map(({ what, at }) => ({ what, wall: wall - (now - at) }));
  }
}

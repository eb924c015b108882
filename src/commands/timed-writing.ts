import { isPlausible, type Clock } from '../base/clock';
import { machineClock } from '../io/clock/machine-clock';
import { HeldSamples } from '../model/history/held-samples';

/** What is held at most, some 20 MB of frames; an hour of a battery's. */
const longestHold = 100_000;

/** Where something is written: `time` is its moment, undefined where nobody knew the time of day until there was no room. */
type Write<T> = (what: T, time: Date | undefined, passed: number) => void;

/**
 * Writes a recording's lines with the times at which they were received. On a machine that does not know the time yet they are held
 * until it does, so that none has a time in 1970.
 */
export class TimedWriting<T> {
  private readonly held: HeldSamples<T>;
  private readonly begun: number;
  private timeless = false;

  /** @param write gets each in order, with the ms that have passed since the beginning @param limit of what is held */
  constructor(
    private readonly write: Write<T>,
    private readonly clock: Clock = machineClock(),
    private readonly limit = longestHold,
  ) {
    // One more than there will be: nothing is ever dropped.
    this.held = new HeldSamples(limit + 1);
    this.begun = clock.monotonic();
  }

  /** Something was received now. */
  add(what: T): void {
    const now = this.clock.monotonic();
    this.held.hold(what, now);
    this.flush(this.held.length > this.limit);
  }

  /** Writes what is still held. Returns false where the time was not known, and moments count from the beginning. */
  end(): boolean {
    this.flush(true);
    return !this.timeless;
  }

  /** @param whatever writes it without a time rather than not at all */
  private flush(whatever: boolean): void {
    const [now, wall] = [this.clock.monotonic(), this.clock.wall()];
    const isKnown = !this.timeless && isPlausible(wall);
    if (!isKnown && !whatever && !this.timeless) return;
    // Times of two kinds in one recording would be worse than none.
    if (!isKnown && this.held.length > 0) this.timeless = true;
    for (const { what, wall: at } of this.held.release(now, wall.getTime()))
      this.write(what, isKnown ? new Date(at) : undefined, now - this.begun - (wall.getTime() - at));
  }
}

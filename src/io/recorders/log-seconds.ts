import { isPlausible } from '../../base/clock';
import type { LogRow, LogValues } from '../../protocol/powersafe-log';

/** s by which a clock may be set back and is waited for, so that no second is written twice. */
const smallestStep = 10;
/** Seconds that may be written late. */
const longestDelay = 2;
/** Seconds that are held while the time is not known: two hours, about a megabyte. */
const longestHold = 7200;

/**
 * Which seconds get a line of the log, and what time stands on it: one line for a second of the wall clock.
 *
 * - While the clock can't be right, what is heard is held with its monotonic time, and gets its stamp when the clock is.
 * - Where the program was held up for a second or two, their lines come late, with what is fresh then.
 * - Where it was held up for longer, or the clock is set forward, there is a gap: no line is made up.
 * - Where it is set back by up to ten seconds, there are no lines until it has caught up: no second is there twice. Where
 *   it is set back further, lines go on at once with the new time: the order in the file is the order of happening.
 * - Summer time changes nothing but the stamps, which are local: in autumn an hour of them comes twice.
 */
export class LogSeconds {
  /** Seconds that were dropped because the time was not known for too long. */
  dropped = 0;
  private readonly waiting: { readonly at: number; readonly values: LogValues }[] = [];
  private last = -Infinity;
  /** The latest second that had values, and its monotonic ms. */
  private heard: { readonly second: number; readonly at: number } | undefined;

  /** @param every lines are written in seconds that this many divide, counted from midnight UTC; 1 is each */
  constructor(private readonly every = 1) {}

  /** Seconds that wait for the right time. */
  get held(): number {
    return this.waiting.length;
  }

  /**
   * To be called once in every second of the wall clock, near its beginning.
   *
   * @param values what is fresh, or `undefined` for no line
   * @param now monotonic ms @param wall the time of day
   * @returns the lines that can be written now, oldest first
   */
  take(values: LogValues | undefined, now: number, wall: Date): LogRow[] {
    if (!isPlausible(wall) || wall.getFullYear() > 9999) {
      if (values !== undefined) this.hold(values, now);
      return [];
    }
    const second = Math.floor(wall.getTime() / 1000);
    const rows = this.waiting.map(({ at, values: held }) =>
      this.stamped(held, second - Math.round((now - at) / 1000)),
    );
    this.waiting.length = 0;
    if (values !== undefined) {
      for (let each = second - this.missed(second, now); each <= second; each++)
        rows.push(this.stamped(values, each));
    }
    this.heard = values && { second, at: now };
    return rows.filter((row) => row !== undefined);
  }

  /** How many seconds right before this one passed unseen, by both clocks, while there was something to write. */
  private missed(second: number, now: number): number {
    if (this.heard === undefined) return 0;
    const missed = second - this.heard.second - 1;
    const passed = (now - this.heard.at) / 1000;
    return missed <= longestDelay && Math.abs(passed - missed - 1) < 1 ? Math.max(0, missed) : 0;
  }

  private stamped(values: LogValues, second: number): LogRow | undefined {
    if (second <= this.last && second >= this.last - smallestStep) return undefined;
    if (second % this.every !== 0) return undefined;
    this.last = second;
    return { stamp: new Date(second * 1000), ...values };
  }

  private hold(values: LogValues, at: number): void {
    if (this.waiting.length >= longestHold) {
      this.waiting.shift();
      this.dropped++;
    }
    this.waiting.push({ at, values });
  }
}

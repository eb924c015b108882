import { isNight, type NightHours } from './night-hours';

/** What the owner wants of the glass. */
export interface GlassRules {
  /** Percent, 5..100. */
  readonly brightness: number;
  /** Percent, 5..100: at night, if that is less. */
  readonly nightBrightness: number;
  readonly night: NightHours | undefined;
  /** ms without a touch until it is dark; `undefined` is never. */
  readonly offAfter: number | undefined;
}

/** How the glass should be from now on. */
export interface GlassLook {
  /** Percent of full brightness, 5..100; 0 is dark. */
  readonly level: number;
  /** Monotonic ms at which time alone changes that; `undefined` when it does not. The night is not counted. */
  readonly next: number | undefined;
}

/** ms before the dark in which the screen is dimmed, so that whoever looks at it can keep it lit by a touch. */
const warningTime = 5000;
/** Percent, in that time. */
const warningLevel = 10;
/** ms that an alarm keeps the screen bright beyond the usual time; then it is dimmed, but for weeks if need be it stays to be read. */
const alarmTime = 600_000;

/**
 * Decides how bright the glass is. It reads no clock: monotonic time drives the way into the dark, so that a wall clock
 * that jumps can't turn the screen off or keep it on; the wall clock only says whether it is night.
 */
export class GlassPolicy {
  /** Monotonic ms of the latest reason to be lit: the start, a touch, an alarm. */
  private litAt: number;
  /** Monotonic ms of the latest start, touch, or alarm's beginning. */
  private newsAt: number;
  private alarm = false;
  /** As of the last look: a touch counts for what was to be seen when it came. */
  private dark = false;
  private fingerDown = false;
  private swallowing = false;

  /** @param now monotonic ms of the start: it is never dark within the time to the dark from then */
  constructor(
    private readonly rules: GlassRules,
    now: number,
  ) {
    this.litAt = now;
    this.newsAt = now;
  }

  /**
   * Says how the glass should be.
   *
   * @param now monotonic ms
   * @param alarm an alarm stands that nobody has acknowledged: it wakes the screen, and keeps it lit
   */
  look(now: number, wall: Date, alarm: boolean): GlassLook {
    const { brightness, nightBrightness, night, offAfter } = this.rules;
    if (alarm && !this.alarm) this.newsAt = now;
    this.alarm = alarm;
    if (alarm || this.fingerDown) this.litAt = Math.max(this.litAt, now);
    const lit = isNight(night, wall) ? Math.min(brightness, nightBrightness) : brightness;
    this.dark = offAfter !== undefined && now - this.litAt >= offAfter;
    if (offAfter === undefined) return { level: lit, next: undefined };
    if (this.dark) return { level: 0, next: undefined };
    if (alarm && now - this.newsAt >= offAfter + alarmTime)
      return { level: Math.min(lit, warningLevel), next: undefined };
    const warningAt = this.litAt + offAfter - Math.min(warningTime, offAfter / 2);
    if (now >= warningAt) return { level: Math.min(lit, warningLevel), next: this.litAt + offAfter };
    return { level: lit, next: warningAt };
  }

  /**
   * Takes in a touch; `look` then tells what it changed. Returns false for a touch that is not the screens' business: one
   * that found the glass dark wakes it and does nothing else, until the finger is lifted.
   *
   * @param now monotonic ms
   */
  touch(type: 'press' | 'move' | 'release', now: number): boolean {
    this.litAt = Math.max(this.litAt, now);
    this.newsAt = this.litAt;
    this.fingerDown = type !== 'release';
    // A press begins a touch of its own, even if the release before it was lost.
    if (type === 'press') this.swallowing = false;
    if (this.dark) {
      this.dark = false;
      this.swallowing = true;
    }
    const { swallowing } = this;
    if (type === 'release') this.swallowing = false;
    return !swallowing;
  }
}

import type { Clock } from '../base/clock';
import type { KeyEvent } from '../io/inputs/key-event';
import type { PointerEvent } from '../io/inputs/pointer-event';
import { GlassPolicy, type GlassRules } from './glass-policy';

/** What lights the panel. */
export interface Light {
  /** @param percent 0 is dark. Also called with what is shown already, to make sure that it is. */
  show(percent: number): void;
  close(): void;
}

/** What a Glass needs. */
export interface GlassParts {
  /** Monotonic time leads into the dark; the wall clock says only whether it is night. */
  readonly clock: Clock;
  readonly rules: GlassRules;
  readonly light: Light;
  /** True while an alarm stands that nobody has acknowledged. */
  readonly alarming: () => boolean;
  /** Brings the picture up to date before it is lit again. */
  readonly draw: () => void;
}

/**
 * ms after which the light is set again although nothing has changed: a backlight may come after the program, or get its
 * rights only then, and systemd-backlight writes to one that comes late.
 */
const makeSureTime = 10_000;

/**
 * Keeps the panel as bright as the policy says. It sets what changes, and now and then what does not; it waits only for the
 * way into the dark, for the night and for alarms the program's own tick is often enough.
 */
export class Glass {
  private readonly policy: GlassPolicy;
  private level: number | undefined;
  /** Monotonic ms at which it was last set. */
  private setAt = 0;
  private timer: NodeJS.Timeout | undefined;
  /** The key that is held was pressed in the light. */
  private keyPasses = true;
  private state: 'waiting' | 'open' | 'closed' = 'waiting';

  constructor(private readonly parts: GlassParts) {
    this.policy = new GlassPolicy(parts.rules, parts.clock.monotonic());
  }

  /** Takes the panel over: to be called when the first picture is shown. */
  open(): void {
    if (this.state !== 'waiting') return;
    this.state = 'open';
    this.tick();
  }

  /** Looks whether anything is to change: about once a second. */
  tick(): void {
    if (this.state !== 'open') return;
    clearTimeout(this.timer);
    const { clock, alarming, light, draw } = this.parts;
    const now = clock.monotonic();
    const { level, next } = this.policy.look(now, clock.wall(), alarming());
    if (next !== undefined) this.timer = setTimeout(() => this.tick(), Math.max(1, Math.ceil(next - now)));
    if (level === this.level && now - this.setAt < makeSureTime) return;
    if (this.level === 0 && level > 0) draw();
    this.level = level;
    this.setAt = now;
    light.show(level);
  }

  /** Goes by other rules from now on. */
  follow(rules: GlassRules): void {
    this.policy.follow(rules);
    this.tick();
  }

  /** Takes in a touch. Returns false when it has only woken the screen and must do nothing else. */
  touched({ type }: PointerEvent): boolean {
    if (this.state !== 'open') return true;
    const passes = this.policy.touch(type, this.parts.clock.monotonic());
    this.tick();
    return passes;
  }

  /** Takes in a key. Returns false when it has only woken the screen, and for its repetitions while it is held. */
  pressed({ action }: Pick<KeyEvent, 'action'>): boolean {
    if (this.state !== 'open') return true;
    const now = this.parts.clock.monotonic();
    const passes = this.policy.touch('press', now);
    // Letting a key go tells nothing; a key that repeats itself begins again and again.
    this.policy.touch('release', now);
    if (action === 'down') this.keyPasses = passes;
    this.tick();
    return this.keyPasses;
  }

  /** Gives the panel back as it was found, at once and only the first time. Never throws. */
  close(): void {
    if (this.state === 'closed') return;
    this.state = 'closed';
    clearTimeout(this.timer);
    this.parts.light.close();
  }
}

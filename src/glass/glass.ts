import type { Clock } from '../clock';
import type { KeyEvent } from '../io/inputs/key-event';
import type { PointerEvent } from '../io/inputs/pointer-event';
import { glassRecordPath } from '../io/outputs/glass-record';
import type { Settings } from '../settings';
import { GlassPolicy, type GlassRules } from './glass-policy';
import { parseNightHours } from './night-hours';
import { PanelLight, type DimmablePixels } from './panel-light';

/** What lights the panel. */
export interface Light {
  /** @param percent 0 is dark. Also called with what is shown already, to make sure that it is. */
  show(percent: number): void;
  close(): void;
}

export interface GlassParts {
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

/** What the settings say of the glass. */
export function glassRules({
  brightness,
  nightBrightness,
  night,
  screenOff,
}: Pick<Settings, 'brightness' | 'nightBrightness' | 'night' | 'screenOff'>): GlassRules {
  return {
    brightness,
    nightBrightness,
    night: parseNightHours(night),
    offAfter: screenOff === 0 ? undefined : screenOff * 60_000,
  };
}

/** The glass as it was set; without a panel, one that does nothing. */
export function createGlass(
  settings: Settings,
  parts: Pick<GlassParts, 'clock' | 'alarming' | 'draw'> & {
    readonly pixels: DimmablePixels | undefined;
    readonly say: (text: string) => void;
  },
): Glass {
  const { pixels, say } = parts;
  const { brightness, night, screenOff, backlight: device } = settings;
  if (pixels === undefined) {
    const rules = { brightness: 100, nightBrightness: 100, night: undefined, offAfter: undefined };
    if (brightness !== 100 || night !== 'off' || screenOff !== 0) {
      say('Headless: there is no screen to dim, so brightness, night and screen-off do nothing');
    }
    return new Glass({ ...parts, rules, light: { show: () => undefined, close: () => undefined } });
  }
  return new Glass({
    ...parts,
    rules: glassRules(settings),
    light: new PanelLight(pixels, { device, record: glassRecordPath(process.env) }, say),
  });
}

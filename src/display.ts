import type { Clock } from './base/clock';
import type { Output } from './io/outputs/output';
import { systemTimers, type Timers } from './io/timers';
import type { Surface } from './render/surface';
import type { Scene } from './render/scene';
import type { Navigator, PointerEvent } from './screens/navigator';
import type { KeyEvent, Surroundings } from './screens/screen';

/** ms between two pictures at the least: a panel shows no more than sixty a second. */
const shortestInterval = 16;
/** ms between two pictures of a movement: twenty-five a second look smooth and cost less than half. */
const movingInterval = 40;

/**
 * Brings the picture up to date when there is something new, never for its own sake: at most once a panel's refresh, and
 * only what differs is painted and passed on to the outputs. While all outputs are dark it rests.
 */
export class Display {
  private scene: Scene | undefined;
  private cancelDraw: (() => void) | undefined;
  private dueAt = Infinity;
  /** No picture before this time. */
  private notBefore = -Infinity;
  private stopped = false;

  constructor(
    private readonly parts: {
      readonly clock: Pick<Clock, 'monotonic'>;
      readonly surface: Surface;
      readonly navigator: Navigator;
      readonly outputs: readonly Output[];
      readonly surroundings: () => Surroundings;
      /** Called at the end of every pass, whether a pixel changed or not: what was heard is on the outputs. */
      readonly passed?: (now: number) => void;
      /** Default: the machine's own. */
      readonly timers?: Timers;
    },
  ) {}

  /** Says that something may look different now. Cheap: to be called for every frame that is heard. */
  changed(): void {
    this.drawBy(this.notBefore);
  }

  /** A touch. */
  pointer(event: PointerEvent): void {
    this.parts.navigator.pointer(event);
    // A finger is not kept waiting.
    this.drawBy(Math.min(this.notBefore, this.parts.clock.monotonic() + shortestInterval));
  }

  /** A key of a keyboard. */
  key(event: KeyEvent): void {
    this.parts.navigator.key(event);
    this.drawBy(Math.min(this.notBefore, this.parts.clock.monotonic() + shortestInterval));
  }

  /** Draws at once, for dark outputs too, which then have the picture ready. Returns true when a pixel differs from before. */
  draw(): boolean {
    this.cancel();
    const { clock, surface, navigator, outputs, surroundings } = this.parts;
    const now = clock.monotonic();
    const wait = navigator.update(surroundings());
    if (navigator.scene !== this.scene) {
      this.scene = navigator.scene;
      surface.show(this.scene);
    }
    const damage = surface.repaint();
    if (damage.length > 0) for (const output of outputs) output.present(surface.canvas, damage);
    // While something moves, what is new meanwhile waits for the movement's next picture.
    this.notBefore = now + (wait === 0 ? movingInterval : shortestInterval);
    if (wait !== undefined) this.drawBy(Math.max(now + wait, this.notBefore));
    this.parts.passed?.(now);
    return damage.length > 0;
  }

  /** Draws no more. */
  stop(): void {
    this.stopped = true;
    this.cancel();
  }

  private drawBy(time: number): void {
    if (this.stopped || time >= this.dueAt) return;
    if (this.parts.outputs.every(({ dark }) => dark === true)) {
      // In the dark, hearing and applying is all there is to a pass.
      this.parts.passed?.(this.parts.clock.monotonic());
      return;
    }
    this.cancel();
    this.dueAt = time;
    const wait = time - this.parts.clock.monotonic();
    // Not at once: what arrived together is drawn together.
    this.cancelDraw = (this.parts.timers ?? systemTimers).after(wait, () => this.draw());
  }

  private cancel(): void {
    this.cancelDraw?.();
    this.cancelDraw = undefined;
    this.dueAt = Infinity;
  }
}

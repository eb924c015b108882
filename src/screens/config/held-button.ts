/** ms that a finger has to stay until what it does is done again, and between the next times. */
const firstWait = 450;
const nextWait = 90;

/** A button that does something when it is pressed, and again and again while it is held. */
export class HeldButton {
  private target: string | undefined;
  private act: (() => void) | undefined;
  private nextAt: number | undefined;

  /**
   * A finger is on a target, or on none; being told of the same one again changes nothing.
   *
   * @param act done at once, if the target has something that can be done again and again
   */
  press(target: string | undefined, act: (() => void) | undefined): void {
    if (target === this.target) return;
    this.target = target;
    this.act = act;
    this.nextAt = undefined;
    act?.();
  }

  /** What was held is not there any more; the finger may still be down. */
  release(): void {
    this.act = undefined;
  }

  /** Does it again when it is time. Returns ms until the next time, or `undefined` when nothing is held. @param now monotonic ms */
  look(now: number): number | undefined {
    if (this.act === undefined) return undefined;
    this.nextAt ??= now + firstWait;
    if (now >= this.nextAt) {
      this.act();
      this.nextAt = now + nextWait;
    }
    return this.nextAt - now;
  }
}

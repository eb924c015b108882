/** ms by which a movement is ahead when it starts. */
const firstStep = 16;

/** A number that moves to its target in a fixed time, fast at first and settling softly. */
export class Eased {
  private from: number | undefined;
  private to: number | undefined;
  private startedAt = 0;

  /** @param duration ms from the old value to the new one; 0 jumps */
  constructor(private readonly duration: number) {}

  /** Sets where to go; `undefined` (unknown) and the way back from it jump. */
  aim(target: number | undefined, now: number): void {
    if (target === this.to) return;
    this.from = this.to === undefined || target === undefined ? target : this.at(now);
    this.to = target;
    // The first step is taken at once, not a picture later.
    this.startedAt = now - firstStep;
  }

  /** The value at `now` (monotonic ms). */
  at(now: number): number | undefined {
    if (this.from === undefined || this.to === undefined || !this.moving(now)) return this.to;
    const left = 1 - (now - this.startedAt) / this.duration;
    return this.to + (this.from - this.to) * left * left * left;
  }

  /** True until the target is reached. */
  moving(now: number): boolean {
    return this.from !== this.to && now - this.startedAt < this.duration;
  }
}

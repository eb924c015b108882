/** Decides when the welcome stands in place of the dial: after a while in which no battery was received, until the first one is. */
export class WelcomeTurn {
  private over = false;

  constructor(
    private readonly parts: {
      /** Monotonic ms from which on it may stand: a battery that is there is received before. */
      readonly from: number;
      /** A battery, or any other device, was received. */
      readonly heard: () => boolean;
    },
  ) {}

  /** Whether it stands now. @param now monotonic ms */
  stands(now: number): boolean {
    if (!this.over && this.parts.heard()) this.over = true;
    return !this.over && now >= this.parts.from;
  }

  /** Somebody wants to see the dial. */
  dismiss(): void {
    this.over = true;
  }
}

/** Between two tries to reach a broker: ms. */
export interface DelayLimits {
  readonly least: number;
  readonly most: number;
}

/** What the broker's operator can stand when it comes back to many displays at once. */
export const usualDelays: DelayLimits = { least: 1000, most: 60_000 };

/** Draws how long to wait: anything up to a bound that doubles with each failure, so that many displays do not come at once. */
export class ReconnectDelay {
  private failures = 0;

  /** @param random 0 to 1, see Math.random */
  constructor(
    private readonly limits: DelayLimits = usualDelays,
    private readonly random: () => number = Math.random,
  ) {}

  /** ms to wait now. */
  next(): number {
    const { least, most } = this.limits;
    const bound = Math.min(most, 2 * least * 2 ** Math.min(this.failures, 20));
    this.failures++;
    return least + this.random() * (bound - least);
  }

  /** To be called when a connection has held: the next failure is the first again. */
  reset(): void {
    this.failures = 0;
  }
}

/** ms in which so many connections are no accident. */
const flappingWindow = 60_000;
const mostConnects = 5;

/** Notices when connections are made again and again, which is what two clients with one id do to each other. */
export class FlappingWatch {
  private times: number[] = [];

  /** A connection was made. @param now monotonic ms */
  connected(now: number): void {
    this.times = [...this.times.slice(-mostConnects), now];
  }

  /** More than five in the last minute. */
  flapping(now: number): boolean {
    return this.times.filter((time) => now - time < flappingWindow).length > mostConnects;
  }
}

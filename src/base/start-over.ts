/** ms after which a start counts as over though the source has not said how it is. */
const longest = 2000;

/** When a start is over: the source has said how it is, the program ends, or it has taken too long. */
export class StartOver {
  readonly promise: Promise<void>;
  private resolve: () => void = () => undefined;

  /** @param ended aborted when the program ends */
  constructor(ended: AbortSignal) {
    this.promise = new Promise((resolve) => (this.resolve = resolve));
    ended.addEventListener('abort', () => this.over(), { once: true });
    const timer = setTimeout(() => this.over(), longest).unref();
    void this.promise.then(() => clearTimeout(timer));
  }

  /** To be called when the source has said something; as often as it likes. */
  over(): void {
    this.resolve();
  }
}

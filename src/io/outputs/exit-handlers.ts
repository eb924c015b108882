/** The part of `process` that ending it takes; replaced in tests. */
export interface ExitingProcess {
  on(event: string, listener: (argument: unknown) => void): unknown;
  off(event: string, listener: (argument: unknown) => void): unknown;
  exit(code: number): void;
}

/** What is to be done when the process ends, however it does. */
export interface ExitActions {
  /**
   * Gives back what must not stay as it is when the process ends, such as the console. Called once, synchronously,
   * before anything else happens; must not throw.
   */
  readonly restore: () => void;
  /** Ends the program in order after a signal; without it the process exits at once. A second signal always does that. */
  readonly stop?: (signal: NodeJS.Signals) => void;
  /** Tells of an error that nobody caught; the process then exits with code 1. */
  readonly failed: (error: unknown) => void;
}

/** What to add to the number of a signal for the exit code, as shells do; and the numbers (signal(7)). */
const signalBase = 128;
const signals = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

/**
 * Makes every way out that can be caught restore first: the three signals, errors that nobody caught, and the normal
 * end. SIGUSR1 does nothing. Returns what takes the handlers away again.
 */
export function installExitHandlers(process: ExitingProcess, actions: ExitActions): () => void {
  let restored = false;
  const restore = (): void => {
    if (restored) return;
    restored = true;
    actions.restore();
  };
  let stopping = false;
  const installed: [event: string, listener: (argument: unknown) => void][] = [];
  const listen = (event: string, listener: (argument: unknown) => void): void => {
    process.on(event, listener);
    installed.push([event, listener]);
  };
  for (const [signal, number] of Object.entries(signals)) {
    listen(signal, () => {
      restore();
      if (stopping || actions.stop === undefined) {
        process.exit(signalBase + number);
        return;
      }
      stopping = true;
      actions.stop(signal as NodeJS.Signals);
    });
  }
  const fail = (error: unknown): void => {
    restore();
    try {
      actions.failed(error);
    } finally {
      process.exit(1);
    }
  };
  // Without a listener Node opens its inspector to whoever is on this machine, and with it all that the display may do.
  listen('SIGUSR1', () => undefined);
  listen('uncaughtException', fail);
  listen('unhandledRejection', fail);
  listen('exit', restore);
  return () => {
    for (const [event, listener] of installed) process.off(event, listener);
  };
}

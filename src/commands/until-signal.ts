/** Runs something until it ends by itself or a signal (SIGINT, SIGTERM, SIGHUP) asks it to. */
export async function untilSignal(run: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const stop = new AbortController();
  const abort = (): void => stop.abort();
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of signals) process.once(name, abort);
  try {
    await run(stop.signal);
  } finally {
    for (const name of signals) process.off(name, abort);
  }
}

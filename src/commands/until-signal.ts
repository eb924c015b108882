/**
 * Runs something until it ends by itself, a signal (SIGINT, SIGTERM, SIGHUP) asks it to, or nobody reads standard output any
 * more, as in `packdial decode | head`.
 */
export async function untilSignal(run: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const stop = new AbortController();
  const abort = (): void => stop.abort();
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of signals) process.once(name, abort);
  // Stays: what is still written then is lost, and no reason to fail.
  process.stdout.on('error', abort);
  try {
    await run(stop.signal);
  } finally {
    for (const name of signals) process.off(name, abort);
  }
}

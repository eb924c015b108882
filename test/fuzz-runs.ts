/** ms for which fuzz tests go on: FUZZ_MINUTES of the environment, and nothing without it. */
const fuzzed = Number(process.env['FUZZ_MINUTES'] ?? 0) * 60_000;

/** ms that a test may take in which `again` is called. */
export const fuzzTimeout = 120_000 + fuzzed;

/** Tries a property once, and again with other values for as long as FUZZ_MINUTES say. */
export async function again(attempt: () => Promise<void>): Promise<void> {
  const end = performance.now() + fuzzed;
  do await attempt();
  while (performance.now() < end);
}

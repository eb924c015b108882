import { setTimeout as pause } from 'node:timers/promises';

/** ms between two looks, at least. */
const lookEvery = 2;

/**
 * Waits for something that becomes so by itself.
 *
 * @param what what is waited for, as a failure tells it
 * @param seconds after which it will not come any more; less than a test may take, more than a busy machine does
 * @throws Error when it has not become so by then, or what the condition throws
 */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  seconds = 30,
): Promise<void> {
  const end = performance.now() + 1000 * seconds;
  for (;;) {
    const before = performance.now();
    if (await condition()) return;
    const after = performance.now();
    if (after > end) throw new Error(`waited in vain: ${what}`);
    // Who looks is never busier than who is waited for.
    await pause(Math.max(lookEvery, after - before));
  }
}

import { isAborted } from '../../base/is-aborted';
import type { CaptureRecord } from '../../protocol/capture';
import { sleep, systemTimers, type Timers } from '../timers';

/** How a capture is played. */
export interface PlayOptions {
  /** How many times faster than it was; 0 or Infinity: as fast as possible. */
  readonly speed: number;
  /** Default: the machine's own. */
  readonly timers?: Timers;
  /** Monotonic ms; default: the machine's own. */
  readonly clock?: { monotonic(): number };
}

/** As fast as possible still lets others have their turn after this many. */
const atATime = 200;

/**
 * Gives the records at their times until the signal is aborted. One that is waited for by `take` holds up those behind it.
 *
 * @returns how many were given
 * @throws what reading or `take` throws (as a rejection)
 */
export async function playRecords(
  records: AsyncIterable<CaptureRecord> | Iterable<CaptureRecord>,
  { speed, timers = systemTimers, clock = performanceClock }: PlayOptions,
  signal: AbortSignal,
  take: (record: CaptureRecord) => void | Promise<void>,
): Promise<number> {
  const pace = speed === 0 ? Infinity : speed;
  const start = clock.monotonic();
  let played = 0;
  for await (const record of records) {
    if (signal.aborted) break;
    for (;;) {
      const wait = start + (1000 * record.t) / pace - clock.monotonic();
      if (wait < 1 || !(await sleep(Math.min(wait, longestTimer), signal, timers))) break;
    }
    if (isAborted(signal)) break;
    await take(record);
    if (++played % atATime === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return played;
}

/** ms that a timer of Node can wait. */
const longestTimer = 2 ** 31 - 1;

const performanceClock = { monotonic: () => performance.now() };

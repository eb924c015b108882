import { systemTimers, type Timers } from './timers';

/** ms of work at a time: half of what is between two pictures of a panel. */
const slice = 8;
/** ms in which others have their turn. */
const rest = 8;

/** Runs something long to its end in short slices, so that pictures, touches and devices never wait for it. Resolves with its result. */
export async function inSlices<T>(
  work: Iterator<unknown, T>,
  { timers = systemTimers, now = () => performance.now() }: { timers?: Timers; now?: () => number } = {},
): Promise<T> {
  for (;;) {
    const end = now() + slice;
    while (now() < end) {
      const step = work.next();
      if (step.done === true) return step.value;
    }
    await new Promise<void>((resolve) => void timers.after(rest, resolve));
  }
}

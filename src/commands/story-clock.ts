import type { Clock } from '../base/clock';
import type { DeviceClock } from '../devices/device-type';

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** Ages pass only when told to, and who sleeps is woken in order; the time of day is the machine's. */
export class StoryClock implements Clock, DeviceClock {
  private now = 0;
  private readonly sleepers = new Set<Sleeper>();

  /** Moves to `time` (ms) at once; never back. Nobody is woken. */
  advanceTo(time: number): void {
    this.now = Math.max(this.now, time);
  }

  /** Moves to `time` (ms) and wakes whoever sleeps until then, each at his time. Resolves when nobody goes on by himself. */
  async pass(time: number): Promise<void> {
    for (;;) {
      await settled();
      const next = this.next();
      if (next === undefined || next.at > time) break;
      this.advanceTo(next.at);
      next.wake();
    }
    this.advanceTo(time);
  }

  monotonic(): number {
    return this.now;
  }

  wall(): Date {
    return new Date();
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        this.sleepers.delete(sleeper);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const sleeper = { at: this.now + ms, wake };
      this.sleepers.add(sleeper);
      signal.addEventListener('abort', wake, { once: true });
    });
  }

  private next(): Sleeper | undefined {
    let next: Sleeper | undefined;
    for (const sleeper of this.sleepers) if (next === undefined || sleeper.at < next.at) next = sleeper;
    return next;
  }
}

/** Resolves when all that can go on without time has gone on: promises are dealt with before the next turn. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

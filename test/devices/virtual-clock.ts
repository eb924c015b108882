import type { DeviceClock } from '../../src/devices/device-type';

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** Time that passes only when a test says so; whoever sleeps is woken in order. */
export class VirtualClock implements DeviceClock {
  private now = 1_000_000;
  private sleepers: Sleeper[] = [];

  monotonic(): number {
    return this.now;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const sleeper: Sleeper = {
        at: this.now + ms,
        wake: () => {
          this.sleepers = this.sleepers.filter((other) => other !== sleeper);
          resolve();
        },
      };
      this.sleepers.push(sleeper);
      signal.addEventListener('abort', sleeper.wake, { once: true });
    });
  }

  /** Lets `ms` pass, and everything happen that happens in it. */
  async pass(ms: number): Promise<void> {
    const end = this.now + ms;
    for (;;) {
      await settled();
      const [next] = [...this.sleepers].sort((one, other) => one.at - other.at);
      if (next === undefined || next.at > end) break;
      this.now = Math.max(this.now, next.at);
      next.wake();
    }
    this.now = end;
    await settled();
  }
}

/** Resolves when all that can go on without time passing has gone on. */
export async function settled(): Promise<void> {
  for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve));
}

import type { Clock } from '../../src/base/clock';
import type { Timers } from '../../src/io/timers';

interface Timer {
  readonly due: number;
  readonly callback: () => void;
}

/** Both clocks and all timers of a display, passing as fast as what happens in them can be worked off. */
export class SimulatedTime implements Clock, Timers {
  private now = 0;
  /** ms since 1970 at which `now` was 0, as far as the machine knows. */
  private origin = 0;
  private readonly timers = new Set<Timer>();

  monotonic(): number {
    return this.now;
  }

  wall(): Date {
    return new Date(this.origin + this.now);
  }

  /** Somebody, or the network, sets the machine's clock. */
  setWall(date: Date): void {
    this.origin = date.getTime() - this.now;
  }

  /** Timers that are running. */
  get pending(): number {
    return this.timers.size;
  }

  after(ms: number, callback: () => void): () => void {
    const timer = { due: this.now + Math.max(0, ms), callback };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  }

  /** Lets `ms` pass, timer by timer; what each of them sets off happens before the next. */
  async pass(ms: number): Promise<void> {
    const end = this.now + ms;
    let breathedAt = this.now;
    for (let timer = this.first(); timer !== undefined && timer.due <= end; timer = this.first()) {
      this.now = Math.max(this.now, timer.due);
      this.timers.delete(timer);
      timer.callback();
      // A promise that is settled wakes who awaits it, who may settle another.
      for (let i = 0; i < 4; i++) await Promise.resolve();
      if (this.now - breathedAt < 1000) continue;
      breathedAt = this.now;
      // The event loop's turn: files are closed and canvases are given back in it.
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.now = end;
  }

  private first(): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.timers) if (first === undefined || timer.due < first.due) first = timer;
    return first;
  }
}

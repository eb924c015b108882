import type { Timers } from '../../src/io/timers';

/** Timers that only the test moves. */
export class FakeTimers implements Timers {
  #now = 0;
  readonly #waiting = new Set<{ readonly due: number; readonly callback: () => void }>();

  /** How many are running: 0 when everything was released. */
  get pending(): number {
    return this.#waiting.size;
  }

  /** ms from now to the next one; Infinity without any. */
  get next(): number {
    return Math.min(...[...this.#waiting].map(({ due }) => due)) - this.#now;
  }

  /** ms that have passed. */
  now(): number {
    return this.#now;
  }

  after(ms: number, callback: () => void): () => void {
    const timer = { due: this.#now + ms, callback };
    this.#waiting.add(timer);
    return () => this.#waiting.delete(timer);
  }

  /** Lets time pass, timer by timer, and what each of them sets off happen before the next. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settled();
    for (;;) {
      const [first] = [...this.#waiting].filter(({ due }) => due <= end).sort((a, b) => a.due - b.due);
      if (first === undefined) break;
      this.#now = first.due;
      this.#waiting.delete(first);
      first.callback();
      await settled();
    }
    this.#now = end;
  }
}

/** Resolves when all that is already due, promises and callbacks of the event loop, has run. */
export async function settled(): Promise<void> {
  for (let i = 0; i < 3; i++) await new Promise((resolve) => setImmediate(resolve));
}

import { setImmediate as breathe } from 'node:timers/promises';

/** One line of the table. */
export interface Figure {
  readonly name: string;
  readonly value: string;
  readonly yardstick: string;
  readonly ratio: string;
  readonly reach: string;
}

export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * part) / 100))] ?? NaN;
}

/** Runs of the one before runs of the other. */
const block = 50;

/**
 * Times two things in turn, a block of runs each, so that a machine whose speed drifts is equally hard on both; the event
 * loop passes between any two runs, so that memory is given back as in life. Medians in ms.
 */
export async function inTurn(runs: number, first: () => void, second: () => void): Promise<[number, number]> {
  const times: [number[], number[]] = [[], []];
  for (let run = 0; run < runs; run += block) {
    for (const [i, action] of [first, second].entries()) {
      for (let j = 0; j < block; j++) {
        const start = performance.now();
        action();
        times[i]?.push(performance.now() - start);
        await breathe();
      }
    }
  }
  // The first third warms up: a display runs for years, and V8 compiles what it runs often.
  const warm = Math.floor(runs / 3);
  return [median(times[0].slice(warm)), median(times[1].slice(warm))];
}

export function ms(value: number): string {
  return `${value < 1 ? value.toFixed(3) : value.toFixed(1)} ms`;
}

/** A ratio below one as a fraction of one, above one as a factor. */
export function ratio(part: number, whole: number): string {
  return part < whole / 1.5 ? `1/${(whole / part).toFixed(0)}` : `${(part / whole).toFixed(2)} times`;
}

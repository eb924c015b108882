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

/** What one of two things takes: ms. */
export interface Times {
  /** Of a run, as it is waited for. */
  readonly median: number;
  /** Mean of the processor's time a run, in which what is collected as garbage between the runs is paid for too. */
  readonly cpu: number;
}

/**
 * Times two things in turn, a block of runs each, so that a machine whose speed drifts is equally hard on both; the event
 * loop passes between any two runs, so that memory is given back as in life.
 */
export async function inTurn(runs: number, first: () => void, second: () => void): Promise<[Times, Times]> {
  const times: [number[], number[]] = [[], []];
  const cpu: [number, number] = [0, 0];
  // The first third warms up: a display runs for years, and V8 compiles what it runs often.
  const warm = Math.ceil(runs / 3 / block) * block;
  for (let run = 0; run < runs + warm; run += block) {
    for (const [i, action] of [first, second].entries()) {
      const before = process.cpuUsage();
      for (let j = 0; j < block; j++) {
        const start = performance.now();
        action();
        if (run >= warm) times[i]?.push(performance.now() - start);
        await breathe();
      }
      const { user, system } = process.cpuUsage(before);
      if (run >= warm) cpu[i === 0 ? 0 : 1] += (user + system) / 1000;
    }
  }
  return [
    { median: median(times[0]), cpu: cpu[0] / times[0].length },
    { median: median(times[1]), cpu: cpu[1] / times[1].length },
  ];
}

/** Both for people: `0.153 ms (CPU 0.171 ms)`. */
export function timesText(times: Times): string {
  return `${ms(times.median)} (CPU ${ms(times.cpu)})`;
}

/** The ratios of both: `1/44 (CPU 1/39)`. */
export function timesRatio(part: Times, whole: Times): string {
  return `${ratio(part.median, whole.median)} (CPU ${ratio(part.cpu, whole.cpu)})`;
}

export function ms(value: number): string {
  return `${value < 1 ? value.toFixed(3) : value.toFixed(1)} ms`;
}

/** A ratio below one as a fraction of one, above one as a factor. */
export function ratio(part: number, whole: number): string {
  return part < whole / 1.5 ? `1/${(whole / part).toFixed(0)}` : `${(part / whole).toFixed(2)} times`;
}

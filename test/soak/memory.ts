import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setImmediate as breathe } from 'node:timers/promises';

/** What a process held at one moment. Memory in MB of 1,000,000 bytes. */
export interface Sample {
  /** Simulated days since the start. */
  readonly days: number;
  readonly resident: number;
  readonly heap: number;
  /** Outside of V8's heap, but known to it: buffers, pictures. */
  readonly external: number;
  /** Open file descriptors. */
  readonly files: number;
  /** Sockets, timers of the machine's own and watched folders. */
  readonly resources: number;
}

/** As Node names them. Others come and go by themselves, such as a write to standard output. */
const kept: readonly string[] = ['Timeout', 'UDPWrap', 'FSEventWrap'];

/** Takes a sample, after as much was given back as can be (with --expose-gc). */
export async function sample(days: number): Promise<Sample> {
  for (let i = 0; i < 3; i++) {
    globalThis.gc?.();
    await breathe();
  }
  const { heapUsed, external } = process.memoryUsage();
  const resident = /VmRSS:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  return {
    days,
    resident: Number(resident) / 1000,
    heap: heapUsed / 1e6,
    external: external / 1e6,
    files: openFiles(),
    resources: process.getActiveResourcesInfo().filter((name) => kept.includes(name)).length,
  };
}

/** Open descriptors, but for those of /dev/null, which Node keeps in reserve from some time on. */
function openFiles(): number {
  return readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`) !== '/dev/null';
    } catch {
      // What the folder was read with.
      return false;
    }
  }).length;
}

/** How much a figure grows in a day: the slope of the straight line that lies closest to the samples; NaN for fewer than two. */
export function growth(samples: readonly Sample[], figure: 'resident' | 'heap' | 'external'): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
  const x = mean(samples.map(({ days }) => days));
  const y = mean(samples.map((each) => each[figure]));
  let above = 0;
  let below = 0;
  for (const each of samples) {
    above += (each.days - x) * (each[figure] - y);
    below += (each.days - x) ** 2;
  }
  return above / below;
}

/** MB a day that a figure may grow: over a year less than half of what the smallest Raspberry Pi has. */
export const mostGrowth = 1;

/**
 * What is wrong with how much a process held, sentence by sentence; nothing when all is well. The first day does not count:
 * V8 compiles, fonts and digits are drawn for the first time, the power log fills.
 */
export function complaints(samples: readonly Sample[]): string[] {
  const settled = samples.filter(({ days }) => days >= 1);
  if (settled.length < 2) return ['too short a time to be judged'];
  const said: string[] = [];
  for (const figure of ['resident', 'heap', 'external'] as const) {
    const slope = growth(settled, figure);
    if (!(slope < mostGrowth)) said.push(`${figure} memory grows by ${slope.toFixed(2)} MB a day`);
  }
  for (const figure of ['files', 'resources'] as const) {
    const [first, last] = [settled[0]?.[figure] ?? NaN, settled.at(-1)?.[figure] ?? NaN];
    if (!(last <= first)) said.push(`${figure} went from ${first} to ${last}`);
  }
  return said;
}

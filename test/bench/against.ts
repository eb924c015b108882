import { setTimeout as sleep } from 'node:timers/promises';
import { median, ms, ratio } from './measure';
import { table } from './kept-figures';
import { cpuSeconds, end, flood, latency, residentMegabytes, startLivelyDay, startUp } from './processes';

/** Times that each is measured, in turn. */
const rounds = 3;

interface Measured {
  readonly start: number;
  readonly cpu: number;
  readonly memory: number;
  readonly latency: number;
  readonly flood: number;
  readonly lost: number;
}

const rows: readonly (readonly [
  name: string,
  value: (measured: Measured) => number,
  text: (value: number) => string,
])[] = [
  ['start to first full picture', ({ start }) => start, ms],
  ['CPU of a day 60 times as fast, 240 cells', ({ cpu }) => cpu, percent],
  ['resident memory after a minute of it', ({ memory }) => memory, (value) => `${value.toFixed(0)} MB`],
  ['datagram sent to pixels, median', ({ latency: waited }) => waited, ms],
  ['CPU of 8,000 frames a second', ({ flood: cpu }) => cpu, percent],
  ['frames lost of them', ({ lost }) => lost, String],
];

/** Measures two builds in turn on this machine, and returns a table: this one, the other, the ratio. */
export async function against(program: string, other: string, framebuffer: string): Promise<string> {
  const measured: [Measured[], Measured[]] = [[], []];
  for (let round = 0; round < rounds; round++)
    for (const [i, one] of [program, other].entries()) measured[i]?.push(await measure(one, framebuffer));
  const lines = rows.map(([name, value, text]) => {
    const [ours, theirs] = measured.map((each) => median(each.map(value)));
    return [name, text(ours ?? NaN), text(theirs ?? NaN), ratio(ours ?? NaN, theirs ?? NaN)];
  });
  return table(['what', 'this version', 'the other', 'ratio'], lines);
}

async function measure(program: string, framebuffer: string): Promise<Measured> {
  const [start] = await startUp(program, framebuffer, 11);
  const day = startLivelyDay(program, framebuffer);
  await sleep(20_000);
  const before = cpuSeconds(day.pid ?? 0);
  await sleep(40_000);
  const cpu = (cpuSeconds(day.pid ?? 0) - before) / 40;
  const memory = residentMegabytes(day.pid ?? 0);
  await end(day, () => '');
  const [waited] = await latency(program, framebuffer, 60);
  const full = await flood(program, framebuffer, 8000, 10);
  return { start, cpu, memory, latency: waited, flood: full.cpu, lost: full.sent - full.heard };
}

function percent(part: number): string {
  return `${(part * 100).toFixed(1)} %`;
}

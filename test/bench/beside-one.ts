import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ratio, type Figure } from './measure';
import {
  blankFramebuffer,
  cpuSeconds,
  end,
  environment,
  residentMegabytes,
  startPackdial,
} from './processes';

/** s before what is measured, and of it. */
const [warmUp, measured] = [20, 60];

/** A display with more to do, and the one that it is compared with. */
export interface BesideOne {
  readonly name: string;
  /** What the other one has. */
  readonly one: string;
  readonly program: string;
  /** Where the framebuffers are. */
  readonly folder: string;
  /** The flags of both. */
  readonly alone: readonly string[];
  readonly among: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly reach?: string;
}

/** Processor time and memory of both in the same minute. */
export async function besideOne(sites: BesideOne): Promise<Figure> {
  const displays = (['alone', 'among'] as const).map((name) => {
    const framebuffer = join(sites.folder, `${name}.raw`);
    blankFramebuffer(framebuffer);
    return startPackdial(sites.program, framebuffer, sites[name], sites.environment ?? environment);
  });
  await sleep(warmUp * 1000);
  const before = displays.map(({ pid = 0 }) => cpuSeconds(pid));
  await sleep(measured * 1000);
  const [aloneCpu = NaN, amongCpu = NaN] = displays.map(
    ({ pid = 0 }, i) => (cpuSeconds(pid) - (before[i] ?? 0)) / measured,
  );
  const [aloneMemory = NaN, amongMemory = NaN] = displays.map(({ pid = 0 }) => residentMegabytes(pid));
  await Promise.all(displays.map((display) => end(display, () => '')));
  return {
    name: sites.name,
    value: `${(amongCpu * 100).toFixed(1)} % of a core, ${amongMemory.toFixed(0)} MB`,
    yardstick: `${(aloneCpu * 100).toFixed(1)} %, ${aloneMemory.toFixed(0)} MB (${sites.one})`,
    ratio: `${ratio(amongCpu, aloneCpu)}, ${(amongMemory - aloneMemory).toFixed(0)} MB more`,
    reach: sites.reach ?? '1.5 times, 10 MB more',
  };
}

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ratio, type Figure } from './measure';
import {
  blankFramebuffer,
  cpuSeconds,
  end,
  environment,
  freshFolder,
  residentMegabytes,
  startPackdial,
} from './processes';

const [alonePort, amongPort] = [16_505, 16_506];
/** Batteries on serial ports beside the one on UDP. */
const serialBatteries = 5;
/** s before what is measured, and of it. */
const [warmUp, measured] = [20, 60];

/**
 * Six devices at their natural pace, an EVTV battery of 96 cells among them, beside a display of that battery alone; both run in
 * the same minute.
 */
export async function severalDevices(root: string, program: string): Promise<Figure> {
  const folder = freshFolder();
  const helpers: ChildProcess[] = [];
  try {
    const cables = Array.from({ length: serialBatteries }, (_, i) => ({
      near: join(folder, `near${i}`),
      far: join(folder, `far${i}`),
    }));
    for (const { near, far } of cables) {
      const cable = spawn('python3', [join(root, 'test/io/links/pty-pair.py'), near, far], {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      helpers.push(cable);
      await once(cable.stdout, 'data');
    }
    const play = (...args: string[]): number =>
      helpers.push(spawn(program, ['simulate', ...args], { stdio: 'ignore', env: environment }));
    play(...cables.flatMap(({ far }) => ['--device', `jbd-serial,port=${far}`]));
    for (const port of [alonePort, amongPort]) play('--to', '127.0.0.1', '--port', String(port));

    const [alone, among] = [
      start(program, folder, 'alone', ['--port', String(alonePort)]),
      start(program, folder, 'among', [
        ...['--device', `evtv-udp,name=boat,port=${amongPort}`],
        ...cables.flatMap(({ near }, i) => ['--device', `jbd-serial,name=house${i},port=${near}`]),
      ]),
    ];
    await sleep(warmUp * 1000);
    const before = [cpuSeconds(alone.pid ?? 0), cpuSeconds(among.pid ?? 0)];
    await sleep(measured * 1000);
    const [aloneCpu = NaN, amongCpu = NaN] = [alone, among].map(
      ({ pid = 0 }, i) => (cpuSeconds(pid) - (before[i] ?? 0)) / measured,
    );
    const [aloneMemory, amongMemory] = [residentMegabytes(alone.pid ?? 0), residentMegabytes(among.pid ?? 0)];
    await Promise.all([end(alone, () => ''), end(among, () => '')]);
    return {
      name: 'six devices at their natural pace',
      value: `${(amongCpu * 100).toFixed(1)} % of a core, ${amongMemory.toFixed(0)} MB`,
      yardstick: `${(aloneCpu * 100).toFixed(1)} %, ${aloneMemory.toFixed(0)} MB (one of them, 96 cells)`,
      ratio: `${ratio(amongCpu, aloneCpu)}, ${(amongMemory - aloneMemory).toFixed(0)} MB more`,
      reach: '1.5 times, 10 MB more',
    };
  } finally {
    for (const helper of helpers) helper.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

function start(program: string, folder: string, name: string, args: readonly string[]): ChildProcess {
  const framebuffer = join(folder, `${name}.raw`);
  blankFramebuffer(framebuffer);
  return startPackdial(program, framebuffer, args);
}

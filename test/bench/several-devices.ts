import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { besideOne } from './beside-one';
import type { Figure } from './measure';
import { environment, freshFolder } from './processes';

const [alonePort, amongPort] = [16_505, 16_506];
/** Batteries on serial ports beside the one on UDP. */
const serialBatteries = 5;

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

    return await besideOne({
      name: 'six devices at their natural pace',
      one: 'one of them, 96 cells',
      program,
      folder,
      alone: ['--port', String(alonePort)],
      among: [
        ...['--device', `evtv-udp,name=boat,port=${amongPort}`],
        ...cables.flatMap(({ near }, i) => ['--device', `jbd-serial,name=house${i},port=${near}`]),
      ],
    });
  } finally {
    for (const helper of helpers) helper.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

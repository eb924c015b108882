import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { environment, freshFolder } from './processes';

/** Batteries on serial ports beside the one on UDP. */
const serialBatteries = 5;

/** An EVTV battery of 96 cells, sent to UDP ports, and batteries on serial cables, at their natural pace. */
export class SerialSite {
  readonly folder = freshFolder();
  private readonly helpers: ChildProcess[] = [];
  private readonly cables: readonly { readonly near: string; readonly far: string }[];

  /** @param cables ends of how many displays there are: a serial line has one reader */
  constructor(
    private readonly root: string,
    private readonly program: string,
    displays: number,
  ) {
    this.cables = Array.from({ length: serialBatteries * displays }, (_, i) => ({
      near: join(this.folder, `near${i}`),
      far: join(this.folder, `far${i}`),
    }));
  }

  /** Lays the cables and begins to play. */
  async start(ports: readonly number[]): Promise<void> {
    for (const { near, far } of this.cables) {
      const cable = spawn('python3', [join(this.root, 'test/io/links/pty-pair.py'), near, far], {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      this.helpers.push(cable);
      await once(cable.stdout, 'data');
    }
    this.play(...this.cables.flatMap(({ far }, i) => ['--device', `jbd-serial,name=house${i},port=${far}`]));
    for (const port of ports) this.play('--to', '127.0.0.1', '--port', String(port));
  }

  /** The flags of a display that hears all of it. @param port of its EVTV battery @param display from 0 */
  flags(port: number, display = 0): readonly string[] {
    const own = this.cables.slice(serialBatteries * display, serialBatteries * (display + 1));
    return [
      ...['--device', `evtv-udp,name=boat,port=${port}`],
      ...own.flatMap(({ near }, i) => ['--device', `jbd-serial,name=house${i},port=${near}`]),
    ];
  }

  close(): void {
    for (const helper of this.helpers) helper.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private play(...args: string[]): void {
    this.helpers.push(
      spawn(this.program, ['simulate', ...args], {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: environment,
      }),
    );
  }
}

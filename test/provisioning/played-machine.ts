import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../until';
import { Provisioning } from './provisioning';

/** Where the machine is for this one. */
export const address = '10.77.0.2';
const cache = join(tmpdir(), 'packdial-provisioning');

/** A machine with Debian, systemd and SSH in a container, and what makes it a display. */
export class PlayedMachine extends Provisioning {
  private readonly root: string;
  private machine: ChildProcess | undefined;

  /** @param folder an empty one, for all of it */
  constructor(folder: string) {
    super(folder, { address, port: 22 });
    this.root = join(folder, 'machine');
  }

  /** Makes it and waits for SSH. @param kind `bare`: without packdial */
  async start(kind: 'installed' | 'bare'): Promise<void> {
    execFileSync(join(__dirname, 'make-machine'), [cache, this.root, this.publicKey, kind], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const stdio = ['ignore', 'ignore', 'inherit'] as const;
    this.machine = spawn(join(__dirname, 'run-machine'), [this.root], { stdio: [...stdio] });
    const service = kind === 'bare' ? 'ssh' : 'packdial';
    await until(
      'SSH',
      () => {
        try {
          return this.run(`systemctl is-active ${service}`) === 'active';
        } catch {
          return false;
        }
      },
      300,
    );
  }

  async stop(): Promise<void> {
    if (this.machine === undefined) return;
    const ended = once(this.machine, 'exit');
    this.machine.kill();
    await ended;
  }
}

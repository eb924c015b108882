import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freeTcpPort } from '../commands/packdial';
import type { Issued } from './certificates';

export interface MosquittoOptions {
  /** For its configuration. */
  readonly folder: string;
  /** Speaks TLS with this certificate. */
  readonly tls?: Issued;
  /** Lets in only who shows a certificate of this authority. */
  readonly clientCa?: string;
  /** A line for each user, see mosquitto_passwd; nobody else is let in. */
  readonly passwordFile?: string;
  /** Default: a free one. */
  readonly port?: number;
  /** Default: 127.0.0.1. */
  readonly address?: string;
  /** More lines of configuration. */
  readonly lines?: readonly string[];
}

/** A real broker. */
export class Mosquitto {
  private child: ChildProcess | undefined;
  private said = '';

  private constructor(
    readonly port: number,
    private readonly file: string,
  ) {}

  static async start(options: MosquittoOptions): Promise<Mosquitto> {
    const port = options.port ?? (await freeTcpPort());
    const file = join(options.folder, `mosquitto-${port}.conf`);
    const { tls, clientCa, passwordFile, address = '127.0.0.1', lines = [] } = options;
    writeFileSync(
      file,
      [
        `listener ${port} ${address}`,
        // It gives its rights away when it is root, and the keys of the test are root's.
        'user root',
        'persistence false',
        `allow_anonymous ${passwordFile === undefined}`,
        ...(passwordFile === undefined ? [] : [`password_file ${passwordFile}`]),
        ...(tls === undefined ? [] : [`certfile ${tls.cert}`, `keyfile ${tls.key}`]),
        ...(clientCa === undefined ? [] : [`cafile ${clientCa}`, 'require_certificate true']),
        ...lines,
        '',
      ].join('\n'),
    );
    const broker = new Mosquitto(port, file);
    await broker.run();
    return broker;
  }

  get pid(): number {
    return this.child?.pid ?? 0;
  }

  /** Runs it again after `kill`, and waits until it listens. */
  async run(): Promise<void> {
    const found = ['/usr/sbin/mosquitto', '/usr/bin/mosquitto'].find((path) => existsSync(path));
    this.child = spawn(found ?? 'mosquitto', ['-c', this.file], { stdio: ['ignore', 'ignore', 'pipe'] });
    this.child.stderr?.on(
      'data',
      (chunk: Buffer) => (this.said = (this.said + chunk.toString()).slice(-2000)),
    );
    for (let i = 0; i < 3000; i++) {
      if (this.child.exitCode !== null) throw new Error(`mosquitto ended: ${this.said}`);
      if (await listens(this.port)) return;
      await sleep(10);
    }
    throw new Error(`mosquitto does not listen: ${this.said}`);
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const { child } = this;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }
}

async function listens(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

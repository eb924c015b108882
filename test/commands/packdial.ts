import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createSocket } from 'node:dgram';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { TemporaryFolder } from '../temporary-folder';

/** The built program. */
export const program = resolve(__dirname, '../../dist/packdial.js');

/** How a packdial ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A packdial that was started as a user starts it. */
export class Packdial {
  stdout = '';
  stderr = '';
  private readonly child: ChildProcess;
  private readonly exited: Promise<unknown>;
  /** Where it keeps what the test has no folder for: what it leaves there is not to be found by the next one. */
  private readonly folder = new TemporaryFolder();

  /** @param file another program than the built one */
  constructor(args: readonly string[], environment: Readonly<Record<string, string>> = {}, file = program) {
    const history = String(args.includes('--data-dir'));
    // On a machine with a display there is a settings file of its owner.
    const config = join(this.folder.path, 'settings.json');
    writeFileSync(config, '{}');
    this.child = spawn(process.execPath, [file, ...args], {
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: '/nonexistent',
        // Without a log: who looks at it has one in a folder of its own.
        PACKDIAL_LOG: 'false',
        PACKDIAL_HISTORY: history,
        // And without a page: who looks at it asks for one, with '' for what is so without being asked.
        PACKDIAL_WEB: 'off',
        PACKDIAL_DATA_DIR: join(this.folder.path, 'data'),
        PACKDIAL_CONFIG: config,
        PACKDIAL_CONTROLLER_FILE: join(this.folder.path, 'controller.json'),
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout?.on('data', (chunk: Buffer) => (this.stdout += chunk.toString()));
    this.child.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    this.exited = once(this.child, 'close').finally(() => this.folder.remove());
  }

  /** Waits until a stream holds a text. */
  async says(text: string | RegExp, stream: 'stdout' | 'stderr' = 'stderr'): Promise<void> {
    const found = (): boolean =>
      typeof text === 'string' ? this[stream].includes(text) : text.test(this[stream]);
    while (!found()) {
      if (this.child.exitCode !== null)
        throw new Error(`packdial ended without saying ${String(text)}: ${this.stderr}`);
      await Promise.race([once(this.child[stream] ?? this.child, 'data'), this.exited]);
    }
  }

  /** Reads no more of what it says. */
  stopReading(stream: 'stdout' | 'stderr'): void {
    this.child[stream]?.destroy();
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  kill(signal: NodeJS.Signals = 'SIGTERM'): void {
    this.child.kill(signal);
  }

  async end(): Promise<Ended> {
    await this.exited;
    const { exitCode: code, signalCode: signal } = this.child;
    return { code, signal, stdout: this.stdout, stderr: this.stderr };
  }
}

/** Runs packdial to its end. */
export function packdial(
  args: readonly string[],
  environment?: Readonly<Record<string, string>>,
): Promise<Ended> {
  return new Packdial(args, environment).end();
}

/** A UDP port that nobody uses now. */
export function freePort(): Promise<number> {
  return unused(async (port) => {
    const socket = createSocket('udp4');
    socket.bind(port, '127.0.0.1');
    await once(socket, 'listening').finally(() => socket.close());
  });
}

/** A TCP port that nobody listens on now. */
export function freeTcpPort(): Promise<number> {
  return unused(async (port) => {
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening').finally(() => server.close());
  });
}

/**
 * Below what the kernel gives to connections that are made (from 32768), so that none of another test's takes the port before
 * it is listened on. Other workers, and another run of these tests beside this one, are hardly ever near.
 */
let candidate = 10_000 + Math.floor(Math.random() * 22_000);

async function unused(listen: (port: number) => Promise<void>): Promise<number> {
  for (;;) {
    const port = candidate++;
    try {
      await listen(port);
      return port;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    }
  }
}

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createSocket } from 'node:dgram';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The built program. */
export const program = resolve(__dirname, '../../dist/packdial.js');

/** How a packdial ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

let started = 0;

/** A packdial that was started as a user starts it. */
export class Packdial {
  stdout = '';
  stderr = '';
  private readonly child: ChildProcess;
  private readonly exited: Promise<unknown>;

  constructor(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
    // Without a folder of the test's own, nothing is to be left in the usual one.
    const history = String(args.includes('--data-dir'));
    this.child = spawn(process.execPath, [program, ...args], {
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: '/nonexistent',
        // Without a log: who looks at it has one in a folder of its own.
        PACKDIAL_LOG: 'false',
        PACKDIAL_HISTORY: history,
        // What a simulated controller was once set to is not to be found by the next test.
        PACKDIAL_CONTROLLER_FILE: join(tmpdir(), `packdial-test-controller-${process.pid}-${started++}.json`),
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout?.on('data', (chunk: Buffer) => (this.stdout += chunk.toString()));
    this.child.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    this.exited = once(this.child, 'close');
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
    return { code: this.child.exitCode, stdout: this.stdout, stderr: this.stderr };
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
export async function freePort(): Promise<number> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  await once(socket, 'close');
  return port;
}

/** A folder for one test, gone after it. */
export function temporaryFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'packdial-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync } from 'node:fs';
import { TemporaryFolder } from '../../temporary-folder';
import { until } from '../../until';

/** A database server of the system's packages, on a port of its own, with its data in a folder that goes with it. */
export abstract class ServerProcess {
  protected readonly folder = new TemporaryFolder();
  private child: ChildProcess | undefined;
  private said = '';

  protected constructor(
    readonly port: number,
    /** Of the system, that it runs as where the tests are root's. */
    private readonly user?: string,
  ) {
    const ids = this.ids();
    if (ids !== undefined) chownSync(this.folder.path, ids.uid, ids.gid);
  }

  /** What starts it. */
  protected abstract command(): readonly string[];
  /** Throws (as a rejection) until it answers. */
  protected abstract answers(): Promise<unknown>;

  /** Starts it, if it does not run, and waits until it answers. */
  async run(): Promise<void> {
    if (this.child === undefined) await this.launch();
    await until(`the server answers: ${this.said}`, async () => {
      // A server that was killed may have left something behind that goes by itself.
      if (this.child?.exitCode !== null) await this.launch();
      return this.answers().then(
        () => true,
        () => false,
      );
    });
  }

  /** Ends it with all its processes at once, as a power cut does. */
  async kill(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    process.kill(-child.pid, 'SIGKILL');
    await gone;
  }

  /** Stops it from running, or lets it go on. */
  hold(held: boolean): void {
    if (this.child?.pid !== undefined) process.kill(-this.child.pid, held ? 'SIGSTOP' : 'SIGCONT');
  }

  async close(): Promise<void> {
    await this.kill();
    this.folder.remove();
  }

  /** Runs a program to its end as the server's user. */
  protected prepare([program = '', ...args]: readonly string[]): void {
    execFileSync(program, args, { ...this.ids(), stdio: ['ignore', 'ignore', 'pipe'] });
  }

  private async launch(): Promise<void> {
    const [program = '', ...args] = this.command();
    const child = spawn(program, args, {
      ...this.ids(),
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd: this.folder.path,
    });
    this.child = child;
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (this.said = (this.said + chunk.toString()).slice(-2000)));
    await once(child, 'spawn');
  }

  private ids(): { readonly uid: number; readonly gid: number } | undefined {
    if (this.user === undefined || process.getuid?.() !== 0) return undefined;
    const id = (flag: string): number =>
      Number(execFileSync('id', [flag, this.user ?? ''], { encoding: 'utf8' }));
    return { uid: id('-u'), gid: id('-g') };
  }
}

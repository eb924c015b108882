import { execFileSync, spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';

const checkout = resolve(__dirname, '../..');

/** How a command in a bare Debian ended. */
export interface Ended {
  readonly code: number | null;
  /** Standard output and standard error, as they came. */
  readonly said: string;
  /** Seconds of the longest time in which nothing was said. */
  readonly longestSilence: number;
}

/** A Debian with nothing but what the README asks for, and a clone of this checkout in a user's home. */
export class BareDebian {
  private readonly folder = mkdtempSync(join(tmpdir(), 'packdial-newcomer-'));
  private readonly root = join(this.folder, 'root');
  private readonly home: string;
  private readonly running = new Set<ChildProcessByStdio<null, Readable, Readable>>();

  /**
   * Makes it, which takes minutes and 600 MB in the folder for temporary files.
   *
   * @param suite Debian's name for the version @param user `root`, or `owner`, who has sudo
   * @param arch Debian's name for its processor; default: this machine's. Another one's has to be emulated
   *   (test/arm/register-emulator), and takes several times as long
   * @param kept a folder where the bare one is kept, for the next time; default: it is made anew each time
   * @throws Error without root, and when it can't be made
   */
  constructor(
    readonly suite: string,
    readonly user: 'root' | 'owner',
    { arch, kept }: { readonly arch?: string; readonly kept?: string } = {},
  ) {
    if (process.getuid?.() !== 0)
      throw new Error('only root can make a bare Debian; use sudo make test-newcomer');
    this.home = user === 'root' ? '/root' : `/home/${user}`;
    const make = (root: string): void => {
      mkdirSync(root);
      const words = [suite, root, ...(arch === undefined ? [] : [arch])];
      execFileSync(join(__dirname, 'make-bare'), words, { stdio: 'inherit' });
    };
    if (kept === undefined) make(this.root);
    else {
      if (!existsSync(kept)) {
        make(`${this.root}.new`);
        execFileSync('mv', [`${this.root}.new`, kept]);
      }
      execFileSync('cp', ['-a', kept, this.root]);
    }
    const clone = join(this.root, this.home, 'packdial');
    if (existsSync(join(checkout, '.git')))
      execFileSync('git', ['clone', '--quiet', '--no-hardlinks', checkout, clone]);
    else copySources(clone);
    execFileSync('chroot', [this.root, 'chown', '-R', `${user}:`, `${this.home}/packdial`]);
  }

  /** Starts a command in the clone; `said` and `longestSilence` are what they are so far. */
  start(command: string): {
    readonly ended: Promise<Ended>;
    readonly said: () => string;
    readonly longestSilence: () => number;
    stop: () => void;
  } {
    const child = spawn(join(__dirname, 'enter'), [this.root, this.user, `cd packdial && ${command}`], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.running.add(child);
    let said = '';
    let silence = 0;
    let last = performance.now();
    const longestSilence = (): number => Math.max(silence, (performance.now() - last) / 1000);
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data: Buffer) => {
        said += data.toString();
        silence = longestSilence();
        last = performance.now();
      });
    const ended = once(child, 'close').then(() => {
      this.running.delete(child);
      return { code: child.exitCode, said, longestSilence: longestSilence() };
    });
    // The namespace of its processes goes with it.
    return { ended, said: () => said, longestSilence, stop: () => child.kill('SIGKILL') };
  }

  /** Runs a command in the clone to its end. */
  run(command: string): Promise<Ended> {
    return this.start(command).ended;
  }

  /** The text of a file; throws when it is not there. */
  read(path: string): string {
    return this.readBytes(path).toString();
  }

  /** The bytes of a file; throws when it is not there. */
  readBytes(path: string): Buffer {
    return readFileSync(join(this.root, path));
  }

  /** Where a file of it is on this machine. */
  path(file: string): string {
    return join(this.root, file);
  }

  /** MB on the disk. */
  megabytes(): number {
    return Number(execFileSync('du', ['-sm', this.root], { encoding: 'utf8' }).split('\t')[0]);
  }

  /** Ends what runs in it and removes it. */
  remove(): void {
    for (const child of this.running) child.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** What a clone has, from a checkout that was unpacked from an archive: all but what setup and build make. */
function copySources(clone: string): void {
  const made = ['node_modules', '.runtime', 'dist', 'dist-bench', 'coverage', 'data', 'release'];
  mkdirSync(clone);
  execFileSync('sh', [
    '-c',
    `tar -C "$0" ${made.map((name) => `--exclude=./${name}`).join(' ')} -c . | tar -C "$1" -x`,
    checkout,
    clone,
  ]);
}

import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Installation } from '../../src/update/installation';
import { obtainFile, type Obtaining } from '../../src/update/obtain-release';
import { Updater, type Outcome, type UpdaterParts } from '../../src/update/updater';
import { UserError } from '../../src/base/user-error';
import { archive, publicKey } from './keys';
import { updateText } from '../../src/words/en';

/** The power was cut. */
export class PowerCut extends Error {}

/** What a release of these tests does when it is started. */
export type Health = 'well' | 'no picture' | 'dies';

/** A gzipped tar of a release: its package.json, what it puts into the system, and how it is. */
export function payload(
  version: string,
  health: Health = 'well',
  more: Readonly<Record<string, string>> = {},
): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'packdial-payload-'));
  try {
    const files = {
      'package.json': JSON.stringify({ version }),
      units: `units of ${version}`,
      health,
      ...more,
    };
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    return execFileSync('tar', ['-C', folder, '-czf', '-', '.']);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A machine with version 1.0.0 installed in a temporary folder: what an update does to it, and what is seen on its screen. */
export class TrialMachine {
  readonly folder = mkdtempSync(join(tmpdir(), 'packdial-machine-'));
  readonly installation = new Installation(this.folder);
  readonly told: string[] = [];
  readonly steps: string[] = [];
  /** The step after which the power is cut. */
  cutAfter: string | undefined;
  /** What else goes wrong. */
  faults: Partial<Pick<UpdaterParts, 'tryOut' | 'putIntoPlace' | 'restart'>> = {};
  free = 1e12;
  private shown: string | undefined;
  private disk: string | undefined;

  constructor() {
    const old = this.installation.release('1.0.0-1');
    mkdirSync(old, { recursive: true });
    writeFileSync(join(old, 'package.json'), JSON.stringify({ version: '1.0.0' }));
    writeFileSync(join(old, 'units'), 'units of 1.0.0');
    writeFileSync(join(old, 'health'), 'well');
    cpSync(join(old, 'units'), this.units);
    this.installation.switchTo('1.0.0-1');
    this.installation.confirm('1.0.0-1');
    this.show();
  }

  /** The version on the screen; undefined when it is black. */
  get screen(): string | undefined {
    return this.shown;
  }

  /** Whose units are in place. */
  get placed(): string {
    return readFileSync(this.units, 'utf8');
  }

  get releases(): readonly string[] {
    return readdirSync(join(this.folder, 'releases')).sort();
  }

  /** Puts an archive on the machine's stick. */
  write(content: Buffer, name = 'packdial-2.0.0.pdr'): string {
    const path = join(this.folder, name);
    writeFileSync(path, content);
    return path;
  }

  install(file: string, changes: Partial<Obtaining['wanted']> = {}): Promise<Outcome> {
    return new Updater(this.parts).install((target) =>
      obtainFile(file, {
        key: () => publicKey,
        wanted: { running: '1.0.0', arch: process.arch, ...changes },
        file: target,
        free: () => Promise.resolve(this.free),
        tell: () => undefined,
      }),
    );
  }

  /** Switches the machine on: what was on the disk decides. */
  async powerOn(): Promise<Outcome | undefined> {
    this.restore();
    this.faults = {};
    const updater = new Updater(this.parts);
    const settled = await updater.settle();
    this.show();
    return (await updater.conclude()) ?? settled;
  }

  /** Switches it on, and off again before the release has proved itself. */
  async flicker(): Promise<Outcome | undefined> {
    this.restore();
    const settled = await new Updater(this.parts).settle();
    this.show();
    return settled;
  }

  /** Switches it on with the power cut again while it settles, if it comes to the step. */
  async settleOnly(cutAfter: string): Promise<void> {
    this.restore();
    this.cutAfter = cutAfter;
    await new Updater(this.parts).settle().catch((error: unknown) => {
      if (!(error instanceof PowerCut)) throw error;
    });
  }

  /** Whole and at rest: what is shown, confirmed and put into place is one, and nothing is left over. */
  get atRest(): { readonly version: string | undefined; readonly clean: boolean } {
    const { current, confirmed, trial, incoming } = this.installation;
    const version = this.installation.version(current);
    return {
      version,
      clean:
        current === confirmed &&
        trial === undefined &&
        !existsSync(incoming) &&
        this.placed === `units of ${version ?? ''}` &&
        this.shown === version &&
        this.releases.length <= 2,
    };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
    if (this.disk !== undefined) rmSync(this.disk, { recursive: true });
  }

  private restore(): void {
    this.cutAfter = undefined;
    if (this.disk === undefined) return;
    copy(this.disk, this.folder);
    rmSync(this.disk, { recursive: true });
    this.disk = undefined;
  }

  private get units(): string {
    return join(this.folder, 'units');
  }

  private health(): Health {
    const { current = '' } = this.installation;
    return readFileSync(join(this.installation.release(current), 'health'), 'utf8') as Health;
  }

  private show(): void {
    const { installation } = this;
    this.shown = this.health() === 'no picture' ? undefined : installation.version(installation.current);
  }

  private get parts(): UpdaterParts {
    return {
      installation: this.installation,
      putIntoPlace: (folder) => {
        cpSync(join(folder, 'units'), this.units);
        return Promise.resolve();
      },
      tryOut: () => Promise.resolve(undefined),
      restart: () => {
        this.show();
        return Promise.resolve(this.shown !== undefined);
      },
      watch: (looked) => {
        looked(0.5);
        const health = this.health();
        if (health === 'well') return Promise.resolve(undefined);
        return Promise.resolve(health === 'dies' ? 'not kept running' : 'no picture');
      },
      tell: (step) => this.told.push(updateText(step)),
      stamp: () => '20261121080000',
      reached: (step) => {
        this.steps.push(step);
        if (step !== this.cutAfter) return;
        // What the disk holds at this moment; whatever the program still does is not done.
        this.disk ??= mkdtempSync(join(tmpdir(), 'packdial-disk-'));
        copy(this.folder, this.disk);
        throw new PowerCut(step);
      },
      ...this.faults,
    };
  }
}

function copy(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true, verbatimSymlinks: true });
}

/** An archive with a release. */
export function release(version: string, health?: Health): Buffer {
  return archive(payload(version, health), { version });
}

/** What a rejected promise says to the user. */
export async function refusal(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  throw new Error('it was not refused');
}

import { mkdirSync } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeyObject } from 'node:crypto';
import { failureWords } from '../base/failure-words';
import { chooseStick, StickError } from '../io/stick/choose-stick';
import { findMounts, type Mount } from '../io/stick/mounts';
import { findVolumes, type Volume } from '../io/stick/volumes';
import { UserError } from '../base/user-error';
import { stickLabel } from '../model/stick-reports';
import { copyText } from '../words/en';
import { headBytes } from './receive-release';
import { readReleaseHeader, type HeaderReading } from './release-header';
import { complaint, runProgram, type RunProgram } from './run-program';

/** Archives that are looked at, at most: the head of each is read. */
const mostArchives = 50;

/** An archive in a folder, as its head says. */
export interface FoundArchive {
  readonly path: string;
  /** Its name for messages. */
  readonly name: string;
  readonly reading: Exclude<HeaderReading, { is: 'incomplete' }>;
}

/** What is known of volumes and their mounts; replaced in tests. */
export interface StickParts {
  readonly volumes: () => Promise<readonly Volume[]>;
  readonly mounts: (device: string) => Promise<readonly Mount[]>;
  readonly run: RunProgram;
}

const machine: StickParts = { volumes: findVolumes, mounts: findMounts, run: runProgram };

/**
 * Makes the FAT volume named BATTERY readable: where it is mounted already, or at `mountPoint`, which nobody but this
 * process's namespace sees. Only root can do that, and it is not written to; COPY LOG has a helper for its part
 * (src/io/stick/mount-helper.ts).
 *
 * @returns the folder, undefined when there is no such stick, and what unmounts it again
 * @throws UserError when there are two, it has no FAT, or it can't be mounted
 */
export async function mountStick(
  mountPoint: string,
  { volumes, mounts, run }: StickParts = machine,
): Promise<{ readonly folder: string; readonly unmount: () => Promise<void> } | undefined> {
  const stick = chosen(await volumes());
  if (stick === undefined) return undefined;
  const [mount] = await mounts(stick.device);
  if (mount !== undefined) return { folder: mount.folder, unmount: () => Promise.resolve() };
  mkdirSync(mountPoint, { recursive: true });
  const options = 'ro,nosuid,nodev,noexec';
  const mounted = await run('mount', ['-t', 'vfat', '-o', options, `/dev/${stick.name}`, mountPoint], {
    seconds: 30,
  });
  if (mounted.code !== 0)
    throw new UserError(`The stick ${stickLabel} can't be read (${complaint(mounted)}).`);
  return {
    folder: mountPoint,
    unmount: async () => {
      await run('umount', [mountPoint], { seconds: 30 });
    },
  };
}

function chosen(volumes: readonly Volume[]): Volume | undefined {
  if (!volumes.some(({ label }) => label.toUpperCase() === stickLabel)) return undefined;
  try {
    return chooseStick(volumes, 'read');
  } catch (error) {
    throw error instanceof StickError ? new UserError(copyText(error.report)) : error;
  }
}

/** The names of all `packdial-*.pdr` in a folder, sorted. Empty where it can't be read. */
export async function archiveNames(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => /^packdial-.{1,80}\.pdr$/i.test(name)).sort();
}

/** Reads the heads of all archives in a folder; one that can't be read counts as refused. */
export async function findArchives(folder: string, key: KeyObject): Promise<readonly FoundArchive[]> {
  const found: FoundArchive[] = [];
  for (const name of (await archiveNames(folder)).slice(-mostArchives)) {
    const path = join(folder, name);
    found.push({ path, name, reading: await readHead(path, key) });
  }
  return found;
}

async function readHead(path: string, key: KeyObject): Promise<FoundArchive['reading']> {
  try {
    const handle = await open(path, 'r');
    try {
      const head = Buffer.alloc(headBytes);
      const { bytesRead } = await handle.read(head, 0, head.length, 0);
      const reading = readReleaseHeader(head.subarray(0, bytesRead), key);
      return reading.is === 'incomplete' ? { is: 'refused', reason: 'ends before its head does' } : reading;
    } finally {
      await handle.close();
    }
  } catch (error) {
    return { is: 'refused', reason: `can't be read: ${failureWords(error)}` };
  }
}

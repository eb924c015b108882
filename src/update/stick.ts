import { mkdirSync } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeyObject } from 'node:crypto';
import * as v from 'valibot';
import { UserError } from '../user-error';
import { headBytes } from './receive-release';
import { readReleaseHeader, type HeaderReading } from './release-header';
import { complaint, runProgram, type RunProgram } from './run-program';

/** The name of the volume that releases are looked for on. */
export const stickLabel = 'BATTERY';
/** Archives that are looked at, at most: the head of each is read. */
const mostArchives = 50;

const lsblkSchema = v.object({
  blockdevices: v.array(
    v.object({
      path: v.string(),
      label: v.nullable(v.string()),
      fstype: v.nullable(v.string()),
      mountpoint: v.nullable(v.string()),
    }),
  ),
});

/** An archive in a folder, as its head says. */
export interface FoundArchive {
  readonly path: string;
  /** Its name for messages. */
  readonly name: string;
  readonly reading: Exclude<HeaderReading, { is: 'incomplete' }>;
}

/**
 * Makes the FAT volume labelled BATTERY readable: where it is mounted already, or at `mountPoint`, which nobody but this
 * process's namespace sees.
 *
 * @returns the folder, undefined when there is no such stick, and what unmounts it again
 * @throws UserError when there are two, it has no FAT, or it can't be mounted
 */
export async function mountStick(
  mountPoint: string,
  run: RunProgram = runProgram,
): Promise<{ readonly folder: string; readonly unmount: () => Promise<void> } | undefined> {
  // Flat, for a stick is a disk without partitions or one with.
  const ran = await run('lsblk', ['--json', '--list', '--output', 'PATH,LABEL,FSTYPE,MOUNTPOINT'], {
    seconds: 20,
  });
  const listed = ran.code === 0 ? v.safeParse(lsblkSchema, parseJson(ran.stdout)) : undefined;
  if (listed?.success !== true) return undefined;
  const sticks = listed.output.blockdevices.filter(({ label }) => label?.trim() === stickLabel);
  const [stick, another] = sticks;
  if (stick === undefined) return undefined;
  if (another !== undefined) {
    throw new UserError(
      `There are two sticks labelled ${stickLabel} (${stick.path}, ${another.path}): pull one out.`,
    );
  }
  if (stick.fstype !== 'vfat') {
    throw new UserError(
      `The stick ${stickLabel} has no FAT file system (${stick.fstype ?? 'none'}): format it with FAT32.`,
    );
  }
  if (stick.mountpoint !== null) return { folder: stick.mountpoint, unmount: () => Promise.resolve() };
  mkdirSync(mountPoint, { recursive: true });
  const mounted = await run('mount', ['-t', 'vfat', '-o', 'ro,nosuid,nodev,noexec', stick.path, mountPoint], {
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
    const { code } = error as NodeJS.ErrnoException;
    return { is: 'refused', reason: `can't be read (${code ?? String(error)})` };
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

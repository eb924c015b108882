import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import type { StickTrouble } from '../../model/stick-reports';
import { chooseStick, StickError } from './choose-stick';
import { askHelper, helperFolder } from './mount-helper';
import { findMounts } from './mounts';
import { stickTurn } from './stick-turn';
import { findVolumes, type Volume } from './volumes';

/** The stick named BATTERY, mounted and ready to be written. */
export interface Stick {
  readonly folder: string;
  /** Such as `FAT32`. */
  readonly version: string;
  /** Most bytes that a file on it may have. */
  readonly largestFile: number;
  /** False once it was pulled. */
  present(): Promise<boolean>;
  /**
   * Gives it back after all was written. Resolves with whether it was unmounted, and so may be pulled; it was not where
   * somebody else had mounted it. Never rejects.
   */
  release(): Promise<boolean>;
}

const gigabyte = 2 ** 30;

/**
 * Finds the stick named BATTERY and mounts it, unless it already is where it can be written. Whoever else in this program
 * wants it waits until it is released.
 *
 * @throws StickError (as a rejection) when there is none that can be used
 */
export async function openStick(): Promise<Stick> {
  return taken('write', (volume, { folder, release }) => ({
    folder,
    version: volume.version,
    largestFile: volume.version === 'FAT32' ? 4 * gigabyte - 1 : 2 * gigabyte - 1,
    present: async () => (await findVolumes()).some((each) => isSame(each, volume)),
    release,
  }));
}

/** The same only to read it, from a write-protected one too: it is mounted read-only. @throws StickError (as a rejection) */
export async function openStickToRead(): Promise<Pick<Stick, 'folder' | 'release'>> {
  return taken('read', (_, place) => place);
}

async function taken<T>(
  use: 'write' | 'read',
  make: (volume: Volume, place: Pick<Stick, 'folder' | 'release'>) => T,
): Promise<T> {
  const giveBack = await stickTurn();
  try {
    const volume = chooseStick(await findVolumes(), use);
    const own = join(helperFolder, 'volume');
    const [usable] = await usableFolders(volume, use);
    const folder = usable ?? (await mountAlone(volume, own, use));
    const ours = folder === own;
    const release = async (): Promise<boolean> => {
      const safe = ours && (await askHelper('unmount', volume.name)).is === 'done';
      giveBack();
      return safe;
    };
    return make(volume, { folder, release });
  } catch (error) {
    giveBack();
    throw error;
  }
}

async function mountAlone(volume: Volume, own: string, use: 'write' | 'read'): Promise<string> {
  const elsewhere = (await findMounts(volume.device)).filter((mount) => mount.folder !== own);
  const [other] = elsewhere;
  // Mounted twice, a volume keeps the owner that it had the first time.
  if (other !== undefined) throw new StickError(occupied(other.folder, other.readOnly));
  await mount(volume, own, use);
  return own;
}

async function mount(volume: Volume, own: string, use: 'write' | 'read'): Promise<void> {
  const answer = await askHelper(use === 'write' ? 'mount' : 'look', volume.name);
  if (answer.is === 'nobody') {
    throw new StickError({ code: 'stick-not-mounted', values: {} });
  }
  if (answer.is === 'silent') throw new StickError({ code: 'stick-mount-unanswered', values: {} });
  if (answer.is === 'failed') {
    throw new StickError({ code: 'stick-not-mountable', values: { reason: answer.reason } });
  }
  const mounted = (await findMounts(volume.device)).find(({ folder }) => folder === own);
  if (mounted !== undefined && (use === 'read' || !mounted.readOnly)) return;
  await askHelper('unmount', volume.name);
  throw new StickError(
    mounted === undefined
      ? { code: 'stick-mounted-out-of-sight', values: {} }
      : { code: 'stick-damaged', values: {} },
  );
}

/** The folders where the volume is mounted and this process may write, or read. */
async function usableFolders({ device }: Volume, use: 'write' | 'read'): Promise<string[]> {
  const rights = use === 'write' ? constants.W_OK : constants.R_OK;
  const folders: string[] = [];
  for (const { folder, readOnly } of await findMounts(device)) {
    if (readOnly && use === 'write') continue;
    const may = await access(folder, rights | constants.X_OK).then(
      () => true,
      () => false,
    );
    if (may) folders.push(folder);
  }
  return folders;
}

function occupied(folder: string, readOnly: boolean): StickTrouble {
  return { code: readOnly ? 'stick-mounted-read-only' : 'stick-in-use', values: { folder } };
}

function isSame(a: Volume, b: Volume): boolean {
  return a.name === b.name && a.device === b.device;
}

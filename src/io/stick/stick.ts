import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import { chooseStick, StickError, stickLabel } from './choose-stick';
import { askHelper, helperFolder } from './mount-helper';
import { findMounts } from './mounts';
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
 * Finds the stick named BATTERY and mounts it, unless it already is where it can be written.
 *
 * @throws StickError (as a rejection) with one sentence when there is none that can be used
 */
export async function openStick(): Promise<Stick> {
  const volume = chooseStick(await findVolumes());
  const own = join(helperFolder, 'volume');
  let [folder] = await writable(volume);
  let ours = folder === own;
  if (folder === undefined) {
    const elsewhere = (await findMounts(volume.device)).filter((mount) => mount.folder !== own);
    const [other] = elsewhere;
    // Mounted twice, a volume keeps the owner that it had the first time.
    if (other !== undefined) throw new StickError(occupied(other.folder, other.readOnly));
    await mount(volume, own);
    folder = own;
    ours = true;
  }
  return {
    folder,
    version: volume.version,
    largestFile: volume.version === 'FAT32' ? 4 * gigabyte - 1 : 2 * gigabyte - 1,
    present: async () => (await findVolumes()).some((each) => isSame(each, volume)),
    release: async () => ours && (await askHelper('unmount', volume.name)).is === 'done',
  };
}

async function mount(volume: Volume, own: string): Promise<void> {
  const answer = await askHelper('mount', volume.name);
  if (answer.is === 'nobody') {
    throw new StickError(
      `The stick ${stickLabel} is not mounted: mount it, or install packdial (sudo make install), which does.`,
    );
  }
  if (answer.is === 'failed') {
    throw new StickError(
      `The stick ${stickLabel} can't be mounted (${answer.reason}): check it on a PC or plug in another.`,
    );
  }
  const mounted = (await findMounts(volume.device)).find(({ folder }) => folder === own);
  if (mounted !== undefined && !mounted.readOnly) return;
  await askHelper('unmount', volume.name);
  throw new StickError(
    mounted === undefined
      ? `The stick ${stickLabel} was mounted where packdial can't see it: pull it and plug it in again.`
      : `The stick ${stickLabel} can only be read: its files are damaged, check it on a PC or plug in another.`,
  );
}

/** The folders where the volume is mounted and this process may write. */
async function writable({ device }: Volume): Promise<string[]> {
  const folders: string[] = [];
  for (const { folder, readOnly } of await findMounts(device)) {
    if (readOnly) continue;
    const may = await access(folder, constants.W_OK | constants.X_OK).then(
      () => true,
      () => false,
    );
    if (may) folders.push(folder);
  }
  return folders;
}

function occupied(folder: string, readOnly: boolean): string {
  return readOnly
    ? `The stick ${stickLabel} is mounted read-only at ${folder}: eject it there, pull it and plug it in again.`
    : `The stick ${stickLabel} is in use at ${folder}, where packdial may not write: eject it there and try again.`;
}

function isSame(a: Volume, b: Volume): boolean {
  return a.name === b.name && a.device === b.device;
}

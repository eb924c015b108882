import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** A file system on a disk or stick, or a stick without one. */
export interface Volume {
  /** As the kernel calls it, such as `sda1`. */
  readonly name: string;
  /** Major and minor number, such as `8:1`. */
  readonly device: string;
  /** Its name for people; empty without one. */
  readonly label: string;
  /** As udev calls it, such as `vfat` or `ext4`; empty where there is none. */
  readonly type: string;
  /** Such as `FAT16`; empty where the type has no versions. */
  readonly version: string;
  /** Plugged in, not built in. */
  readonly removable: boolean;
  /** Nothing can be written to it: a switch on the stick, or a reader that can't. */
  readonly readOnly: boolean;
}

/** Where the kernel and udev keep what they know; replaced in tests. */
export interface VolumeRoots {
  readonly sys: string;
  readonly udev: string;
}

const systemRoots: VolumeRoots = { sys: '/sys/class/block', udev: '/run/udev/data' };

/** All volumes that are there now, in the order of their names. Never rejects: one that vanishes meanwhile is left out. */
export async function findVolumes(roots: VolumeRoots = systemRoots): Promise<Volume[]> {
  const names = await readdir(roots.sys).catch(() => []);
  const found = await Promise.all(names.sort().map((name) => look(roots, name, names)));
  const volumes = found.filter((each) => each !== undefined);
  return volumes.filter((each) => !volumes.some((disk) => isSameAs(disk, each))).map(({ volume }) => volume);
}

/**
 * A disk that is formatted as a whole may have a partition table all the same, with a partition that begins where the disk does:
 * mkfs.fat makes one since 4.2, for systems that know no disks without. That is one file system, and the disk stands for it.
 */
function isSameAs(disk: Found, partition: Found): boolean {
  const [whole, part] = [disk.volume.name, partition.volume.name];
  const rest = part.startsWith(whole) ? part.slice(whole.length) : '';
  if (!/^p?\d+$/.test(rest)) return false;
  // Older sticks have no serial number: where the partition begins says it as well.
  return partition.start === '0' || (disk.serial !== '' && disk.serial === partition.serial);
}

/** A volume, and what tells its file system from all others. */
interface Found {
  readonly volume: Volume;
  readonly serial: string;
  /** The first sector of a partition on its disk; empty for a disk. */
  readonly start: string;
}

async function look(
  { sys, udev }: VolumeRoots,
  name: string,
  all: readonly string[],
): Promise<Found | undefined> {
  const read = async (file: string): Promise<string> =>
    (await readFile(join(sys, name, file), 'utf8').catch(() => '')).trim();
  const files = ['dev', 'size', 'ro', 'removable', 'start'];
  const [device, size, readOnly, removable, start = ''] = await Promise.all(files.map(read));
  // A card reader without a card has no size; loop and RAM disks are no sticks.
  if (device === undefined || device === '' || size === '0' || /^(loop|z?ram|dm-|sr)\d/.test(name)) return;
  const properties = parseUdev(await readFile(join(udev, `b${device}`), 'latin1').catch(() => ''));
  const property = (key: string): string => properties.get(key) ?? '';
  const hasFiles = property('ID_FS_USAGE') === 'filesystem';
  // An adapter for SATA disks makes its bus that of the disk.
  const usb = property('ID_BUS') === 'usb' || property('ID_USB_DRIVER') !== '';
  const plugged = usb || removable === '1';
  const parted = all.some((other) => other !== name && other.startsWith(name));
  if (!hasFiles && (!plugged || parted || property('DEVTYPE') === 'partition')) return;
  const volume: Volume = {
    name,
    device,
    label: unescape(property('ID_FS_LABEL_ENC') || property('ID_FS_LABEL')),
    type: hasFiles ? property('ID_FS_TYPE') : '',
    version: property('ID_FS_VERSION'),
    removable: plugged,
    readOnly: readOnly === '1',
  };
  return { volume, serial: property('ID_FS_UUID_ENC') || property('ID_FS_UUID'), start };
}

/** The properties in an entry of udev's database: lines such as `E:ID_FS_TYPE=vfat`. */
function parseUdev(text: string): ReadonlyMap<string, string> {
  const properties = new Map<string, string>();
  for (const [, key = '', value = ''] of text.matchAll(/^E:(\w+)=(.*)$/gm)) properties.set(key, value);
  return properties;
}

/** udev writes what could confuse a shell as `\x20`. */
function unescape(text: string): string {
  const bytes = text.replaceAll(/\\x([0-9a-f]{2})/gi, (_, digits: string) =>
    String.fromCharCode(parseInt(digits, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8').trim();
}

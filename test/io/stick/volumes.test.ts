import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findVolumes } from '../../../src/io/stick/volumes';
import { temporaryFolder } from '../../temporary-folder';

const folder = temporaryFolder();

let next = 0;
/** A /sys/class/block and a database of udev with these disks. */
function machine(disks: Readonly<Record<string, { files?: Record<string, string>; udev?: string[] }>>): {
  sys: string;
  udev: string;
} {
  const roots = { sys: join(folder, `${next}/sys`), udev: join(folder, `${next++}/udev`) };
  mkdirSync(roots.udev, { recursive: true });
  for (const [i, [name, { files = {}, udev }]] of Object.entries(disks).entries()) {
    mkdirSync(join(roots.sys, name), { recursive: true });
    const all = { dev: `8:${i}`, size: '131072', ro: '0', removable: '0', ...files };
    for (const [file, text] of Object.entries(all)) writeFileSync(join(roots.sys, name, file), `${text}\n`);
    const lines = ['S:disk/by-id/x', 'I:1234', ...(udev ?? []).map((line) => `E:${line}`), 'G:systemd', ''];
    if (udev !== undefined) writeFileSync(join(roots.udev, `b8:${i}`), lines.join('\n'));
  }
  return roots;
}
const fat = (label: string): string[] => [
  'ID_BUS=usb',
  'ID_FS_USAGE=filesystem',
  'ID_FS_TYPE=vfat',
  'ID_FS_VERSION=FAT16',
  `ID_FS_LABEL=${label}`,
  `ID_FS_LABEL_ENC=${label}`,
];

test('a stick that is formatted as a whole, and one with a partition, are one volume each', async () => {
  const found = await findVolumes(
    machine({
      sda: { udev: fat('BATTERY') },
      sdb: { udev: ['ID_BUS=usb', 'ID_PART_TABLE_TYPE=dos'], files: { removable: '1' } },
      sdb1: { udev: [...fat('FOTOS'), 'DEVTYPE=partition'], files: { ro: '1' } },
    }),
  );
  expect(found).toEqual([
    {
      name: 'sda',
      device: '8:0',
      label: 'BATTERY',
      type: 'vfat',
      version: 'FAT16',
      removable: true,
      readOnly: false,
    },
    expect.objectContaining({ name: 'sdb1', device: '8:2', label: 'FOTOS', readOnly: true }),
  ]);
});

// dosfstools#161: mkfs.fat 4.2 puts a partition table on a disk that it formats as a whole.
test('a file system that the disk and its only partition both show counts once', async () => {
  const whole = [...fat('BATTERY'), 'ID_FS_UUID=1234-ABCD', 'ID_FS_UUID_ENC=1234-ABCD'];
  const names = async (disks: Parameters<typeof machine>[0]): Promise<string[]> =>
    (await findVolumes(machine(disks))).map(({ name }) => name);
  const part = [...whole, 'DEVTYPE=partition'];
  expect(await names({ sda: { udev: whole }, sda1: { udev: part } })).toEqual(['sda']);
  expect(await names({ mmcblk0: { udev: whole }, mmcblk0p1: { udev: part } })).toEqual(['mmcblk0']);
  // A copy of it on another stick, and another file system on the same.
  expect(await names({ sda: { udev: whole }, sda1: { udev: part }, sdb: { udev: whole } })).toEqual([
    'sda',
    'sdb',
  ]);
  const second = [...fat('BATTERY'), 'DEVTYPE=partition', 'ID_FS_UUID=5678-ABCD'];
  expect(await names({ sda: { udev: whole }, sda1: { udev: part }, sda2: { udev: second } })).toEqual([
    'sda',
    'sda2',
  ]);
});

test('where it has no serial number, a partition that begins where its disk does is the same all the same', async () => {
  const whole = fat('BATTERY');
  const part = (start: string) => ({ udev: [...whole, 'DEVTYPE=partition'], files: { start } });
  const names = async (disks: Parameters<typeof machine>[0]): Promise<string[]> =>
    (await findVolumes(machine(disks))).map(({ name }) => name);
  expect(await names({ sda: { udev: whole }, sda1: part('0') })).toEqual(['sda']);
  expect(await names({ sda: { udev: whole }, sda1: part('2048') })).toEqual(['sda', 'sda1']);
  // Where udev sees no file system on the disk, its partition is the stick.
  const parted = { udev: ['ID_BUS=usb', 'ID_PART_TABLE_TYPE=dos'], files: { removable: '1' } };
  expect(await names({ sda: parted, sda1: part('0') })).toEqual(['sda1']);
});

test('what is behind a USB adapter for SATA is plugged in', async () => {
  const udev = ['ID_BUS=ata', 'ID_USB_DRIVER=uas', 'ID_FS_USAGE=filesystem', 'ID_FS_TYPE=ext4'];
  expect(await findVolumes(machine({ sda1: { udev } }))).toMatchObject([{ removable: true }]);
});

test('names with spaces and other letters are those that people see', async () => {
  const [volume] = await findVolumes(machine({ sda: { udev: fat(String.raw`MY\x20B\xc3\xa4R`) } }));
  expect(volume?.label).toBe('MY BäR');
});

test('a stick without a file system is there; empty card readers, loops and half-known disks are not', async () => {
  const found = await findVolumes(
    machine({
      loop0: { udev: ['ID_FS_USAGE=filesystem', 'ID_FS_TYPE=squashfs'] },
      mmcblk0: { udev: ['ID_PART_TABLE_TYPE=dos'] },
      sda: { udev: ['ID_BUS=usb'], files: { size: '0', removable: '1' } },
      sdb: { udev: ['ID_BUS=usb'] },
      sdc: { files: { dev: '' } },
    }),
  );
  expect(found.map(({ name, type, label }) => [name, type, label])).toEqual([['sdb', '', '']]);
});

test('where there is no /sys there is no stick', async () => {
  expect(await findVolumes({ sys: join(folder, 'none'), udev: join(folder, 'none') })).toEqual([]);
});

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Volume } from '../../src/io/stick/volumes';
import type { RunProgram } from '../../src/update/run-program';
import { mountStick, type StickParts } from '../../src/update/stick';
import { folderOfEachTest } from '../temporary-folder';
import { refusal } from './trial-machine';

const folder = folderOfEachTest();

/** A machine with these sticks, and what was run on it. */
function machine(volumes: readonly Partial<Volume>[], { mountFails = '', mountedAt = '' } = {}) {
  const ran: string[] = [];
  const asked: string[] = [];
  const run: RunProgram = (program, args) => {
    ran.push([program, ...args].join(' '));
    const failed = program === 'mount' && mountFails !== '';
    return Promise.resolve({ code: failed ? 32 : 0, stdout: '', stderr: failed ? mountFails : '' });
  };
  const usual = {
    device: '8:17',
    label: '',
    type: 'vfat',
    version: 'FAT32',
    removable: true,
    readOnly: false,
  };
  const parts: StickParts = {
    volumes: () => Promise.resolve(volumes.map((volume) => ({ name: 'sdb1', ...usual, ...volume }))),
    mounts: (device) => {
      asked.push(device);
      return Promise.resolve(mountedAt === '' ? [] : [{ folder: mountedAt, readOnly: false }]);
    },
    run,
  };
  return { parts, ran, asked };
}

const disk = { name: 'mmcblk0p2', label: 'rootfs', type: 'ext4', removable: false };
const mountPoint = (): string => join(folder(), 'stick');

test('the stick is found by its name, mounted to be read only, and unmounted', async () => {
  const { parts, ran, asked } = machine([disk, { label: 'BATTERY' }]);
  const stick = await mountStick(mountPoint(), parts);
  expect(stick?.folder).toBe(mountPoint());
  expect(existsSync(mountPoint())).toBe(true);
  await stick?.unmount();
  expect(ran).toEqual([
    `mount -t vfat -o ro,nosuid,nodev,noexec /dev/sdb1 ${mountPoint()}`,
    `umount ${mountPoint()}`,
  ]);
  expect(asked).toEqual(['8:17']);
});

test('one that is mounted already is read there, and left so', async () => {
  const { parts, ran } = machine([{ label: 'BATTERY' }], { mountedAt: '/run/packdial-stick/volume' });
  const stick = await mountStick(mountPoint(), parts);
  expect(stick?.folder).toBe('/run/packdial-stick/volume');
  await stick?.unmount();
  expect(ran).toEqual([]);
});

test('it need not be writable: nothing is written to it', async () => {
  const { parts } = machine([{ label: 'Battery', readOnly: true }]);
  expect((await mountStick(mountPoint(), parts))?.folder).toBe(mountPoint());
});

test('other sticks do not count', async () => {
  const { parts } = machine([disk, { label: 'HOLIDAYS' }, { name: 'sdc' }]);
  expect(await mountStick(mountPoint(), parts)).toBeUndefined();
  expect(await mountStick(mountPoint(), machine([]).parts)).toBeUndefined();
});

test.each<[string, readonly Partial<Volume>[], string, RegExp]>([
  [
    'two with the name',
    [{ label: 'BATTERY' }, { name: 'sdc1', label: 'BATTERY' }],
    '',
    /^Two sticks named BATTERY are plugged in: leave only one\.$/,
  ],
  [
    'one without FAT',
    [{ label: 'BATTERY', type: 'ntfs' }],
    '',
    /^The stick BATTERY is formatted as NTFS: it must be FAT/,
  ],
  [
    'one that is broken',
    [{ label: 'BATTERY' }],
    "mount: can't read superblock",
    /^The stick BATTERY can't be read \(mount: can't read superblock\)\.$/,
  ],
])('%s is refused in a sentence', async (_, volumes, mountFails, sentence) => {
  const { parts } = machine(volumes, { mountFails });
  expect(await refusal(mountStick(mountPoint(), parts))).toMatch(sentence);
});

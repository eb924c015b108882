import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { RunProgram } from '../../src/update/run-program';
import { mountStick } from '../../src/update/stick';
import { temporaryFolder } from '../io/outputs/temporary-framebuffer';
import { refusal } from './trial-machine';

const folder = temporaryFolder();

interface Device {
  readonly path: string;
  readonly label: string | null;
  readonly fstype?: string | null;
  readonly mountpoint?: string | null;
}

/** A machine with these block devices, and what was run on it. */
function machine(devices: readonly Device[], mountFails = ''): { run: RunProgram; ran: string[] } {
  const ran: string[] = [];
  const run: RunProgram = (program, args) => {
    if (program !== 'lsblk') ran.push([program, ...args].join(' '));
    const blockdevices = devices.map((device) => ({ fstype: 'vfat', mountpoint: null, ...device }));
    const failed = program === 'mount' && mountFails !== '';
    return Promise.resolve({
      code: failed ? 32 : 0,
      stdout: program === 'lsblk' ? JSON.stringify({ blockdevices }) : '',
      stderr: failed ? mountFails : '',
    });
  };
  return { run, ran };
}

const disk = { path: '/dev/mmcblk0p2', label: 'rootfs', fstype: 'ext4', mountpoint: '/' };
const mountPoint = (): string => join(folder(), 'stick');

test('the stick is found by its label, mounted to be read only, and unmounted', async () => {
  const { run, ran } = machine([disk, { path: '/dev/sdb1', label: 'BATTERY' }]);
  const stick = await mountStick(mountPoint(), run);
  expect(stick?.folder).toBe(mountPoint());
  expect(existsSync(mountPoint())).toBe(true);
  await stick?.unmount();
  expect(ran).toEqual([
    `mount -t vfat -o ro,nosuid,nodev,noexec /dev/sdb1 ${mountPoint()}`,
    `umount ${mountPoint()}`,
  ]);
});

test('one that is mounted already is read there, and left so', async () => {
  const { run, ran } = machine([
    { path: '/dev/sda', label: 'BATTERY', mountpoint: '/run/packdial-stick/sda' },
  ]);
  const stick = await mountStick(mountPoint(), run);
  expect(stick?.folder).toBe('/run/packdial-stick/sda');
  await stick?.unmount();
  expect(ran).toEqual([]);
});

test('other sticks do not count', async () => {
  const { run } = machine([
    disk,
    { path: '/dev/sda1', label: 'HOLIDAYS' },
    { path: '/dev/sdb', label: null },
  ]);
  expect(await mountStick(mountPoint(), run)).toBeUndefined();
});

test.each<[string, readonly Device[], string, RegExp]>([
  [
    'two with the name',
    [
      { path: '/dev/sda1', label: 'BATTERY' },
      { path: '/dev/sdb1', label: 'BATTERY' },
    ],
    '',
    /^There are two sticks labelled BATTERY \(\/dev\/sda1, \/dev\/sdb1\): pull one out\.$/,
  ],
  [
    'one without FAT',
    [{ path: '/dev/sda1', label: 'BATTERY', fstype: 'ntfs' }],
    '',
    /^The stick BATTERY has no FAT file system \(ntfs\)/,
  ],
  [
    'one that is broken',
    [{ path: '/dev/sda1', label: 'BATTERY' }],
    "mount: can't read superblock",
    /^The stick BATTERY can't be read \(mount: can't read superblock\)\.$/,
  ],
])('%s is refused in a sentence', async (_, devices, mountFails, sentence) => {
  const { run } = machine(devices, mountFails);
  expect(await refusal(mountStick(mountPoint(), run))).toMatch(sentence);
});

test('where lsblk is not there or says nonsense there is no stick', async () => {
  const nonsense: RunProgram = () => Promise.resolve({ code: 0, stdout: 'nonsense', stderr: '' });
  const missing: RunProgram = () => Promise.resolve({ code: -1, stdout: '', stderr: 'lsblk is not there' });
  expect(await mountStick(mountPoint(), nonsense)).toBeUndefined();
  expect(await mountStick(mountPoint(), missing)).toBeUndefined();
});

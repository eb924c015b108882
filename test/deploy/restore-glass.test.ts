import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Backlight } from '../../src/io/outputs/backlight';
import { makeBacklight, valueOf } from '../io/outputs/fake-backlight';
import { folderOfEachTest } from '../temporary-folder';

const folder = folderOfEachTest();
const script = resolve(__dirname, '../../deploy/restore-glass');

function restore(environment: Readonly<Record<string, string>>): number | null {
  const { status, stderr } = spawnSync(script, { env: { PATH: process.env['PATH'] ?? '', ...environment } });
  expect(stderr.toString()).toBe('');
  return status;
}

function machine(): { root: string; runtime: string; record: string; device: string } {
  const [root, runtime] = [join(folder(), 'sys'), join(folder(), 'run')];
  mkdirSync(runtime);
  const device = makeBacklight(join(root, 'class/backlight'), 'rpi', { brightness: 90 });
  return { root, runtime, record: join(runtime, 'glass'), device };
}

test('what a killed display has left dark is lit again, and the record is gone', () => {
  const { root, runtime, record, device } = machine();
  const backlight = Backlight.open({ device, record });
  expect((backlight as Backlight).show(0)).toBe(true);
  writeFileSync(join(device, 'brightness'), '3\n');
  expect(restore({ RUNTIME_DIRECTORY: `${runtime}:/run/other`, GLASS_ROOT: root })).toBe(0);
  expect([valueOf(device, 'brightness'), valueOf(device, 'bl_power')]).toEqual([90, 0]);
  expect(existsSync(record)).toBe(false);
});

test('only whole numbers go to files of backlights and devices that are there', () => {
  const { root, runtime, record, device } = machine();
  const other = join(folder(), 'other');
  writeFileSync(other, 'mine');
  mkdirSync(join(root, 'devices'));
  writeFileSync(join(root, 'devices', 'brightness'), '1\n');
  const lines = [
    `${other} 1`,
    `${root}/class/backlight/../../../other 1`,
    `${device}/missing 1`,
    `${device}/brightness $(id)`,
    `${device}/brightness 5;6`,
    `${device}/brightness`,
    '',
    `${root}/devices/brightness 77`,
    'nonsense',
  ];
  writeFileSync(record, `${lines.join('\n')}\n`);
  expect(restore({ RUNTIME_DIRECTORY: runtime, GLASS_ROOT: root })).toBe(0);
  expect([readFileSync(other, 'utf8'), valueOf(device, 'brightness')]).toEqual(['mine', 90]);
  expect(existsSync(join(device, 'missing'))).toBe(false);
  expect(readFileSync(join(root, 'devices', 'brightness'), 'utf8')).toBe('77\n');
});

test('with nothing to restore it does nothing, in order', () => {
  const { runtime } = machine();
  expect(restore({ RUNTIME_DIRECTORY: runtime })).toBe(0);
  expect(restore({})).toBe(0);
});

test('outside of /sys it writes nothing, unless it is told another place', () => {
  const { runtime, record, device } = machine();
  writeFileSync(record, `${device}/brightness 5\n`);
  restore({ RUNTIME_DIRECTORY: runtime });
  expect(valueOf(device, 'brightness')).toBe(90);
});

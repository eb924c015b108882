import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Backlight } from '../../../src/io/outputs/backlight';
import { glassRecordPath } from '../../../src/io/outputs/glass-record';
import { folderOfEachTest } from '../../temporary-folder';
import { makeBacklight, valueOf } from './fake-backlight';

const folder = folderOfEachTest();

function open(device: string, record?: string): Backlight {
  const opened = Backlight.open({ device, record });
  if (typeof opened === 'string') throw new Error(opened);
  return opened;
}

test('brightness is a part of the most, and never less than can be read', () => {
  const device = makeBacklight(folder(), 'rpi');
  const backlight = open(device);
  for (const [percent, value] of [
    [100, 255],
    [30, 77],
    [5, 13],
    [0.1, 13],
  ] as const) {
    expect(backlight.show(percent)).toBe(true);
    expect([valueOf(device, 'brightness'), valueOf(device, 'bl_power')]).toEqual([value, 0]);
  }
});

test('of few steps the lowest is one, not none', () => {
  const device = makeBacklight(folder(), 'coarse', { max: 7, brightness: 7 });
  const backlight = open(device);
  backlight.show(5);
  expect([valueOf(device, 'brightness'), backlight.switchOnly]).toEqual([1, false]);
  expect(open(makeBacklight(folder(), 'gpio', { max: 1, brightness: 1 })).switchOnly).toBe(true);
});

test('off is power down, and without that no brightness', () => {
  const device = makeBacklight(folder(), 'rpi');
  const backlight = open(device);
  backlight.show(0);
  expect([valueOf(device, 'brightness'), valueOf(device, 'bl_power')]).toEqual([200, 4]);
  backlight.show(100);
  expect([valueOf(device, 'brightness'), valueOf(device, 'bl_power')]).toEqual([255, 0]);
  const plain = makeBacklight(folder(), 'plain', { power: undefined });
  const other = open(plain);
  other.show(0);
  expect(valueOf(plain, 'brightness')).toBe(0);
  other.show(50);
  expect(valueOf(plain, 'brightness')).toBe(128);
  rmSync(join(device, 'bl_power'));
  expect(backlight.show(0)).toBe(true);
  expect(valueOf(device, 'brightness')).toBe(0);
});

test('what others have written does not stay, neither while it is shown nor at the end', () => {
  const device = makeBacklight(folder(), 'rpi', { brightness: 90 });
  const backlight = open(device);
  backlight.show(60);
  writeFileSync(join(device, 'brightness'), '200\n');
  writeFileSync(join(device, 'bl_power'), '4\n');
  backlight.show(60);
  expect([valueOf(device, 'brightness'), valueOf(device, 'bl_power')]).toEqual([153, 0]);
  backlight.show(90 / 2.55);
  writeFileSync(join(device, 'brightness'), '200\n');
  backlight.close();
  expect(valueOf(device, 'brightness')).toBe(90);
});

test('closing puts back what was found, once', () => {
  const device = makeBacklight(folder(), 'rpi', { brightness: 90 });
  const backlight = open(device);
  backlight.show(0);
  backlight.close();
  expect([valueOf(device, 'brightness'), valueOf(device, 'bl_power')]).toEqual([90, 0]);
  writeFileSync(join(device, 'brightness'), '50\n');
  backlight.close();
  backlight.show(100);
  expect(valueOf(device, 'brightness')).toBe(50);
});

test.each([
  ['without brightness', { brightness: 0 }, [255, 0]],
  ['powered down', { brightness: 60, power: 4 }, [255, 0]],
  ['without brightness or power', { brightness: 0, power: undefined }, [255, undefined]],
])('found dark (%s), it is left lit', (_, files, [brightness, power]) => {
  const device = makeBacklight(folder(), 'rpi', files);
  const backlight = open(device);
  backlight.show(40);
  expect(power === undefined ? undefined : valueOf(device, 'bl_power')).toBe(power);
  backlight.close();
  expect(valueOf(device, 'brightness')).toBe(brightness);
});

test('the first in the folder that works is taken, and opening changes nothing', () => {
  mkdirSync(join(folder(), 'a-empty'));
  const device = makeBacklight(folder(), 'b-works', { brightness: 33 });
  makeBacklight(folder(), 'c-other');
  const opened = Backlight.open({ device: '', folder: folder() });
  expect(opened).toBeInstanceOf(Backlight);
  expect([(opened as Backlight).name, valueOf(device, 'brightness')]).toEqual(['b-works', 33]);
});

test('what is no backlight is said to be none, and never thrown', () => {
  const path = folder();
  expect(Backlight.open({ device: '', folder: join(path, 'missing') })).toBe('');
  expect(Backlight.open({ device: join(path, 'missing') })).toBe(`${path}/missing refuses: it is missing`);
  const odd = makeBacklight(path, 'odd');
  writeFileSync(join(odd, 'max_brightness'), 'much\n');
  expect(Backlight.open({ device: odd })).toContain('"much"');
  expect(Backlight.open({ device: makeBacklight(path, 'none', { max: 0 }) })).toContain('no brightness');
  // A folder where a file should be refuses every write, also of root.
  const locked = makeBacklight(path, 'locked');
  rmSync(join(locked, 'brightness'));
  mkdirSync(join(locked, 'brightness'));
  expect(Backlight.open({ device: locked })).toContain('it is a folder');
});

test('a backlight that vanishes is told by false, and no file is made in its place', () => {
  const device = makeBacklight(folder(), 'rpi');
  const backlight = open(device);
  rmSync(device, { recursive: true });
  expect([backlight.show(50), backlight.show(0)]).toEqual([false, false]);
  mkdirSync(device);
  backlight.close();
  expect(existsSync(join(device, 'brightness'))).toBe(false);
});

describe('the record for whoever restores after a kill', () => {
  test('is there before anything changes, and gone after an end in order', () => {
    const device = makeBacklight(folder(), 'rpi', { brightness: 90 });
    const record = join(folder(), 'glass');
    const backlight = open(device, record);
    expect(readFileSync(record, 'utf8')).toBe(`${device}/brightness 90\n${device}/bl_power 0\n`);
    backlight.show(0);
    backlight.close();
    expect(existsSync(record)).toBe(false);
  });

  test('of a run that was killed is believed more than what that run has left', () => {
    const device = makeBacklight(folder(), 'rpi', { brightness: 90 });
    const record = join(folder(), 'glass');
    open(device, record).show(10);
    const next = open(device, record);
    expect(valueOf(device, 'brightness')).toBe(26);
    next.close();
    expect(valueOf(device, 'brightness')).toBe(90);
  });

  test('of a backlight that refuses is not left behind', () => {
    const device = makeBacklight(folder(), 'rpi');
    // A number that can be read but not written, not even by root.
    rmSync(join(device, 'brightness'));
    symlinkSync('/proc/sys/kernel/ngroups_max', join(device, 'brightness'));
    const record = join(folder(), 'glass');
    expect(Backlight.open({ device, record })).toMatch(
      / refuses: (this user may not|the disk is read-only)$/,
    );
    expect(existsSync(record)).toBe(false);
  });

  test('that can not be written does not keep the backlight from working', () => {
    const device = makeBacklight(folder(), 'rpi');
    const backlight = open(device, join(folder(), 'missing', 'glass'));
    backlight.show(100);
    backlight.close();
    expect(valueOf(device, 'brightness')).toBe(200);
  });

  test('lies in the folder that systemd has made', () => {
    expect(glassRecordPath({ RUNTIME_DIRECTORY: '/run/packdial' })).toBe('/run/packdial/glass');
    expect(glassRecordPath({ RUNTIME_DIRECTORY: '/run/packdial:/run/other' })).toBe('/run/packdial/glass');
    expect([glassRecordPath({}), glassRecordPath({ RUNTIME_DIRECTORY: 'run' })]).toEqual([
      undefined,
      undefined,
    ]);
  });
});

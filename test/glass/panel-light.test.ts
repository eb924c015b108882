import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { PanelLight } from '../../src/glass/panel-light';
import { makeBacklight, valueOf } from '../io/outputs/fake-backlight';
import { folderOfEachTest } from '../temporary-folder';

const folder = folderOfEachTest();

function setUp(): { light: PanelLight; pixels: number[]; said: string[] } {
  const [pixels, said]: [number[], string[]] = [[], []];
  const light = new PanelLight(
    { dimTo: (percent) => percent !== pixels.at(-1) && pixels.push(percent) },
    { device: '', folder: folder() },
    (text) => said.push(text),
  );
  return { light, pixels, said };
}

test('with a backlight the pixels are left alone, but black while it is off', () => {
  const device = makeBacklight(folder(), 'rpi_backlight');
  const { light, pixels, said } = setUp();
  for (const percent of [100, 30, 0, 30]) light.show(percent);
  expect([pixels, said]).toEqual([[100, 0, 100], ['Backlight rpi_backlight']]);
  expect([valueOf(device, 'brightness'), valueOf(device, 'bl_power')]).toEqual([77, 0]);
  light.close();
  expect(valueOf(device, 'brightness')).toBe(200);
});

test('without one the picture itself is dimmed, which is said once', () => {
  const { light, pixels, said } = setUp();
  for (const percent of [100, 30, 0, 30]) light.show(percent);
  expect([pixels, said]).toEqual([[100, 30, 0, 30], ['No backlight: the picture itself is dimmed']]);
  light.close();
});

test('one that comes later is taken when the same brightness is shown again', () => {
  const { light, pixels, said } = setUp();
  light.show(60);
  const device = makeBacklight(folder(), 'late');
  light.show(60);
  expect([pixels, valueOf(device, 'brightness')]).toEqual([[60, 100], 153]);
  expect(said).toEqual(['No backlight: the picture itself is dimmed', 'Backlight late']);
});

test('one that only switches is switched, and the picture dimmed', () => {
  const device = makeBacklight(folder(), 'gpio', { max: 1, brightness: 1 });
  const { light, pixels, said } = setUp();
  light.show(30);
  light.show(0);
  expect([pixels, said]).toEqual([[30, 0], ['Backlight gpio has no steps: the picture itself is dimmed']]);
  expect(valueOf(device, 'bl_power')).toBe(4);
});

test('one that vanishes gives way to the picture with one line, and is taken again when it is back', () => {
  const device = makeBacklight(folder(), 'rpi');
  const { light, pixels, said } = setUp();
  light.show(50);
  rmSync(device, { recursive: true });
  for (const percent of [40, 30, 20]) light.show(percent);
  makeBacklight(folder(), 'rpi', { brightness: 9 });
  light.show(60);
  expect(pixels).toEqual([100, 40, 30, 20, 100]);
  expect(said).toEqual([
    'Backlight rpi',
    'Backlight rpi refuses: the picture itself is dimmed',
    'Backlight rpi',
  ]);
  expect(valueOf(device, 'brightness')).toBe(153);
});

test('closed, it shows nothing more', () => {
  const device = makeBacklight(folder(), 'rpi');
  const { light, pixels } = setUp();
  light.close();
  light.show(10);
  expect([pixels, valueOf(join(device), 'brightness')]).toEqual([[], 200]);
});

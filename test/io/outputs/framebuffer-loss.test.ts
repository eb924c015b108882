import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { openFramebuffer } from '../../../src/io/outputs/framebuffer-device';
import { fileGeometry } from '../../../src/io/outputs/framebuffer-geometry';
import { FramebufferOutput } from '../../../src/io/outputs/framebuffer-output';
import type { Timers } from '../../../src/io/timers';
import { folderOfEachTest } from '../../temporary-folder';
import { colours, expectedPixels, makeFramebuffer, noise, visiblePixels } from './temporary-framebuffer';

const folder = folderOfEachTest();
const geometry = fileGeometry(20, 10);

/** A framebuffer that can vanish: `fault` is the errno of writing, `missing` fails opening. */
function fragile() {
  const path = join(folder(), 'fb');
  makeFramebuffer(path, geometry);
  const waits: number[] = [];
  const told: string[] = [];
  const state = { fault: '', missing: false, width: 20, next: (): void => undefined, cancelled: 0 };
  const timers: Timers = {
    after: (ms, callback) => {
      waits.push(ms);
      state.next = callback;
      return () => {
        state.cancelled++;
      };
    },
  };
  const output = FramebufferOutput.open({
    path,
    rotate: 0,
    geometry,
    timers,
    onOtherSize: (width, height) => told.push(`${width}x${height}`),
    onError: (error) => told.push(error.message),
    onRecovered: () => told.push('recovered'),
    open: (name, fileShape) => {
      if (state.missing) throw new Error('ENOENT');
      const device = openFramebuffer(name, fileShape);
      return { ...device, geometry: { ...device.geometry, width: state.width } };
    },
    write: ((...args: Parameters<typeof writeSync>) => {
      if (state.fault !== '') throw new Error(state.fault);
      return writeSync(...args);
    }) as typeof writeSync,
  });
  return { path, output, state, waits, told };
}

test('a device that vanishes is reported once and opened again with a growing delay', () => {
  const { path, output, state, waits, told } = fragile();
  const picture = noise(20, 10);
  expect(output.reached).toBe(false);
  output.present(picture, []);
  expect(output.reached).toBe(true);
  state.fault = 'ENODEV';
  state.missing = true;
  output.present(picture, [{ x: 0, y: 0, width: 5, height: 5 }]);
  output.present(picture, [{ x: 0, y: 0, width: 5, height: 5 }]);
  expect(told).toEqual(['ENODEV']);
  expect([output.geometry, output.reached]).toEqual([undefined, false]);
  for (let i = 0; i < 4; i++) state.next();
  state.missing = false;
  state.next();
  expect(waits).toEqual([1000, 1000, 2000, 2000, 3000, 3000]);
  expect(told).toEqual(['ENODEV']);

  makeFramebuffer(path, geometry);
  state.fault = '';
  state.next();
  expect([told, output.reached]).toEqual([['ENODEV', 'recovered'], true]);
  expect(colours(visiblePixels(path, geometry), geometry)).toEqual(expectedPixels(picture, geometry, 0));

  state.fault = 'EIO';
  output.present(picture, [{ x: 0, y: 0, width: 5, height: 5 }]);
  expect(told).toEqual(['ENODEV', 'recovered', 'EIO']);
  expect(waits.at(-1)).toBe(1000);
  output.close();
});

test('a panel of another size is told of and not drawn on', () => {
  const { output, state, told } = fragile();
  const picture = noise(20, 10);
  state.fault = 'EIO';
  output.present(picture, []);
  state.fault = '';
  state.width = 10;
  state.next();
  expect(told).toEqual(['EIO', '10x10']);
  state.width = 20;
  state.next();
  expect(told).toEqual(['EIO', '10x10', 'recovered']);
  output.close();
});

test('closing while it is gone ends the tries, and leaves no file open', () => {
  const probe = openSync('/dev/null', 'r');
  closeSync(probe);
  const { output, state } = fragile();
  state.fault = 'EIO';
  output.present(noise(20, 10), []);
  output.close();
  expect(state.cancelled).toBe(1);
  const after = openSync('/dev/null', 'r');
  closeSync(after);
  expect(after).toBe(probe);
});

test('hidden, nothing is written and nobody is alarmed; shown again, the whole picture is there', () => {
  const { path, output, state, waits, told } = fragile();
  output.present(noise(20, 10), []);
  output.hide();
  makeFramebuffer(path, geometry);
  const login = visiblePixels(path, geometry);
  const picture = noise(20, 10);
  output.present(picture, [{ x: 0, y: 0, width: 5, height: 5 }]);
  output.dimTo(50);
  output.dimTo(100);
  expect(visiblePixels(path, geometry)).toEqual(login);
  expect(output.reached).toBeUndefined();
  output.show();
  expect(colours(visiblePixels(path, geometry), geometry)).toEqual(expectedPixels(picture, geometry, 0));
  expect([output.reached, told, waits]).toEqual([true, [], []]);

  // Gone while it was hidden.
  output.hide();
  state.missing = true;
  output.show();
  expect([output.reached, waits]).toEqual([false, [1000]]);
  state.missing = false;
  state.next();
  expect(output.reached).toBe(true);
  output.close();
});

test('hidden while it is lost, it is not opened until it is shown', () => {
  const { output, state, told } = fragile();
  output.present(noise(20, 10), []);
  state.fault = 'ENODEV';
  output.present(noise(20, 10), [{ x: 0, y: 0, width: 5, height: 5 }]);
  output.hide();
  expect(state.cancelled).toBe(1);
  state.fault = '';
  output.show();
  expect([output.reached, told]).toEqual([true, ['ENODEV', 'recovered']]);
  output.close();
  output.hide();
  output.show();
  expect(output.geometry).toBeUndefined();
});

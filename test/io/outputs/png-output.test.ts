import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { PngOutput } from '../../../src/io/outputs/png-output';
import { UserError } from '../../../src/base/user-error';
import { folderOfEachTest } from '../../temporary-folder';
import { until } from '../../until';
import { noise, scribble } from './temporary-framebuffer';

const folder = folderOfEachTest();
const all = [{ x: 0, y: 0, width: 16, height: 8 }];

function open(path: string) {
  const told: string[] = [];
  let next: (() => void) | undefined;
  const output = PngOutput.open({
    path,
    width: 16,
    height: 8,
    onError: (error) => told.push(error.message),
    timers: {
      after: (ms, callback) => {
        expect(ms).toBe(1000);
        next = callback;
        return () => undefined;
      },
    },
  });
  /** Waits until what was started is written; then a second passes. */
  const second = async () => {
    await until('it is written', () => next !== undefined);
    const callback = next;
    next = undefined;
    callback?.();
  };
  return { output, told, second };
}

function pixels(path: string): Buffer {
  return PNG.sync.read(readFileSync(path)).data;
}

function pixelsOf(picture: ReturnType<typeof noise>): Buffer {
  return Buffer.from(picture.getContext('2d').getImageData(0, 0, 16, 8).data);
}

test('the file shows the picture, and one second later what has changed since', async () => {
  const path = join(folder(), 'picture.png');
  const { output, second } = open(path);
  const picture = noise(16, 8);
  const first = pixelsOf(picture);
  output.present(picture, []);
  scribble(picture, { x: 3, y: 2, width: 5, height: 4 }, 7);
  output.present(picture, [{ x: 3, y: 2, width: 5, height: 4 }]);
  output.present(picture, [{ x: 3, y: 2, width: 5, height: 4 }]);
  await second();
  expect(pixels(path)).toEqual(first);
  await second();
  expect(pixels(path)).toEqual(pixelsOf(picture));
  output.close();
  expect(readdirSync(folder())).toEqual(['picture.png']);
});

test('the file is left alone when nothing changes', async () => {
  const path = join(folder(), 'picture.png');
  const { output, second } = open(path);
  const picture = noise(16, 8);
  output.present(picture, all);
  await second();
  const { ino, mtimeNs } = statSync(path, { bigint: true });
  output.present(picture, []);
  output.present(picture, [{ x: 99, y: 0, width: 5, height: 5 }]);
  output.close();
  expect(statSync(path, { bigint: true })).toMatchObject({ ino, mtimeNs });
});

test('closing writes the last picture, whatever is under way', async () => {
  const path = join(folder(), 'picture.png');
  const { output } = open(path);
  const picture = noise(16, 8);
  output.present(picture, all);
  scribble(picture, all[0]!, 9);
  output.present(picture, all);
  output.close();
  output.close();
  output.present(noise(16, 8, 5), all);
  expect(pixels(path)).toEqual(pixelsOf(picture));
  // The one that was under way does not come after it.
  await until('no other file', () => readdirSync(folder()).length === 1);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(readdirSync(folder())).toEqual(['picture.png']);
  expect(pixels(path)).toEqual(pixelsOf(picture));
});

test('a folder that is gone is reported once, and the next change is written when it is back', async () => {
  const sub = join(folder(), 'sub');
  const path = join(sub, 'picture.png');
  mkdirSync(sub);
  const { output, told, second } = open(path);
  rmSync(sub, { recursive: true });
  const picture = noise(16, 8);
  output.present(picture, all);
  await second();
  output.present(picture, all);
  await second();
  expect(told).toHaveLength(1);
  mkdirSync(sub);
  output.present(picture, all);
  await second();
  expect(pixels(path)).toEqual(pixelsOf(picture));
  output.close();
});

test('a missing folder is a mistake of the user', () => {
  expect(() => open(join(folder(), 'nowhere', 'picture.png'))).toThrow(UserError);
});

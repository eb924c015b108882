import { readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createCanvas } from 'canvas';
import * as fc from 'fast-check';
import { fileGeometry, type FramebufferGeometry } from '../../../src/io/outputs/framebuffer-geometry';
import { FramebufferOutput } from '../../../src/io/outputs/framebuffer-output';
import { pixelFormats } from '../../../src/io/outputs/pixel-format';
import { rotations, type Rotation } from '../../../src/io/rotation';
import { folderOfEachTest } from '../../temporary-folder';
import {
  colours,
  expectedPixels,
  makeFramebuffer,
  noise,
  scribble,
  untouched,
  visiblePixels,
} from './temporary-framebuffer';

const folder = folderOfEachTest();

function open(geometry: FramebufferGeometry, rotate: Rotation = 0) {
  const path = join(folder(), 'fb');
  makeFramebuffer(path, geometry);
  const output = FramebufferOutput.open({ path, rotate, geometry });
  return { path, output, shown: () => colours(visiblePixels(path, geometry), geometry) };
}

describe.each(Object.keys(pixelFormats) as (keyof typeof pixelFormats)[])('a framebuffer of %s', (name) => {
  const tight = fileGeometry(37, 23, pixelFormats[name]);
  const roomy = { ...tight, stride: tight.stride + 16, offsetX: 2, offsetY: 3 };

  test.each(rotations)('shows the picture pixel for pixel when turned by %i degrees', (rotate) => {
    for (const geometry of [tight, roomy]) {
      const { output, shown } = open(geometry, rotate);
      const picture = noise(output.width, output.height);
      output.present(picture, []);
      expect([output.width, output.height]).toEqual(rotate % 180 === 0 ? [37, 23] : [23, 37]);
      expect(shown()).toEqual(expectedPixels(picture, geometry, rotate));
      output.close();
    }
  });

  test('shows after partial damage what a full picture would show', () => {
    for (const rotate of rotations) {
      const { output, shown } = open(roomy, rotate);
      const { width, height } = output;
      const picture = noise(width, height);
      output.present(picture, []);
      let seed = 2;
      const rect = fc
        .tuple(
          fc.nat(width - 1),
          fc.nat(height - 1),
          fc.integer({ min: 1, max: width }),
          fc.integer({ min: 1, max: height }),
        )
        .map(([x, y, w, h]) => ({ x, y, width: Math.min(w, width - x), height: Math.min(h, height - y) }));
      fc.assert(
        fc.property(fc.array(rect, { maxLength: 4 }), (damage) => {
          for (const area of damage) scribble(picture, area, seed++);
          output.present(picture, damage);
          expect(shown()).toEqual(expectedPixels(picture, roomy, rotate));
        }),
        { numRuns: 30 },
      );
      output.close();
    }
  });
});

describe('what is written', () => {
  const geometry = { ...fileGeometry(40, 30), offsetY: 2 };

  function record() {
    const path = join(folder(), 'fb');
    makeFramebuffer(path, geometry);
    const writes: [from: number, lines: number][] = [];
    const output = FramebufferOutput.open({
      path,
      rotate: 0,
      geometry,
      write: ((fd: number, buffer: Buffer, from: number, length: number, position: number) => {
        writes.push([position / geometry.stride, length / geometry.stride]);
        return writeSync(fd, buffer, from, length, position);
      }) as typeof writeSync,
    });
    const picture = noise(40, 30);
    return { output, picture, writes };
  }

  test('the first picture is written whole and at once, whatever the damage says', () => {
    const { output, picture, writes } = record();
    output.present(picture, [{ x: 1, y: 1, width: 1, height: 1 }]);
    expect(writes).toEqual([[2, 30]]);
  });

  test('nothing is written without damage, or with damage outside the picture', () => {
    const { output, picture, writes } = record();
    output.present(picture, []);
    writes.length = 0;
    output.present(picture, []);
    output.present(picture, [
      { x: 40, y: 0, width: 5, height: 5 },
      { x: -9, y: -9, width: 9, height: 9 },
      { x: NaN, y: 0, width: 5, height: 5 },
      { x: 3, y: 3, width: 0, height: 4 },
    ]);
    expect(writes).toEqual([]);
  });

  test('one line of damage is written as two whole lines, at the bottom too', () => {
    const { output, picture, writes } = record();
    output.present(picture, []);
    writes.length = 0;
    output.present(picture, [{ x: 0, y: 5, width: 40, height: 1 }]);
    output.present(picture, [{ x: 39, y: 29, width: 1, height: 1 }]);
    expect(writes).toEqual([
      [7, 2],
      [30, 2],
    ]);
  });

  test('damage that reaches out of the picture is cut off at its edge', () => {
    const { output, picture, writes } = record();
    output.present(picture, []);
    writes.length = 0;
    output.present(picture, [{ x: -5, y: -5, width: 500, height: 10 }]);
    expect(writes).toEqual([[2, 5]]);
  });

  test('a write that takes only some of the bytes is continued', () => {
    const path = join(folder(), 'fb');
    makeFramebuffer(path, geometry);
    const output = FramebufferOutput.open({
      path,
      rotate: 0,
      geometry,
      write: ((fd: number, buffer: Buffer, from: number, length: number, position: number) =>
        writeSync(fd, buffer, from, Math.min(length, 777), position)) as typeof writeSync,
    });
    const picture = noise(40, 30);
    output.present(picture, []);
    expect(colours(visiblePixels(path, geometry), geometry)).toEqual(expectedPixels(picture, geometry, 0));
  });

  test('lines above and below the visible ones stay as they were', () => {
    const { output, picture } = record();
    output.present(picture, []);
    const memory = readFileSync(join(folder(), 'fb'));
    expect(memory.subarray(0, 2 * geometry.stride).every((byte) => byte === untouched)).toBe(true);
    expect(memory.subarray(32 * geometry.stride).every((byte) => byte === untouched)).toBe(true);
  });

  test('a framebuffer of one line is written as it is', () => {
    const { output, shown } = open(fileGeometry(9, 1));
    const picture = noise(9, 1);
    output.present(picture, []);
    expect(shown()).toEqual(expectedPixels(picture, fileGeometry(9, 1), 0));
  });
});

test('a flat colour keeps the highest bits of its components on 16 bits', () => {
  const { output, shown } = open(fileGeometry(4, 2));
  const picture = createCanvas(4, 2);
  const context = picture.getContext('2d', { pixelFormat: 'RGB24' });
  const colour = [
    ['#ffffff', 0xffff],
    ['#070307', 0x0000],
    ['#080408', 0x0821],
    ['#f7fbf7', 0xf7de],
    ['#123456', (0x12 >> 3) * 2048 + (0x34 >> 2) * 32 + (0x56 >> 3)],
  ] as const;
  for (const [name, expected] of colour) {
    context.fillStyle = name;
    context.fillRect(0, 0, 4, 2);
    output.present(picture, [{ x: 0, y: 0, width: 4, height: 2 }]);
    expect(shown().flat()).toEqual(new Array(8).fill(expected));
  }
});

test('every pixel is opaque where the format knows transparency', () => {
  const geometry = fileGeometry(8, 4, pixelFormats.ARGB8888);
  const path = join(folder(), 'fb');
  makeFramebuffer(path, geometry);
  const output = FramebufferOutput.open({ path, rotate: 0, geometry });
  const picture = createCanvas(8, 4);
  picture.getContext('2d', { pixelFormat: 'RGB24' });
  output.present(picture, []);
  output.present(picture, [{ x: 0, y: 0, width: 2, height: 2 }]);
  expect(visiblePixels(path, geometry).flat()).toEqual(new Array(32).fill(0xff000000));
});

test('the depth says whether dithering helps', () => {
  expect(open(fileGeometry(4, 4)).output.depth).toBe('rgb565');
  expect(open(fileGeometry(4, 4, pixelFormats.XBGR8888)).output.depth).toBe('full');
});

test('a picture of another size is refused', () => {
  const { output } = open(fileGeometry(8, 4), 90);
  expect(() => output.present(noise(8, 4), [])).toThrow(RangeError);
});

test('presenting after close does nothing', () => {
  const { path, output } = open(fileGeometry(8, 4));
  output.present(noise(8, 4), []);
  output.close();
  const left = readFileSync(path);
  output.present(noise(8, 4, 2), []);
  output.present(noise(8, 4, 3), [{ x: 0, y: 0, width: 8, height: 4 }]);
  output.close();
  expect(readFileSync(path).equals(left)).toBe(true);
});

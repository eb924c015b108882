import { join } from 'node:path';
import { createCanvas } from 'canvas';
import { dimmer } from '../../../src/io/outputs/dimmer';
import { fileGeometry, type FramebufferGeometry } from '../../../src/io/outputs/framebuffer-geometry';
import { FramebufferOutput } from '../../../src/io/outputs/framebuffer-output';
import { pixelFormats, type ColourField } from '../../../src/io/outputs/pixel-format';
import { rotations, type Rotation } from '../../../src/io/rotation';
import { folderOfEachTest } from '../../temporary-folder';
import {
  colours,
  expectedPixels,
  makeFramebuffer,
  noise,
  scribble,
  visiblePixels,
} from './temporary-framebuffer';

const folder = folderOfEachTest();

function open(geometry: FramebufferGeometry, rotate: Rotation = 0) {
  const path = join(folder(), 'fb');
  makeFramebuffer(path, geometry);
  const output = FramebufferOutput.open({ path, rotate, geometry });
  return { path, output, shown: () => colours(visiblePixels(path, geometry), geometry) };
}

/** Pixels with less light, worked out one colour at a time. */
function dimmed(pixels: number[][], { format }: FramebufferGeometry, percent: number): number[][] {
  const factor = (percent / 100) ** (1 / 2.2);
  const part = (pixel: number, { offset, length }: ColourField): number =>
    Math.round((Math.floor(pixel / 2 ** offset) % 2 ** length) * factor) * 2 ** offset;
  return pixels.map((row) =>
    row.map((pixel) => part(pixel, format.red) + part(pixel, format.green) + part(pixel, format.blue)),
  );
}

describe.each(Object.keys(pixelFormats) as (keyof typeof pixelFormats)[])('pixels of %s', (name) => {
  const tight = fileGeometry(37, 23, pixelFormats[name]);
  const geometry = { ...tight, stride: tight.stride + 16, offsetX: 2, offsetY: 3 };

  test.each(rotations)(
    'give the light that was asked for, in the whole picture and in parts, turned by %i',
    (rotate) => {
      const { output, shown } = open(geometry, rotate);
      const picture = noise(output.width, output.height);
      output.present(picture, []);
      for (const percent of [100, 30, 5, 0, 62, 100]) {
        output.dimTo(percent);
        expect(shown()).toEqual(dimmed(expectedPixels(picture, geometry, rotate), geometry, percent));
        // The second rectangle overlaps the first: nothing may be dimmed twice.
        const damage = [
          { x: 3, y: 4, width: 9, height: 5 },
          { x: 8, y: 6, width: 12, height: 9 },
        ];
        for (const rect of damage) scribble(picture, rect, percent + rect.x);
        output.present(picture, damage);
        expect(shown()).toEqual(dimmed(expectedPixels(picture, geometry, rotate), geometry, percent));
      }
      output.close();
    },
  );
});

test('half of the light is what the eye takes for half: 0.73 of the value, not half of it', () => {
  const geometry = fileGeometry(1, 1, pixelFormats.XRGB8888);
  const shadow = Buffer.from([200, 100, 0, 255]);
  dimmer(geometry, shadow, 50)?.({ x: 0, y: 0, width: 1, height: 1 });
  expect([...shadow]).toEqual([146, 73, 0, 255]);
});

test('full brightness does nothing to a pixel', () => {
  expect(dimmer(fileGeometry(1, 1), Buffer.alloc(2), 100)).toBeUndefined();
});

test('dimmed pixels stay opaque', () => {
  const geometry = fileGeometry(8, 4, pixelFormats.ARGB8888);
  const { output, path } = open(geometry);
  const picture = createCanvas(8, 4);
  picture.getContext('2d', { pixelFormat: 'RGB24' });
  output.present(picture, []);
  output.dimTo(0);
  expect(visiblePixels(path, geometry).flat()).toEqual(new Array(32).fill(0xff000000));
});

test('a dark framebuffer is not written to, and shows on waking what was presented meanwhile', () => {
  const geometry = fileGeometry(16, 8);
  const { output, shown } = open(geometry);
  const picture = noise(16, 8);
  output.present(picture, []);
  output.dimTo(0);
  expect([
    output.dark,
    shown()
      .flat()
      .some((pixel) => pixel !== 0),
  ]).toEqual([true, false]);
  scribble(picture, { x: 0, y: 0, width: 16, height: 8 }, 7);
  output.present(picture, [{ x: 0, y: 0, width: 16, height: 8 }]);
  expect(
    shown()
      .flat()
      .some((pixel) => pixel !== 0),
  ).toBe(false);
  output.dimTo(100);
  expect([output.dark, shown()]).toEqual([false, expectedPixels(picture, geometry, 0)]);
});

test('dimmed before anything was presented, the first picture is dimmed', () => {
  const geometry = fileGeometry(16, 8);
  const { output, shown } = open(geometry);
  output.dimTo(40);
  const picture = noise(16, 8);
  output.present(picture, []);
  expect(shown()).toEqual(dimmed(expectedPixels(picture, geometry, 0), geometry, 40));
});

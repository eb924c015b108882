import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Canvas } from 'canvas';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';

const folder = resolve(__dirname, 'golden');

/**
 * Compares a picture with the one that was looked at and kept in test/golden. Versions of the font rasteriser differ in the
 * edges of letters, so a difference that the eye does not see is allowed in one pixel of five hundred; all else fails and
 * leaves the new picture beside the old one. UPDATE_GOLDEN=1 keeps the new ones, to be looked at before they are committed.
 */
export function expectGolden(canvas: Canvas, name: string): void {
  const file = resolve(folder, `${name}.png`);
  const png = canvas.toBuffer('image/png');
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, png);
    return;
  }
  if (!existsSync(file))
    throw new Error(`${file} is missing: look at the picture and keep it with UPDATE_GOLDEN=1`);
  const before = PNG.sync.read(readFileSync(file));
  const after = PNG.sync.read(png);
  expect([after.width, after.height]).toEqual([before.width, before.height]);
  const differing = pixelmatch(before.data, after.data, undefined, before.width, before.height, {
    threshold: 0.1,
  });
  if (differing > (before.width * before.height) / 500) {
    writeFileSync(resolve(folder, `${name}.new.png`), png);
    throw new Error(
      `${name}: ${differing} pixels differ from test/golden/${name}.png; see ${name}.new.png beside it`,
    );
  }
}

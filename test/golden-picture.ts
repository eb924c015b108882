import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Canvas } from 'canvas';
import { PNG } from 'pngjs';
import { complaint, type Picture } from './pictures/judge';
import { encodePalettePng, noteOf } from './pictures/palette-png';
import { rasteriser } from './pictures/rasteriser';
import { textsOn, type Written } from './pictures/written-texts';

const folder = resolve(__dirname, 'golden');

/**
 * Compares a picture with the one that was looked at and kept in test/golden, together with the texts on it; test/pictures
 * says how. What differs is left beside the old one. UPDATE_GOLDEN=1 keeps the new ones, to be looked at before they are
 * committed; it is for the reference system (test/pictures/rasteriser.ts).
 */
export function expectGolden(canvas: Canvas, name: string): void {
  const file = resolve(folder, `${name}.png`);
  const used = process.env['PACKDIAL_GOLDEN_USED'];
  if (used !== undefined) appendFileSync(used, `${name}.png\n`);
  const after = pictureOf(canvas);
  const png = (): Buffer => encodePalettePng(after.pixels, JSON.stringify(after.texts));
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, png());
    return;
  }
  if (!existsSync(file))
    throw new Error(`${file} is missing: look at the picture and keep it with UPDATE_GOLDEN=1`);
  const wrong = complaint(keptPicture(name), after, rasteriser);
  if (wrong === undefined) return;
  writeFileSync(resolve(folder, `${name}.new.png`), png());
  throw new Error(`test/golden/${name}.png: ${wrong}; see ${name}.new.png beside it`);
}

/** A canvas's pixels and texts. */
export function pictureOf(canvas: Canvas): Picture {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  const { width, height } = canvas;
  return {
    pixels: { width, height, data: new Uint8Array(data.buffer, data.byteOffset) },
    texts: textsOn(canvas),
  };
}

/** A picture in test/golden. */
export function keptPicture(name: string): Picture {
  const png = readFileSync(resolve(folder, `${name}.png`));
  return { pixels: PNG.sync.read(png), texts: JSON.parse(noteOf(png) ?? '[]') as Written[] };
}

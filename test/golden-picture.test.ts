import { resolve } from 'node:path';
import { readFileSync } from 'node:fs';
import { PNG } from 'pngjs';
import { TextStyle } from '../src/render/text';
import { pictureOf as keptForm } from './golden-picture';
import { differingPixels, worstWindow } from './pictures/compare';
import { complaint, type Picture } from './pictures/judge';
import { encodePalettePng, noteOf } from './pictures/palette-png';
import { reference } from './pictures/rasteriser';
import type { Written } from './pictures/written-texts';
import { mainPicture, pictureOf, screens, silence, surroundings, tell } from './screens/stories';
import { unusedPictures } from './unused-pictures.cjs';

const other = { ...reference, cairo: '1.18.4', pango: '1.56.3' };
const story = { modules: 16, current: 124, voltage: 49.4 };

const drawn = {
  main: (size: readonly [number, number]) => mainPicture(tell(story), surroundings(200), size),
  cells: (size: readonly [number, number]) =>
    pictureOf(screens(tell(story), 'cells', size), surroundings(200)),
  waiting: (size: readonly [number, number]) => mainPicture(silence(), surroundings(0), size),
};
type Name = keyof typeof drawn;

const fresh = (name: Name, size: readonly [number, number] = [800, 480]): Picture =>
  keptForm(drawn[name](size).canvas);

interface Draw {
  text: string;
  x: number;
}

/** The picture with what `change` makes of each of its texts. */
function changed(
  name: Name,
  change: (draw: Draw, style: TextStyle) => Draw,
  size?: readonly [number, number],
): Picture {
  const { prototype } = TextStyle;
  // Called with the style as `this`.
  // eslint-disable-next-line @typescript-eslint/unbound-method
  const { draw, write } = prototype;
  prototype.draw = function (this: TextStyle, context, text, x, ...rest): void {
    const next = change({ text, x }, this);
    draw.call(this, context, next.text, next.x, ...rest);
  };
  prototype.write = function (this: TextStyle, context, text, x, ...rest): void {
    const next = change({ text, x }, this);
    write.call(this, context, next.text, next.x, ...rest);
  };
  try {
    return fresh(name, size);
  } finally {
    Object.assign(prototype, { draw, write });
  }
}

/** Changes the first small text that has the digit, wherever it is written again. */
function oneDigit(from: string, to: string): (draw: Draw, style: TextStyle) => Draw {
  let chosen: string | undefined;
  return ({ text, x }, { size }) => {
    if (text.includes(from) && size <= 22) chosen ??= text;
    return { text: text === chosen ? text.replace(from, to) : text, x };
  };
}

function expectRefused(before: Picture, after: Picture): void {
  expect(complaint(before, after, reference)).toBeDefined();
  expect(complaint(before, after, other)).toBeDefined();
  // Not by the texts alone: the pixels say it too where they must be equal.
  expect(complaint(before, { ...after, texts: before.texts }, reference)).toMatch(/pixels differ/);
}

test('the same picture passes, as it is and from its file', () => {
  for (const name of ['main', 'cells'] as const) {
    const picture = fresh(name);
    const png = encodePalettePng(picture.pixels, JSON.stringify(picture.texts));
    const kept = { pixels: PNG.sync.read(png), texts: JSON.parse(noteOf(png) ?? '') as Written[] };
    expect(differingPixels(kept.pixels, fresh(name).pixels)).toBe(0);
    expect(complaint(kept, fresh(name), reference)).toBeUndefined();
    expect(complaint(kept, fresh(name), other)).toBeUndefined();
  }
});

test.each([
  ['4', '9'],
  ['1', '7'],
  ['0', '8'],
  ['2', '3'],
  ['6', '8'],
] as const)('one digit that is wrong is refused: %s as %s', (from, to) => {
  let tried = 0;
  for (const name of ['main', 'cells', 'waiting'] as const)
    for (const size of [
      [800, 480],
      [480, 320],
    ] as const) {
      const [before, after] = [fresh(name, size), changed(name, oneDigit(from, to), size)];
      if (
        before.texts.length === after.texts.length &&
        JSON.stringify(before.texts) === JSON.stringify(after.texts)
      )
        continue;
      tried++;
      expectRefused(before, after);
    }
  expect(tried).toBeGreaterThan(2);
});

test('a label that moved by two pixels is refused', () => {
  const moved = changed('main', ({ text, x }) => ({ text, x: x + (/hottest/i.test(text) ? 2 : 0) }));
  expectRefused(fresh('main'), moved);
});

test('another word of the same length is refused', () => {
  const swapped = changed('main', ({ text, x }) => ({ text: text.replace(/hottest/i, 'Coldest'), x }));
  expectRefused(fresh('main'), swapped);
});

test('a text in another colour is refused, and a surface too', () => {
  const before = fresh('main');
  const recoloured = before.texts.map((entry) => ({
    ...entry,
    look: entry.look.replace(/#\w+$/, '#123456'),
  }));
  expect(complaint(before, { ...before, texts: recoloured }, other)).toMatch(/lacks the texts/);
  const { width, height, data } = before.pixels;
  const painted = data.slice();
  for (let y = 300; y < 312; y++)
    for (let x = 300; x < 312; x++) painted.set([200, 40, 40], (y * width + x) * 4);
  const after = { ...before, pixels: { width, height, data: painted } };
  expect(complaint(before, after, reference)).toMatch(/pixels differ/);
  expect(complaint(before, after, other)).toMatch(/the window at/);
});

test('a picture of another size is refused', () => {
  expect(complaint(fresh('cells'), fresh('cells', [480, 320]), other)).toBe(
    'it is 480x320 instead of 800x480',
  );
});

// Each made from one state of the program, on Debian 12 and on Debian 13.
test.each(['main-charging-480x320', 'settings-service-busy', 'cells-96'])(
  'letters of another version of Cairo and Pango pass: %s',
  (name) => {
    const read = (system: string): Picture => {
      const png = readFileSync(resolve(__dirname, `fixtures/rasterisers/${name}.${system}.png`));
      return { pixels: PNG.sync.read(png), texts: JSON.parse(noteOf(png) ?? '') as Written[] };
    };
    const [before, after] = [read('debian-12'), read('debian-13')];
    expect(complaint(before, after, other)).toBeUndefined();
    expect(complaint(before, after, reference)).toMatch(/pixels differ/);
    expect(worstWindow(before.pixels, after.pixels).levels).toBeGreaterThan(1);
  },
);

test('pictures that nothing compares are found', () => {
  expect(unusedPictures(['a.png', 'b.png', 'b.new.png'], ['b.png', ''])).toEqual(['a.png']);
});

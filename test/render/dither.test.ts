import { createCanvas, type Canvas } from 'canvas';
import { ditherForRgb565 } from '../../src/render/dither';

/** The framebuffer's levels of one channel, as cairo makes them: by dropping low bits. */
function levels(canvas: Canvas, channel: 'red' | 'green' | 'blue'): number[] {
  const raw = canvas.toBuffer('raw');
  const [at, bits] = { red: [2, 3], green: [1, 2], blue: [0, 3] }[channel] as [number, number];
  const found: number[] = [];
  for (let i = at; i < raw.length; i += 4) found.push((raw[i] ?? 0) >> bits);
  return found;
}

function filled(colour: string): Canvas {
  const canvas = createCanvas(64, 64);
  const context = canvas.getContext('2d', { alpha: false });
  context.fillStyle = colour;
  context.fillRect(0, 0, 64, 64);
  return canvas;
}

test('a colour between two levels becomes a mixture of both with the right mean', () => {
  for (const value of [1, 3, 20, 100, 131, 200]) {
    const canvas = filled(`rgb(${value}, ${value}, ${value})`);
    ditherForRgb565(canvas, { x: 0, y: 0, width: 64, height: 64 });
    for (const [channel, step] of [
      ['red', 8],
      ['green', 4],
      ['blue', 8],
    ] as const) {
      const found = levels(canvas, channel);
      const mean = found.reduce((sum, level) => sum + level, 0) / found.length;
      expect(Math.abs(mean - value / step)).toBeLessThan(0.13);
      expect(Math.max(...found) - Math.min(...found)).toBeLessThanOrEqual(1);
    }
  }
});

test('black stays black and white stays white', () => {
  for (const [colour, level] of [
    ['#000000', 0],
    ['#ffffff', 31],
  ] as const) {
    const canvas = filled(colour);
    ditherForRgb565(canvas, { x: 0, y: 0, width: 64, height: 64 });
    expect(new Set(levels(canvas, 'red'))).toEqual(new Set([level]));
  }
});

test('pixels outside the rectangle stay as they are', () => {
  const canvas = filled('#646464');
  ditherForRgb565(canvas, { x: 8, y: 8, width: 16, height: 16 });
  const raw = canvas.toBuffer('raw');
  expect(raw[0]).toBe(0x64);
  expect(raw[(40 * 64 + 40) * 4]).toBe(0x64);
});

import { createCanvas, type Canvas } from 'canvas';
import type { Rect } from './rect';

// Ordered thresholds (Bayer, 8x8), 0..63.
const bayer = [
  [0, 32, 8, 40, 2, 34, 10, 42],
  [48, 16, 56, 24, 50, 18, 58, 26],
  [12, 44, 4, 36, 14, 46, 6, 38],
  [60, 28, 52, 20, 62, 30, 54, 22],
  [3, 35, 11, 43, 1, 33, 9, 41],
  [51, 19, 59, 27, 49, 17, 57, 25],
  [15, 47, 7, 39, 13, 45, 5, 37],
  [63, 31, 55, 23, 61, 29, 53, 21],
];

let tile: Canvas | undefined;

/**
 * Makes the pixels of one rectangle such that dropping their low bits (which is how a 16-bit framebuffer is filled: 5 bits of
 * red, 6 of green, 5 of blue) shows no bands where a colour changes slowly: adds less than one step of each channel, more
 * here and less there. Flat colours need none of it, so only pictures and gradients, which are drawn once, get it.
 */
export function ditherForRgb565(canvas: Canvas, rect: Rect): void {
  tile ??= thresholds();
  const context = canvas.getContext('2d');
  context.save();
  context.globalCompositeOperation = 'lighter';
  context.fillStyle = context.createPattern(tile, 'repeat');
  context.fillRect(rect.x, rect.y, rect.width, rect.height);
  context.restore();
}

/** One tile of what is added: 0..7 of red and blue, 0..3 of green. */
function thresholds(): Canvas {
  const canvas = createCanvas(8, 8);
  const context = canvas.getContext('2d', { alpha: false });
  bayer.forEach((row, y) =>
    row.forEach((threshold, x) => {
      context.fillStyle = `rgb(${threshold >> 3}, ${threshold >> 4}, ${threshold >> 3})`;
      context.fillRect(x, y, 1, 1);
    }),
  );
  return canvas;
}

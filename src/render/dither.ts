import type { Canvas } from 'canvas';
import { intersection, type Rect } from './rect';

// Ordered thresholds (Bayer, 8x8), 0..63.
const bayer = [
  0, 32, 8, 40, 2, 34, 10, 42, 48, 16, 56, 24, 50, 18, 58, 26, 12, 44, 4, 36, 14, 46, 6, 38, 60, 28, 52, 20,
  62, 30, 54, 22, 3, 35, 11, 43, 1, 33, 9, 41, 51, 19, 59, 27, 49, 17, 57, 25, 15, 47, 7, 39, 13, 45, 5, 37,
  63, 31, 55, 23, 61, 29, 53, 21,
];

/**
 * Makes the pixels of one rectangle such that dropping their low bits (which is how a 16-bit framebuffer is filled: 5 bits of
 * red, 6 of green, 5 of blue) shows no bands where a colour changes slowly. Flat colours need none of it, so only pictures
 * and gradients, which are drawn once, pay for it.
 */
export function ditherForRgb565(canvas: Canvas, area: Rect): void {
  const rect = intersection(area, { x: 0, y: 0, width: canvas.width, height: canvas.height });
  if (rect.width === 0 || rect.height === 0) return;
  const context = canvas.getContext('2d');
  const image = context.getImageData(rect.x, rect.y, rect.width, rect.height);
  const { data } = image;
  for (let y = 0, i = 0; y < rect.height; y++) {
    const row = ((rect.y + y) & 7) * 8;
    for (let x = 0; x < rect.width; x++, i += 4) {
      const threshold = bayer[row + ((rect.x + x) & 7)] ?? 0;
      data[i] = quantise(data[i] ?? 0, 31, threshold);
      data[i + 1] = quantise(data[i + 1] ?? 0, 63, threshold);
      data[i + 2] = quantise(data[i + 2] ?? 0, 31, threshold);
    }
  }
  context.putImageData(image, rect.x, rect.y);
}

/** The level (of 0..levels) that stands for `value` at this threshold, spread over 0..255 again. */
function quantise(value: number, levels: number, threshold: number): number {
  const level = Math.min(levels, Math.floor((value * levels) / 255 + (threshold + 0.5) / 64));
  return Math.ceil((level * 255) / levels);
}

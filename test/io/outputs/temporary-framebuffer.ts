import { readFileSync, writeFileSync } from 'node:fs';
import { createCanvas, type Canvas } from 'canvas';
import type { FramebufferGeometry } from '../../../src/io/outputs/framebuffer-geometry';
import type { DamageRect } from '../../../src/io/outputs/output';
import type { ColourField } from '../../../src/io/outputs/pixel-format';
import type { Rotation } from '../../../src/io/rotation';

/** What the memory of the framebuffer holds at first where nothing is shown: recognisable. */
export const untouched = 0xa5;

/** A regular file as large as the framebuffer's memory, plus a line below the visible ones. */
export function makeFramebuffer(path: string, { stride, offsetY, height }: FramebufferGeometry): void {
  writeFileSync(path, Buffer.alloc((offsetY + height + 1) * stride, untouched));
}

/** The visible pixels, as numbers, by panel coordinates. */
export function visiblePixels(path: string, geometry: FramebufferGeometry): number[][] {
  const memory = readFileSync(path);
  const { stride, offsetX, offsetY, width, height } = geometry;
  const bytes = geometry.format.bitsPerPixel / 8;
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) =>
      memory.readUIntLE((offsetY + y) * stride + (offsetX + x) * bytes, bytes),
    ),
  );
}

/** An opaque canvas of noise that is the same every time. */
export function noise(width: number, height: number, seed = 1): Canvas {
  const canvas = createCanvas(width, height);
  canvas.getContext('2d', { pixelFormat: 'RGB24' });
  scribble(canvas, { x: 0, y: 0, width, height }, seed);
  return canvas;
}

/** Fills a rectangle with other noise. */
export function scribble(canvas: Canvas, { x, y, width, height }: DamageRect, seed: number): void {
  const context = canvas.getContext('2d');
  const pixels = context.createImageData(width, height);
  let state = seed * 2654435761 + 12345;
  for (let i = 0; i < pixels.data.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    pixels.data[i] = i % 4 === 3 ? 255 : (state >>> 16) & 255;
  }
  context.putImageData(pixels, x, y);
}

/** What the panel should show, worked out pixel by pixel the slow and obvious way. */
export function expectedPixels(
  canvas: Canvas,
  geometry: FramebufferGeometry,
  rotation: Rotation,
): number[][] {
  const { width, height, format } = geometry;
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  const rows = Array.from({ length: height }, () => new Array<number>(width).fill(-1));
  const part = (value: number, { offset, length }: ColourField) =>
    Math.floor(value / 2 ** (8 - length)) * 2 ** offset;
  for (let y = 0; y < canvas.height; y++) {
    for (let x = 0; x < canvas.width; x++) {
      const at = (y * canvas.width + x) * 4;
      const pixel =
        part(data[at]!, format.red) + part(data[at + 1]!, format.green) + part(data[at + 2]!, format.blue);
      if (rotation === 0) rows[y]![x] = pixel;
      // A quarter clockwise: the picture's upper left corner is at the panel's upper right.
      if (rotation === 90) rows[x]![width - 1 - y] = pixel;
      if (rotation === 180) rows[height - 1 - y]![width - 1 - x] = pixel;
      if (rotation === 270) rows[height - 1 - x]![y] = pixel;
    }
  }
  return rows;
}

/** The pixels without the bits that no colour uses. */
export function colours(pixels: number[][], { format }: FramebufferGeometry): number[][] {
  const mask = [format.red, format.green, format.blue].reduce(
    (sum, { offset, length }) => sum + (2 ** length - 1) * 2 ** offset,
    0,
  );
  return pixels.map((row) => row.map((pixel) => (pixel & mask) >>> 0));
}

import type { CanvasRenderingContext2D } from 'canvas';
import type { Colour } from '../theme';

/** Signs on buttons that need no words. */
export type Glyph = 'minus' | 'plus' | 'left' | 'right' | 'close' | 'backspace' | 'shift' | 'check';

/** Each sign as lines between points, in a square from -1 to 1. */
const strokes: Readonly<Record<Glyph, readonly (readonly (readonly [number, number])[])[]>> = {
  minus: [
    [
      [-0.8, 0],
      [0.8, 0],
    ],
  ],
  plus: [
    [
      [-0.8, 0],
      [0.8, 0],
    ],
    [
      [0, -0.8],
      [0, 0.8],
    ],
  ],
  left: [
    [
      [0.4, -0.85],
      [-0.45, 0],
      [0.4, 0.85],
    ],
  ],
  right: [
    [
      [-0.4, -0.85],
      [0.45, 0],
      [-0.4, 0.85],
    ],
  ],
  close: [
    [
      [-0.75, -0.75],
      [0.75, 0.75],
    ],
    [
      [-0.75, 0.75],
      [0.75, -0.75],
    ],
  ],
  backspace: [
    [
      [-0.35, -0.7],
      [1.1, -0.7],
      [1.1, 0.7],
      [-0.35, 0.7],
      [-1.1, 0],
      [-0.35, -0.7],
      [0, -0.7],
    ],
    [
      [0.05, -0.3],
      [0.65, 0.3],
    ],
    [
      [0.05, 0.3],
      [0.65, -0.3],
    ],
  ],
  shift: [
    [
      [-0.4, 0.85],
      [-0.4, 0.1],
      [-0.9, 0.1],
      [0, -0.85],
      [0.9, 0.1],
      [0.4, 0.1],
      [0.4, 0.85],
      [-0.4, 0.85],
      [-0.4, 0.1],
    ],
  ],
  check: [
    [
      [-0.8, 0.05],
      [-0.25, 0.6],
      [0.85, -0.6],
    ],
  ],
};

/** Paints a sign around a point, `size` pixels from edge to edge. */
export function paintGlyph(
  context: CanvasRenderingContext2D,
  glyph: Glyph,
  x: number,
  y: number,
  size: number,
  colour: Colour,
): void {
  const half = size / 2;
  context.save();
  context.strokeStyle = colour;
  context.lineWidth = Math.max(2, size * 0.13);
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const line of strokes[glyph]) {
    context.beginPath();
    line.forEach(([dx, dy], i) => {
      if (i === 0) context.moveTo(x + dx * half, y + dy * half);
      else context.lineTo(x + dx * half, y + dy * half);
    });
    context.stroke();
  }
  context.restore();
}

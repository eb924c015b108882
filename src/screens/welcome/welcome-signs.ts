import type { CanvasRenderingContext2D } from 'canvas';
import type { Colour } from '../../render/theme';
import type { FirstStep } from '../screen';

type Line = readonly (readonly [number, number])[];

/** A bus with three stations, and the rune of Bluetooth, as lines in a square from -1 to 1. */
const strokes: Readonly<Record<Exclude<FirstStep, 'wireless'>, readonly Line[]>> = {
  can: [
    [
      [-1, 0.1],
      [1, 0.1],
    ],
    [
      [-0.6, 0.1],
      [-0.6, -0.5],
    ],
    [
      [0, 0.1],
      [0, 0.7],
    ],
    [
      [0.6, 0.1],
      [0.6, -0.5],
    ],
  ],
  bluetooth: [
    [
      [-0.55, -0.5],
      [0.55, 0.5],
      [0, 1],
      [0, -1],
      [0.55, -0.5],
      [-0.55, 0.5],
    ],
  ],
};

/** How wide each sign is, as a part of its height. */
export const signWidths: Readonly<Record<FirstStep, number>> = { wireless: 1, can: 1, bluetooth: 0.55 };

/** Paints the sign of a way to a battery around a point, `size` pixels from edge to edge. */
export function paintSign(
  context: CanvasRenderingContext2D,
  sign: FirstStep,
  x: number,
  y: number,
  size: number,
  colour: Colour,
): void {
  const half = size / 2;
  context.save();
  context.strokeStyle = colour;
  context.fillStyle = colour;
  context.lineWidth = Math.max(2, size * 0.075);
  context.lineCap = 'round';
  context.lineJoin = 'round';
  if (sign === 'wireless') {
    const foot = y + half * 0.65;
    for (const radius of [0.5, 0.95, 1.4]) {
      context.beginPath();
      context.arc(x, foot, half * radius, (-3 * Math.PI) / 4, -Math.PI / 4);
      context.stroke();
    }
    dot(context, x, foot, size * 0.075);
  } else {
    for (const line of strokes[sign]) {
      context.beginPath();
      for (const [dx, dy] of line) context.lineTo(x + dx * half, y + dy * half);
      context.stroke();
    }
    if (sign === 'can')
      for (const [dx, dy] of [
        [-0.6, -0.65],
        [0, 0.85],
        [0.6, -0.65],
      ] as const)
        dot(context, x + dx * half, y + dy * half, size * 0.1);
  }
  context.restore();
}

function dot(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}

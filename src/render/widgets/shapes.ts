import type { CanvasRenderingContext2D } from 'canvas';
import type { Colour } from '../theme';
import type { Rect } from '../rect';

/** Traces a rectangle with round corners; fill or stroke it afterwards. */
export function traceRounded(context: CanvasRenderingContext2D, rect: Rect, radius: number, grow = 0): void {
  const x = rect.x - grow;
  const y = rect.y - grow;
  const width = rect.width + 2 * grow;
  const height = rect.height + 2 * grow;
  const r = Math.max(0, Math.min(radius, width / 2, height / 2));
  context.beginPath();
  context.moveTo(x + r, y);
  context.arcTo(x + width, y, x + width, y + height, r);
  context.arcTo(x + width, y + height, x, y + height, r);
  context.arcTo(x, y + height, x, y, r);
  context.arcTo(x, y, x + width, y, r);
  context.closePath();
}

/** A quiet panel with a hair line around it. */
export function paintPanel(
  context: CanvasRenderingContext2D,
  rect: Rect,
  radius: number,
  fill: Colour,
  line: Colour,
): void {
  traceRounded(context, rect, radius);
  context.fillStyle = fill;
  context.fill();
  traceRounded(context, rect, radius, -0.5);
  context.strokeStyle = line;
  context.lineWidth = 1;
  context.stroke();
}

/** The gear that opens the settings, centred on a point. */
export function paintGear(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  radius: number,
  colour: Colour,
  hole: Colour,
): void {
  const teeth = 8;
  const root = radius * 0.76;
  context.beginPath();
  for (let tooth = 0; tooth < teeth; tooth++) {
    const middle = (tooth * 2 * Math.PI) / teeth;
    const corner = (offset: number, distance: number): void => {
      const angle = middle + (offset * Math.PI) / teeth;
      context.lineTo(x + Math.cos(angle) * distance, y + Math.sin(angle) * distance);
    };
    corner(-0.58, root);
    corner(-0.36, radius);
    corner(0.36, radius);
    corner(0.58, root);
  }
  context.closePath();
  context.fillStyle = colour;
  context.fill();
  context.beginPath();
  context.arc(x, y, radius * 0.36, 0, 2 * Math.PI);
  context.fillStyle = hole;
  context.fill();
}

/** A triangle with an exclamation mark in a square of `size` with its upper left corner at a point. */
export function paintWarningSign(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  size: number,
  colour: Colour,
  mark: Colour,
): void {
  context.save();
  context.beginPath();
  context.moveTo(x + size / 2, y + size * 0.04);
  context.lineTo(x + size, y + size * 0.94);
  context.lineTo(x, y + size * 0.94);
  context.closePath();
  context.lineJoin = 'round';
  context.lineWidth = size * 0.1;
  context.strokeStyle = colour;
  context.fillStyle = colour;
  context.stroke();
  context.fill();
  context.fillStyle = mark;
  const bar = { x: x + size * 0.45, y: y + size * 0.34, width: size * 0.1, height: size * 0.32 };
  traceRounded(context, bar, size * 0.05);
  context.fill();
  context.beginPath();
  context.arc(x + size / 2, y + size * 0.79, size * 0.06, 0, 2 * Math.PI);
  context.fill();
  context.restore();
}

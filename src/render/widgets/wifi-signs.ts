import type { CanvasRenderingContext2D } from 'canvas';
import type { Rect } from '../rect';
import type { Colour } from '../theme';

/** Bars of a signal. */
const bars = 4;

/** How many of the four bars a strength lights, of 0 to 100 %. */
export function litBars(strength: number): number {
  return [5, 30, 55, 80].filter((least) => strength > least).length;
}

/** Paints a signal as four rising bars, of which `lit` are bright. */
export function paintSignal(
  context: CanvasRenderingContext2D,
  { x, y, width, height }: Rect,
  lit: number,
  bright: Colour,
  dim: Colour,
): void {
  const gap = Math.max(1, Math.round(width / 12));
  const wide = Math.floor((width - (bars - 1) * gap) / bars);
  for (let i = 0; i < bars; i++) {
    const tall = Math.round((height * (i + 1)) / bars);
    context.fillStyle = i < lit ? bright : dim;
    context.fillRect(x + i * (wide + gap), y + height - tall, wide, tall);
  }
}

/** Paints a padlock that fills a rectangle, which should be taller than wide. */
export function paintPadlock(
  context: CanvasRenderingContext2D,
  { x, y, width, height }: Rect,
  colour: Colour,
): void {
  const body = Math.round(height * 0.56);
  const top = y + height - body;
  const line = Math.max(1.5, width * 0.14);
  const radius = width * 0.31;
  context.save();
  context.fillStyle = colour;
  context.fillRect(x, top, width, body);
  context.strokeStyle = colour;
  context.lineWidth = line;
  context.beginPath();
  context.moveTo(x + width / 2 - radius, top);
  context.lineTo(x + width / 2 - radius, y + radius + line / 2);
  context.arc(x + width / 2, y + radius + line / 2, radius, Math.PI, 0);
  context.lineTo(x + width / 2 + radius, top);
  context.stroke();
  context.restore();
}

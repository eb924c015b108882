import type { CanvasRenderingContext2D } from 'canvas';
import type { Rect } from '../rect';
import type { Widget } from '../scene';
import type { TextStyle } from '../text';
import type { Colour } from '../theme';
import { traceRounded } from './shapes';

/** Which of the choices is taken. */
export interface SegmentsProps {
  readonly taken: number;
}

/** How a row of choices is set. */
export interface SegmentsLook {
  readonly bounds: Rect;
  readonly radius: number;
  readonly texts: readonly string[];
  readonly taken: { readonly fill: Colour; readonly style: TextStyle };
  readonly other: { readonly fill: Colour; readonly style: TextStyle };
}

/** Choices side by side, of which one is taken: it is lighter and has a line beneath its word. */
export function segments(look: SegmentsLook): Widget<SegmentsProps> {
  const { bounds, radius, texts } = look;
  return {
    bounds,
    atoms: () => [bounds],
    paint(context, { taken }) {
      context.save();
      traceRounded(context, bounds, radius);
      context.fillStyle = look.other.fill;
      context.fill();
      context.clip();
      const width = bounds.width / texts.length;
      texts.forEach((text, i) => {
        const part = { ...bounds, x: Math.round(bounds.x + i * width), width: Math.round(width) };
        paintPart(context, part, text, i === taken ? look.taken : look.other, i === taken);
      });
      context.restore();
    },
  };
}

function paintPart(
  context: CanvasRenderingContext2D,
  { x, y, width, height }: Rect,
  text: string,
  { fill, style }: SegmentsLook['taken'],
  taken: boolean,
): void {
  if (taken) {
    context.fillStyle = fill;
    context.fillRect(x, y, width, height);
    context.fillStyle = style.colour;
    const line = Math.max(2, Math.round(height * 0.07));
    context.fillRect(x, y + height - line, width, line);
  }
  style.draw(context, text, x + width / 2, y + height / 2 + style.size * 0.35, 'center');
}

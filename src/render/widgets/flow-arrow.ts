import type { CanvasRenderingContext2D } from 'canvas';
import type { Rect } from '../rect';
import type { Widget } from '../scene';
import type { Colour } from '../theme';

/** Which way something flows: 1 to the right, -1 to the left, 0 nothing flows or nobody knows. */
export interface FlowArrowProps {
  readonly way: 1 | 0 | -1;
  readonly colour: Colour;
}

/** A triangle that points the way something flows; a dash while nothing does. */
export function flowArrow(bounds: Rect): Widget<FlowArrowProps> {
  return {
    bounds,
    atoms: () => [bounds],
    paint(context, { way, colour }) {
      context.fillStyle = colour;
      if (way === 0) {
        const height = Math.max(2, Math.round(bounds.height * 0.14));
        const y = bounds.y + Math.round((bounds.height - height) / 2);
        context.fillRect(bounds.x, y, bounds.width, height);
      } else trace(context, bounds, way);
    },
  };
}

function trace(context: CanvasRenderingContext2D, { x, y, width, height }: Rect, way: 1 | -1): void {
  const [tip, base] = way === 1 ? [x + width, x] : [x, x + width];
  context.beginPath();
  context.moveTo(base, y);
  context.lineTo(tip, y + height / 2);
  context.lineTo(base, y + height);
  context.closePath();
  context.fill();
}

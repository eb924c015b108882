import type { Rect } from '../rect';
import type { Widget } from '../scene';
import type { Colour } from '../theme';

/** A small light; hollow when nothing comes in, so that it can be told without its colour. */
export interface StatusLightProps {
  readonly colour: Colour;
  readonly hollow: boolean;
}

/** A round light in the middle of its bounds. */
export function statusLight(bounds: Rect): Widget<StatusLightProps> {
  const x = bounds.x + bounds.width / 2;
  const y = bounds.y + bounds.height / 2;
  const radius = Math.min(bounds.width, bounds.height) / 2 - 1;
  return {
    bounds,
    atoms: () => [bounds],
    paint(context, props) {
      context.beginPath();
      context.arc(x, y, props.hollow ? radius - 1 : radius, 0, 2 * Math.PI);
      if (props.hollow) {
        context.strokeStyle = props.colour;
        context.lineWidth = 2;
        context.stroke();
      } else {
        context.fillStyle = props.colour;
        context.fill();
      }
    },
  };
}

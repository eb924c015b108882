import type { Rect } from '../rect';
import type { Widget } from '../scene';
import { traceRounded } from './shapes';

/** The target under the finger; a width of 0 shows nothing. */
export interface PressHighlightProps {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Lights the touched target up, so that a finger sees that it was felt. */
export function pressHighlight(bounds: Rect, radius: number): Widget<PressHighlightProps> {
  const area = (props: PressHighlightProps): Rect => ({
    x: props.x,
    y: props.y,
    width: props.width,
    height: props.height,
  });
  return {
    bounds,
    damage: (before, after) => [area(before), area(after)],
    paint(context, props) {
      if (props.width === 0) return;
      traceRounded(context, area(props), radius, -0.75);
      context.fillStyle = 'rgba(120, 180, 255, 0.16)';
      context.fill();
      context.strokeStyle = 'rgba(120, 180, 255, 0.7)';
      context.lineWidth = 1.5;
      context.stroke();
    },
  };
}

import type { Rect } from '../rect';
import type { Widget } from '../scene';
import type { Colour } from '../theme';
import { traceRounded } from './shapes';

/** Whether a switch is on. */
export interface ToggleSwitchProps {
  readonly on: boolean;
}

/** How a switch is set. */
export interface ToggleSwitchLook {
  readonly bounds: Rect;
  readonly on: Colour;
  readonly off: Colour;
  readonly knob: Colour;
}

/** A switch: its knob is at the right when it is on. */
export function toggleSwitch({
  bounds,
  on: onColour,
  off,
  knob,
}: ToggleSwitchLook): Widget<ToggleSwitchProps> {
  const radius = bounds.height / 2;
  return {
    bounds,
    atoms: () => [bounds],
    paint(context, { on }) {
      traceRounded(context, bounds, radius);
      context.fillStyle = on ? onColour : off;
      context.fill();
      context.beginPath();
      context.arc(
        on ? bounds.x + bounds.width - radius : bounds.x + radius,
        bounds.y + radius,
        radius - Math.max(3, radius * 0.16),
        0,
        2 * Math.PI,
      );
      context.fillStyle = knob;
      context.fill();
    },
  };
}

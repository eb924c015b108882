import type { Rect } from '../rect';
import type { Widget } from '../scene';
import type { TextStyle } from '../text';
import type { Colour } from '../theme';
import { traceRounded } from './shapes';

/** How a switch stands; `undefined` while nobody knows. */
export interface SwitchStateProps {
  readonly on: boolean | undefined;
  readonly late: boolean;
}

/** How the state is drawn. */
export interface SwitchStateLook {
  readonly bounds: Rect;
  readonly on: Colour;
  readonly off: Colour;
  readonly late: Colour;
  /** Stands for what is not known. */
  readonly unknown: { readonly text: string; readonly style: TextStyle };
}

/** A switch that is only looked at: an outline with its knob at the right when it is on. */
export function switchState(look: SwitchStateLook): Widget<SwitchStateProps> {
  const { bounds } = look;
  const radius = bounds.height / 2;
  const line = Math.max(1.5, bounds.height / 11);
  return {
    bounds,
    atoms: () => [bounds],
    paint(context, { on, late }) {
      if (on === undefined) {
        const { text, style } = look.unknown;
        const baseline = bounds.y + radius + style.size * 0.35;
        style.draw(context, text, bounds.x + bounds.width, baseline, 'right');
        return;
      }
      const colour = late ? look.late : on ? look.on : look.off;
      traceRounded(context, bounds, radius, -line / 2);
      context.strokeStyle = colour;
      context.lineWidth = line;
      context.stroke();
      context.beginPath();
      const x = on ? bounds.x + bounds.width - radius : bounds.x + radius;
      context.arc(x, bounds.y + radius, radius - 2.2 * line, 0, 2 * Math.PI);
      context.fillStyle = colour;
      context.fill();
    },
  };
}

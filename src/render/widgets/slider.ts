import type { Rect } from '../rect';
import type { Widget } from '../scene';
import type { Colour } from '../theme';
import { traceRounded } from './shapes';

/** Where a slider stands. */
export interface SliderProps {
  /** 0 (left) to 1. */
  readonly position: number;
  /** Where it stood before it was moved; `undefined` where it was not. */
  readonly before: number | undefined;
}

/** How a slider is set. */
export interface SliderLook {
  /** Where a finger may drag it; the groove runs through the middle. */
  readonly bounds: Rect;
  /** Half the knob's diameter, pixels. */
  readonly knob: number;
  readonly groove: Colour;
  readonly fill: Colour;
  readonly knobColour: Colour;
  readonly mark: Colour;
}

/** The left and the right end of the knob's way, in pixels of the surface. */
export function sliderWay({ bounds, knob }: Pick<SliderLook, 'bounds' | 'knob'>): {
  readonly from: number;
  readonly to: number;
} {
  return { from: bounds.x + knob + 2, to: bounds.x + bounds.width - knob - 2 };
}

/** A knob in a groove that is filled up to it; a mark stands where the knob was before. */
export function slider(look: SliderLook): Widget<SliderProps> {
  const { bounds, knob } = look;
  const { from, to } = sliderWay(look);
  const at = (position: number): number =>
    Math.round(from + (to - from) * Math.min(1, Math.max(0, position)));
  const height = Math.max(4, Math.round(knob * 0.5));
  const middle = bounds.y + Math.round(bounds.height / 2);
  const groove: Rect = {
    x: from - height / 2,
    y: middle - height / 2,
    width: to - from + height,
    height,
  };
  return {
    bounds,
    atoms: () => [bounds],
    paint(context, { position, before }) {
      traceRounded(context, groove, height / 2);
      context.fillStyle = look.groove;
      context.fill();
      const x = at(position);
      traceRounded(context, { ...groove, width: x - groove.x }, height / 2);
      context.fillStyle = look.fill;
      context.fill();
      if (before !== undefined) {
        context.fillStyle = look.mark;
        const tall = Math.round(knob * 1.7);
        context.fillRect(at(before) - 2, middle - Math.round(tall / 2), 4, tall);
      }
      context.beginPath();
      context.arc(x, middle, knob, 0, 2 * Math.PI);
      context.fillStyle = look.knobColour;
      context.fill();
    },
  };
}

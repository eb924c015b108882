import type { Rect } from '../rect';
import type { Widget } from '../scene';
import type { Colour } from '../theme';
import { traceRounded } from './shapes';

/** How much of something is done. */
export interface ProgressBarProps {
  /** 0 to 1; `undefined` where that is not known, -1 shows nothing. */
  readonly part: number | undefined;
}

/** How a progress bar is set. */
export interface ProgressBarLook {
  readonly bounds: Rect;
  readonly track: Colour;
  readonly fill: Colour;
}

/** A bar that fills from the left; one of unknown length is hatched. */
export function progressBar({ bounds, track, fill }: ProgressBarLook): Widget<ProgressBarProps> {
  const radius = bounds.height / 2;
  return {
    bounds,
    atoms: () => [bounds],
    paint(context, { part }) {
      if (part !== undefined && part < 0) return;
      traceRounded(context, bounds, radius);
      context.fillStyle = track;
      context.fill();
      if (part === undefined) {
        context.save();
        traceRounded(context, bounds, radius);
        context.clip();
        context.beginPath();
        for (let x = bounds.x - bounds.height; x < bounds.x + bounds.width; x += bounds.height * 2) {
          context.moveTo(x, bounds.y + bounds.height);
          context.lineTo(x + bounds.height, bounds.y);
          context.lineTo(x + bounds.height * 2, bounds.y);
          context.lineTo(x + bounds.height, bounds.y + bounds.height);
        }
        context.fillStyle = fill;
        context.fill();
        context.restore();
        return;
      }
      const width = Math.round(bounds.width * Math.min(1, part));
      if (width <= 0) return;
      traceRounded(context, { ...bounds, width: Math.max(bounds.height, width) }, radius);
      context.fillStyle = fill;
      context.fill();
    },
  };
}

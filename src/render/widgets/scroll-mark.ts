import type { Rect } from '../rect';
import type { Widget } from '../scene';
import type { Colour } from '../theme';

/** Which part of something long is seen: 0 is its beginning, 1 its end. Where all of it is, nothing is drawn. */
export interface ScrollMarkProps {
  readonly from: number;
  readonly to: number;
}

/** A narrow mark beside a list that has more than is seen. */
export function scrollMark(bounds: Rect, track: Colour, thumb: Colour): Widget<ScrollMarkProps> {
  return {
    bounds,
    paint(context, { from, to }) {
      if (to - from >= 1) return;
      context.fillStyle = track;
      context.fillRect(bounds.x, bounds.y, bounds.width, bounds.height);
      const top = Math.round(bounds.height * Math.max(0, from));
      const height = Math.max(bounds.width * 2, Math.round(bounds.height * (to - from)));
      context.fillStyle = thumb;
      context.fillRect(bounds.x, bounds.y + Math.min(top, bounds.height - height), bounds.width, height);
    },
  };
}

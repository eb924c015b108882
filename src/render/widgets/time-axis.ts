import type { Rect } from '../rect';
import type { Widget } from '../scene';
import type { TextStyle } from '../text';
import type { Colour } from '../theme';

/** Times beneath a plot. */
export interface TimeAxisProps {
  /** At the left edge. */
  readonly left: string;
  /** In between, with the x of their middles in pixels of the surface. */
  readonly texts: readonly string[];
  readonly xs: readonly number[];
}

/** How a time axis is set. */
export interface TimeAxisLook {
  /** As wide as the plot, just beneath it. */
  readonly bounds: Rect;
  readonly baseline: number;
  readonly style: TextStyle;
  /** The two ends are what one looks for. */
  readonly endStyle: TextStyle;
  readonly tick: { readonly colour: Colour; readonly height: number };
}

/** When: a time at the left edge, `now` at the right one, and a few in between with ticks. */
export function timeAxis(look: TimeAxisLook): Widget<TimeAxisProps> {
  const { bounds, baseline } = look;
  const right = bounds.x + bounds.width;
  return {
    bounds,
    paint(context, { left, texts, xs }) {
      context.fillStyle = look.tick.colour;
      for (const x of [bounds.x, ...xs, right - 1])
        context.fillRect(Math.round(x), bounds.y, 1, look.tick.height);
      look.endStyle.draw(context, left, bounds.x, baseline);
      look.endStyle.draw(context, 'now', right, baseline, 'right');
      texts.forEach((text, i) => look.style.draw(context, text, xs[i] ?? 0, baseline, 'center'));
    },
  };
}

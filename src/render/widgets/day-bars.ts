import type { CanvasRenderingContext2D } from 'canvas';
import type { Rect } from '../rect';
import type { Widget } from '../scene';
import type { Colour } from '../theme';

/** What went up and down in each of some days, the latest at the right: pixels, `undefined` for a day of which nothing is known. */
export interface DayBarsProps {
  readonly up: readonly (number | undefined)[];
  readonly down: readonly (number | undefined)[];
}

/** How the bars are set. */
export interface DayBarsLook {
  readonly bounds: Rect;
  /** y of the line that both stand on. */
  readonly zero: number;
  readonly up: Colour;
  readonly down: Colour;
  readonly line: Colour;
  /** The line where nothing is known. */
  readonly gapLine: Colour;
}

/** A bar a day, of equal width; two ways where something goes both ways. */
export function dayBars(look: DayBarsLook): Widget<DayBarsProps> {
  const { bounds, zero } = look;
  return {
    bounds,
    paint(context, { up, down }) {
      const days = up.length;
      const edge = (day: number): number => bounds.x + Math.round((day * bounds.width) / Math.max(1, days));
      const gap = bounds.width / Math.max(1, days) >= 6 ? 2 : 1;
      const paint = (heights: DayBarsProps['up'], colour: Colour, sign: 1 | -1): void => {
        context.fillStyle = colour;
        heights.forEach((height, day) => {
          if (height === undefined || height <= 0) return;
          const tall = Math.max(1, Math.round(height));
          context.fillRect(
            edge(day),
            sign > 0 ? zero - tall : zero + 1,
            edge(day + 1) - edge(day) - gap,
            tall,
          );
        });
      };
      up.forEach((height, day) => paintFoot(context, look, edge(day), edge(day + 1) - gap, height));
      paint(up, look.up, 1);
      paint(down, look.down, -1);
    },
  };
}

function paintFoot(
  context: CanvasRenderingContext2D,
  { zero, line, gapLine }: DayBarsLook,
  from: number,
  to: number,
  height: number | undefined,
): void {
  context.fillStyle = height === undefined ? gapLine : line;
  context.fillRect(from, zero, to - from, 1);
}

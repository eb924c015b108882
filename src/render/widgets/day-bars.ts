import type { Rect } from '../rect';
import type { Widget } from '../scene';
import type { Colour } from '../theme';

/** What went up and down in each of some days, the latest at the right: pixels, `undefined` for a day of which nothing is known. */
export interface DayBarsProps {
  readonly up: readonly (number | undefined)[];
  readonly down: readonly (number | undefined)[];
  /** What they are compared with, behind them; empty where there is nothing to compare. */
  readonly upBehind: readonly (number | undefined)[];
  readonly downBehind: readonly (number | undefined)[];
}

/** How the bars are set. */
export interface DayBarsLook {
  readonly bounds: Rect;
  /** y of the line that both stand on. */
  readonly zero: number;
  readonly up: Colour;
  readonly down: Colour;
  readonly upBehind: Colour;
  readonly downBehind: Colour;
  readonly line: Colour;
  /** The line where nothing is known. */
  readonly gapLine: Colour;
}

/** Where the bar of a day begins, and where the next one does. */
export function dayPlace(
  bounds: Rect,
  days: number,
  day: number,
): { readonly from: number; readonly to: number } {
  const edge = (i: number): number => bounds.x + Math.round((i * bounds.width) / Math.max(1, days));
  return { from: edge(day), to: edge(day + 1) };
}

/** Bars of equal width; two ways where something goes both ways, and narrower ones where others stand behind them. */
export function dayBars(look: DayBarsLook): Widget<DayBarsProps> {
  const { bounds, zero } = look;
  return {
    bounds,
    paint(context, { up, down, upBehind, downBehind }) {
      const days = up.length;
      const width = bounds.width / Math.max(1, days);
      const gap = width >= 6 ? Math.max(2, Math.round(width * 0.14)) : 1;
      const isCompared = [...upBehind, ...downBehind].some((height) => height !== undefined);
      const narrow = isCompared ? Math.round(width * 0.18) : 0;
      const paint = (heights: DayBarsProps['up'], colour: Colour, sign: 1 | -1, margin: number): void => {
        context.fillStyle = colour;
        heights.forEach((height, day) => {
          if (height === undefined || height <= 0) return;
          const tall = Math.max(1, Math.round(height));
          const { from, to } = dayPlace(bounds, days, day);
          const wide = Math.max(1, to - from - gap - 2 * margin);
          context.fillRect(from + margin, sign > 0 ? zero - tall : zero + 1, wide, tall);
        });
      };
      up.forEach((height, day) => {
        const { from, to } = dayPlace(bounds, days, day);
        context.fillStyle = height === undefined ? look.gapLine : look.line;
        context.fillRect(from, zero, to - gap - from, 1);
      });
      paint(upBehind, look.upBehind, 1, 0);
      paint(downBehind, look.downBehind, -1, 0);
      paint(up, look.up, 1, narrow);
      paint(down, look.down, -1, narrow);
    },
  };
}

import type { CanvasRenderingContext2D } from 'canvas';
import type { Rect } from '../rect';
import type { Widget } from '../scene';
import type { Colour } from '../theme';

/** Power over time as bars from a zero line: out of the battery above it, into it below. */
export interface PowerBarsProps {
  /** Pixels above (+) or below (-) the zero line, oldest first; `undefined` where nothing was heard. */
  readonly heights: readonly (number | undefined)[];
}

/** How the bars are set. */
export interface PowerBarsLook {
  readonly bounds: Rect;
  /** y of the zero line's pixel row. */
  readonly zero: number;
  /** Pixels from one bar to the next, gap included. */
  readonly pitch: number;
  readonly out: Colour;
  readonly into: Colour;
  readonly line: Colour;
  /** The zero line where nothing was heard. */
  readonly gapLine: Colour;
  /** The end of a bar that would be longer than there is room for: as long as this many pixels, in lighter colours. */
  readonly clipped?: { readonly length: number; readonly out: Colour; readonly into: Colour };
}

/** A window with the latest hours of power. A stretch without data has no bars and a broken zero line. */
export function powerBars(look: PowerBarsLook): Widget<PowerBarsProps> {
  const { bounds, zero, pitch } = look;
  const up = zero - bounds.y;
  const down = bounds.y + bounds.height - zero - 1;
  const barWidth = Math.max(1, pitch - 1);
  const paintSide = (
    context: CanvasRenderingContext2D,
    heights: readonly (number | undefined)[],
    above: boolean,
  ): void => {
    context.beginPath();
    heights.forEach((height, i) => {
      if (height === undefined || height === 0 || height > 0 !== above) return;
      const tall = Math.max(1, Math.min(above ? up : down, Math.round(Math.abs(height))));
      context.rect(bounds.x + i * pitch, above ? zero - tall : zero + 1, barWidth, tall);
    });
    context.fillStyle = above ? look.out : look.into;
    context.fill();
  };
  const paintClipped = (
    context: CanvasRenderingContext2D,
    heights: readonly (number | undefined)[],
    length: number,
    above: boolean,
    colour: Colour,
  ): void => {
    const room = above ? up : down;
    context.beginPath();
    heights.forEach((height, i) => {
      if (height === undefined || height > 0 !== above || Math.abs(height) <= room) return;
      context.rect(
        bounds.x + i * pitch,
        above ? bounds.y : bounds.y + bounds.height - length,
        barWidth,
        length,
      );
    });
    context.fillStyle = colour;
    context.fill();
  };
  return {
    bounds,
    paint(context, { heights }) {
      context.beginPath();
      heights.forEach((height, i) => {
        if (height !== undefined) context.rect(bounds.x + i * pitch, zero, pitch, 1);
      });
      context.fillStyle = look.line;
      context.fill();
      context.beginPath();
      heights.forEach((height, i) => {
        if (height === undefined && i % 2 === 0) context.rect(bounds.x + i * pitch, zero, pitch, 1);
      });
      context.fillStyle = look.gapLine;
      context.fill();
      paintSide(context, heights, true);
      paintSide(context, heights, false);
      const { clipped } = look;
      if (clipped === undefined) return;
      paintClipped(context, heights, clipped.length, true, clipped.out);
      paintClipped(context, heights, clipped.length, false, clipped.into);
    },
  };
}

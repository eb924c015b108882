import type { CanvasRenderingContext2D } from 'canvas';
import type { Rect } from '../rect';
import type { Widget } from '../scene';
import type { Colour } from '../theme';

/** One bar a cell, standing on a base line that is not zero volts: `bottom` says which voltage it is. */
export interface CellBarsProps {
  /** Heights of the bars in pixels; `undefined` where a cell's voltage is not known. */
  readonly heights: readonly (number | undefined)[];
  /** Index of the lowest and of the highest cell. */
  readonly lowest: number | undefined;
  readonly highest: number | undefined;
  readonly late: boolean;
  /** Cells in a module; `undefined` where modules mean nothing. */
  readonly perModule: number | undefined;
  /** Indices of the cells that are being balanced. */
  readonly balancing: readonly number[];
}

/** The colours of the bars. Neighbouring modules differ, so that a module can be counted among forty. */
export interface CellBarsColours {
  readonly even: Colour;
  readonly odd: Colour;
  readonly late: Colour;
  readonly lowest: Colour;
  readonly highest: Colour;
  readonly missing: Colour;
  /** Of the mark of a cell that is being balanced, and of the line around it. */
  readonly balancing: Colour;
  readonly ground: Colour;
}

/** Where each bar stands. */
export interface BarGrid {
  readonly barWidth: number;
  /** Left edge of the bar of a cell. */
  left(cell: number): number;
}

/**
 * Shares a width among cells in modules, in whole pixels: equal bars, a gap between bars where there is room for one, and
 * what is left over between modules and at both sides.
 *
 * @param perModule cells in a module; `undefined`: all stand in one row
 * @param widest pixels from bar to bar at the most
 * @param moduleGap pixels between modules at the least, where there is room for that
 */
export function barGrid(
  width: number,
  cells: number,
  perModule: number | undefined,
  widest = 44,
  moduleGap = 0,
): BarGrid {
  const cellsPerModule = Math.max(1, perModule ?? cells);
  const modules = Math.max(1, Math.ceil(cells / cellsPerModule));
  const slot = Math.max(1, Math.floor(width / modules));
  const free = slot >= 6 * cellsPerModule ? moduleGap : 0;
  let pitch = Math.max(1, Math.floor((slot - free) / cellsPerModule));
  const gap = pitch >= 12 ? 3 : pitch >= 5 ? 2 : pitch >= 3 ? 1 : 0;
  pitch = Math.min(pitch, widest);
  const barWidth = Math.max(1, pitch - gap);
  const used = pitch * cellsPerModule;
  const modulePitch = Math.min(slot, used + Math.max(gap * 2, 10));
  const margin = Math.floor((width - modulePitch * (modules - 1) - used + gap) / 2);
  return {
    barWidth,
    left: (cell) =>
      margin + Math.floor(cell / cellsPerModule) * modulePitch + (cell % cellsPerModule) * pitch,
  };
}

/** A window with the voltage of every cell. All bars of one colour are painted as one path. */
export function cellBars(bounds: Rect, colours: CellBarsColours): Widget<CellBarsProps> {
  return {
    bounds,
    paint(context, props) {
      const { heights, perModule = heights.length } = props;
      const grid = barGrid(bounds.width, heights.length, perModule);
      const bars = (wanted: (cell: number, height: number | undefined) => boolean, colour: Colour): void => {
        paintBars(context, bounds, grid, heights, wanted, colour);
      };
      const odd = (cell: number): boolean => Math.floor(cell / perModule) % 2 === 1;
      if (props.late) {
        bars((_, height) => height !== undefined, colours.late);
      } else {
        bars((cell, height) => height !== undefined && !odd(cell), colours.even);
        bars((cell, height) => height !== undefined && odd(cell), colours.odd);
        bars((cell) => cell === props.highest, colours.highest);
        bars((cell) => cell === props.lowest, colours.lowest);
      }
      bars((_, height) => height === undefined, colours.missing);
      paintMarks(context, bounds, grid, props.balancing, colours);
    },
  };
}

/** A triangle that points down into the bar: charge is taken out of it. */
function paintMarks(
  context: CanvasRenderingContext2D,
  bounds: Rect,
  grid: BarGrid,
  cells: readonly number[],
  { balancing, ground }: CellBarsColours,
): void {
  const size = Math.max(8, Math.min(14, Math.round(bounds.height * 0.4)));
  context.beginPath();
  for (const cell of cells) {
    const x = bounds.x + grid.left(cell) + grid.barWidth / 2;
    context.moveTo(x - size / 2, bounds.y + 1);
    context.lineTo(x + size / 2, bounds.y + 1);
    context.lineTo(x, bounds.y + 1 + size * 0.8);
    context.closePath();
  }
  context.strokeStyle = ground;
  context.lineWidth = 2;
  context.stroke();
  context.fillStyle = balancing;
  context.fill();
}

function paintBars(
  context: CanvasRenderingContext2D,
  bounds: Rect,
  grid: BarGrid,
  heights: readonly (number | undefined)[],
  wanted: (cell: number, height: number | undefined) => boolean,
  colour: Colour,
): void {
  context.beginPath();
  heights.forEach((height, cell) => {
    if (!wanted(cell, height)) return;
    const tall = Math.min(bounds.height, Math.max(1, Math.round(height ?? 2)));
    context.rect(bounds.x + grid.left(cell), bounds.y + bounds.height - tall, grid.barWidth, tall);
  });
  context.fillStyle = colour;
  context.fill();
}

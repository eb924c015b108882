import type { CanvasRenderingContext2D } from 'canvas';
import type { Rect } from '../rect';
import type { Widget } from '../scene';
import type { TextStyle } from '../text';
import type { Colour } from '../theme';
import { barGrid, type BarGrid, type CellBarsColours } from './cell-bars';

/** One bar a cell, up or down from a base line, with limits across all of them. */
export interface CellPlotProps {
  /** Whole pixels up (+) or down (-) from the base line; `undefined` where a cell's voltage is not known. */
  readonly heights: readonly (number | undefined)[];
  /** By cell: its value is old. */
  readonly late: readonly boolean[];
  /** Cells in a module; `undefined` where modules mean nothing. */
  readonly perModule: number | undefined;
  /** The base line's place, pixels above the lower edge of the bars. */
  readonly base: number;
  /** Index of the lowest and of the highest cell, and what is written at their ticks. */
  readonly lowest: number | undefined;
  readonly lowestText: string;
  readonly highest: number | undefined;
  readonly highestText: string;
  /** The cut-offs: pixels above the lower edge of the bars, and what is written beyond them. */
  readonly low: number | undefined;
  readonly lowText: string;
  readonly high: number | undefined;
  readonly highText: string;
  /** Where several batteries stand side by side, the first cell of each, and its name. */
  readonly starts: readonly number[];
  readonly names: readonly string[];
}

/** How a cell plot is set. */
export interface CellPlotLook {
  /** Where the bars stand. */
  readonly bars: Rect;
  /** Pixels above and below the bars for the numbers of the highest and of the lowest cell. */
  readonly strip: number;
  readonly colours: Omit<CellBarsColours, 'balancing' | 'ground'> & {
    readonly line: Colour;
    readonly base: Colour;
    readonly plate: Colour;
  };
  readonly lowestStyle: TextStyle;
  readonly highestStyle: TextStyle;
  readonly lineStyle: TextStyle;
}

/** The widest a bar gets, gap included, pixels. */
const widestPitch = 96;
/** Pixels between two modules. */
const moduleGap = 4;

/** Where the bars of a cell plot stand. */
export function cellPlotGrid(bars: Rect, cells: number, perModule: number | undefined): BarGrid {
  return barGrid(bars.width, cells, perModule, widestPitch, moduleGap);
}

/** The cell whose bar is nearest to `x` (pixels of the surface); `undefined` without cells. */
export function nearestCell(
  bars: Rect,
  cells: number,
  perModule: number | undefined,
  x: number,
): number | undefined {
  const grid = cellPlotGrid(bars, cells, perModule);
  let nearest: number | undefined;
  let least = Infinity;
  for (let cell = 0; cell < cells; cell++) {
    const distance = Math.abs(bars.x + grid.left(cell) + grid.barWidth / 2 - x);
    if (distance < least) [nearest, least] = [cell, distance];
  }
  return nearest;
}

/**
 * Every cell of a pack. The lowest and the highest differ by colour, by a tick and by their number beneath and above; a
 * cell that is not known has an empty track instead of a bar.
 */
export function cellPlot(look: CellPlotLook): Widget<CellPlotProps> {
  const { bars, strip, colours } = look;
  return {
    bounds: { ...bars, y: bars.y - strip, height: bars.height + 2 * strip },
    paint(context, props) {
      const { heights, late, lowest, highest, perModule = heights.length, starts } = props;
      const grid = cellPlotGrid(bars, heights.length, perModule);
      // Neighbouring batteries differ as neighbouring modules do.
      const odd = (cell: number): boolean =>
        starts.length > 0
          ? starts.findLastIndex((start) => start <= cell) % 2 === 1
          : Math.floor(cell / perModule) % 2 === 1;
      const paint = (colour: Colour, wanted: (cell: number) => boolean): void =>
        paintCells(context, bars, grid, props, colour, wanted);
      paint(colours.missing, (cell) => heights[cell] === undefined);
      const live = (cell: number): boolean => heights[cell] !== undefined && late[cell] !== true;
      const marked = (cell: number): boolean => cell === lowest || cell === highest;
      paint(colours.late, (cell) => late[cell] === true && heights[cell] !== undefined);
      paint(colours.even, (cell) => live(cell) && !marked(cell) && !odd(cell));
      paint(colours.odd, (cell) => live(cell) && !marked(cell) && odd(cell));
      paint(colours.highest, (cell) => live(cell) && cell === highest);
      paint(colours.lowest, (cell) => live(cell) && cell === lowest);
      if (props.base > 0 && props.base < bars.height) {
        context.fillStyle = colours.base;
        context.fillRect(bars.x, bars.y + bars.height - props.base, bars.width, 1);
      }
      // No plate may hide a cell that is beyond the limit.
      const plate = heights.every((height) => height === undefined || height >= (props.low ?? 0));
      paintLimit(context, look, props.low, props.lowText, { to: 'below', plate });
      paintLimit(context, look, props.high, props.highText, { to: 'above', plate: false });
      paintGroups(context, look, grid, props);
      paintMark(context, look, grid, highest, props.highestText, 'above');
      paintMark(context, look, grid, lowest, props.lowestText, 'below');
    },
  };
}

function paintCells(
  context: CanvasRenderingContext2D,
  bars: Rect,
  grid: BarGrid,
  { heights, base }: CellPlotProps,
  colour: Colour,
  wanted: (cell: number) => boolean,
): void {
  const zero = bars.y + bars.height - base;
  const clamp = (y: number): number => Math.max(bars.y, Math.min(bars.y + bars.height, y));
  context.beginPath();
  heights.forEach((height, cell) => {
    if (!wanted(cell)) return;
    const x = bars.x + grid.left(cell);
    if (height === undefined) {
      context.rect(x, bars.y, grid.barWidth, bars.height);
      return;
    }
    // What hardly differs from the base line is still there to be seen.
    const end = Math.abs(height) < 1 ? 1 : height;
    const [top, bottom] = [clamp(Math.min(zero, zero - end)), clamp(Math.max(zero, zero - end))];
    context.rect(x, top, grid.barWidth, Math.max(1, bottom - top));
  });
  context.fillStyle = colour;
  context.fill();
}

/** The name of each battery at the top of its cells, and a line in front of all but the first. */
function paintGroups(
  context: CanvasRenderingContext2D,
  { bars, colours, lineStyle }: CellPlotLook,
  grid: BarGrid,
  { heights, starts, names }: CellPlotProps,
): void {
  starts.forEach((start, i) => {
    const next = starts[i + 1] ?? heights.length;
    const x = bars.x + grid.left(start);
    const room = grid.left(Math.max(start, next - 1)) + grid.barWidth - grid.left(start) - 8;
    if (i > 0) {
      context.fillStyle = colours.line;
      context.fillRect(x - 2, bars.y, 1, bars.height);
    }
    const name = names[i] ?? '';
    const text = lineStyle.width(name) <= room ? name : lineStyle.fit(name, room);
    const width = lineStyle.width(text) + 8;
    // On a ground of its own it can be read above a bar, too.
    context.fillStyle = colours.plate;
    context.fillRect(x, bars.y + 1, width, Math.round(lineStyle.size * 1.3));
    lineStyle.draw(context, text, x + 4, bars.y + lineStyle.size);
  });
}

/** A broken line at a cut-off, and beyond it what it is. */
function paintLimit(
  context: CanvasRenderingContext2D,
  { bars, colours, lineStyle }: CellPlotLook,
  line: number | undefined,
  text: string,
  beyond: { readonly to: 'above' | 'below'; readonly plate: boolean },
): void {
  if (line === undefined) return;
  const y = bars.y + bars.height - line;
  context.fillStyle = colours.line;
  for (let x = bars.x; x < bars.x + bars.width; x += 14)
    context.fillRect(x, y - 1, Math.min(8, bars.x + bars.width - x), 2);
  const width = lineStyle.width(text) + Math.round(lineStyle.size * 0.8);
  const height = Math.round(lineStyle.size * 1.2);
  const x = bars.x + bars.width - width;
  const top = beyond.to === 'above' ? y - 2 - height : y + 2;
  if (beyond.plate) {
    context.fillStyle = colours.plate;
    context.fillRect(x, top, width, height);
  }
  lineStyle.draw(context, text, x + width / 2, top + height / 2 + lineStyle.size * 0.35, 'center');
}

/** The tick and the number of a cell. */
function paintMark(
  context: CanvasRenderingContext2D,
  { bars, strip, lowestStyle, highestStyle }: CellPlotLook,
  grid: BarGrid,
  cell: number | undefined,
  text: string,
  where: 'above' | 'below',
): void {
  if (cell === undefined) return;
  const style = where === 'above' ? highestStyle : lowestStyle;
  const middle = bars.x + grid.left(cell) + grid.barWidth / 2;
  const tick = Math.max(3, Math.round(strip * 0.22));
  const wide = Math.max(3, Math.min(grid.barWidth, tick));
  context.fillStyle = style.colour;
  const tickY = where === 'above' ? bars.y - tick - 1 : bars.y + bars.height + 1;
  context.fillRect(Math.round(middle - wide / 2), tickY, wide, tick);
  const half = style.width(text) / 2;
  const x = Math.max(bars.x + half, Math.min(bars.x + bars.width - half, middle));
  // Figures reach an eighth of their size below their base line.
  const lowest = bars.y + bars.height + strip - Math.ceil(style.size / 8) - 1;
  const baseline = where === 'above' ? tickY - 3 : Math.min(lowest, tickY + tick + 2 + style.size * 0.74);
  style.draw(context, text, x, baseline, 'center');
}

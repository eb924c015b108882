import { powerLogKept, powerLogLength } from '../../model/power-log';
import type { Rect } from '../../render/rect';
import { metrics } from '../../render/theme';
import { layoutDetail, type DetailLayout } from '../detail/detail-layout';

/** How much of the past is shown, in steps of the power log. */
export const powerSpans = [powerLogLength, powerLogKept] as const;

/** How the bars of a span stand in the plot. */
export interface PowerBarsGrid {
  /** Pixels from bar to bar. */
  readonly pitch: number;
  /** How many bars there are, and how many steps of the log each stands for. */
  readonly bars: number;
  readonly steps: number;
}

/** Where everything of the power log's screen stands, in whole pixels. */
export interface PowerLogLayout {
  readonly detail: DetailLayout;
  readonly panel: Rect;
  readonly plot: Rect;
  readonly zero: number;
  readonly axis: Rect;
  readonly zoom: { readonly pill: Rect; readonly target: Rect };
  readonly spans: { readonly row: Rect; readonly targets: readonly [Rect, Rect] };
  /** What is read, what flowed in, what flowed out. */
  readonly facts: readonly [Rect, Rect, Rect];
  /** The two of them that tell energies: a way to those of days, months and years. */
  readonly energies: { readonly row: Rect; readonly target: Rect };
}

/** Lays the power log out for any size. */
export function layoutPowerLog(
  width: number,
  height: number,
  finger: number = metrics.touchTarget,
): PowerLogLayout {
  const narrow = Math.min(width, height) < 400;
  const detail = layoutDetail(width, height, narrow ? 260 : height > width ? 222 : 256, finger, 3);
  const { body, length, right } = detail;
  const gap = length(metrics.gap);
  const factHeight = Math.max(length(64), finger - 2 * gap);
  const factsHeight = detail.tall ? 2 * factHeight + gap : factHeight;
  const panel: Rect = { ...body, height: body.height - factsHeight - gap };
  const axisHeight = length(30);
  const room = panel.width - length(44) - length(12);
  // Whole pixels for every bar of the short span; the rest is shared among both sides.
  const plotWidth = Math.max(1, Math.floor(room / powerLogLength)) * powerLogLength;
  const plot: Rect = {
    x: panel.x + length(44) + Math.floor((room - plotWidth) / 2),
    y: panel.y + length(12),
    width: plotWidth,
    height: panel.height - length(12) - axisHeight,
  };
  const inset = length(9);
  const row = { y: inset, height: right.height - 2 * inset };
  const third = Math.floor((right.width - gap) / 3);
  const spansX = right.x + third + gap;
  const told = facts(body, panel.y + panel.height + gap, factHeight, gap, detail.tall);
  const [, into, out] = told;
  const energies: Rect = { ...into, width: out.x + out.width - into.x };
  return {
    detail,
    panel,
    plot,
    zero: plot.y + Math.floor(plot.height / 2),
    axis: { x: plot.x, y: plot.y + plot.height, width: plot.width, height: axisHeight },
    zoom: {
      pill: { x: right.x, width: third, ...row },
      target: { x: right.x, y: 0, width: third + Math.floor(gap / 2), height: right.height },
    },
    spans: {
      row: { x: spansX, width: right.x + right.width - spansX, ...row },
      targets: [
        {
          x: right.x + third + Math.floor(gap / 2),
          y: 0,
          width: third + gap - Math.floor(gap / 2),
          height: right.height,
        },
        { x: spansX + third, y: 0, width: width - spansX - third, height: right.height },
      ],
    },
    facts: told,
    energies: {
      row: energies,
      // A small screen's tiles are lower than a finger needs.
      target:
        factHeight >= finger
          ? energies
          : { ...energies, y: energies.y - gap, height: height - energies.y + gap },
    },
  };
}

function facts(body: Rect, y: number, height: number, gap: number, tall: boolean): PowerLogLayout['facts'] {
  if (tall) {
    const width = Math.floor((body.width - gap) / 2);
    const below = y + height + gap;
    return [
      { x: body.x, y, width: body.width, height },
      { x: body.x, y: below, width, height },
      { x: body.x + width + gap, y: below, width, height },
    ];
  }
  const width = Math.floor((body.width - 2 * gap) * 0.29);
  const first = body.width - 2 * (width + gap);
  return [
    { x: body.x, y, width: first, height },
    { x: body.x + first + gap, y, width, height },
    { x: body.x + first + width + 2 * gap, y, width, height },
  ];
}

/** Shares the plot among the bars of a span: where there is no pixel for every step, several make one bar. */
export function powerBarsGrid(plot: Rect, span: number): PowerBarsGrid {
  let steps = 1;
  while (plot.width % (span / steps) !== 0) steps++;
  const bars = span / steps;
  return { pitch: plot.width / bars, bars, steps };
}

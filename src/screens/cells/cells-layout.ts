import type { Rect } from '../../render/rect';
import { metrics } from '../../render/theme';
import { layoutDetail, type DetailLayout } from '../detail/detail-layout';

/** Where everything of the cells' screen stands, in whole pixels. */
export interface CellsLayout {
  readonly detail: DetailLayout;
  readonly panel: Rect;
  /** The line above the bars: what is read, or how many cells there are. */
  readonly reading: Rect;
  readonly bars: Rect;
  /** Above and beneath the bars, pixels. */
  readonly strip: number;
  /** The choice of views: its row, and what of the head each of them can be touched in. */
  readonly views: { readonly row: Rect; readonly targets: readonly [Rect, Rect, Rect] };
  /** Highest, lowest, mean and spread. */
  readonly facts: readonly [Rect, Rect, Rect, Rect];
}

/** Lays the cells' screen out for any size. @param headWidth what the choice of views takes of the head at 800x480, pixels */
export function layoutCells(
  width: number,
  height: number,
  headWidth = height > width ? 282 : 316,
  finger: number = metrics.touchTarget,
  choices = 3,
): CellsLayout {
  const detail = layoutDetail(width, height, headWidth, finger, choices);
  const { body, length, right } = detail;
  const gap = length(metrics.gap);
  const factHeight = length(64);
  const rows = detail.tall ? 2 : 1;
  const factsHeight = rows * factHeight + (rows - 1) * gap;
  const panel: Rect = { ...body, height: body.height - factsHeight - gap };
  const pad = length(8);
  const strip = Math.max(17, length(24));
  const reading: Rect = {
    x: panel.x + length(12),
    y: panel.y,
    width: panel.width - 2 * length(12),
    height: length(38),
  };
  const top = reading.y + reading.height + strip;
  const bars: Rect = {
    x: panel.x + pad,
    y: top,
    width: panel.width - 2 * pad,
    height: panel.y + panel.height - strip - top - length(2),
  };
  const inset = length(9);
  const row: Rect = { x: right.x, y: inset, width: right.width, height: right.height - 2 * inset };
  const third = Math.floor(right.width / 3);
  const target = (i: number, end: number): Rect => ({
    x: right.x + i * third,
    y: 0,
    width: end - right.x - i * third,
    height: right.height,
  });
  const factsY = panel.y + panel.height + gap;
  const columns = 4 / rows;
  const factWidth = Math.floor((body.width - (columns - 1) * gap) / columns);
  const fact = (i: number): Rect => ({
    x: body.x + (i % columns) * (factWidth + gap),
    y: factsY + Math.floor(i / columns) * (factHeight + gap),
    width: factWidth,
    height: factHeight,
  });
  return {
    detail,
    panel,
    reading,
    bars,
    strip,
    views: {
      row,
      targets: [target(0, right.x + third), target(1, right.x + 2 * third), target(2, width)],
    },
    facts: [fact(0), fact(1), fact(2), fact(3)],
  };
}

import type { Rect } from '../../render/rect';
import { metrics } from '../../render/theme';
import { socLogLength } from '../../model/soc-log';
import { layoutDetail, type DetailLayout } from '../detail/detail-layout';

/** Where everything of the SOC log stands, in whole pixels. */
export interface SocLogLayout {
  readonly detail: DetailLayout;
  readonly panel: Rect;
  readonly plot: Rect;
  /** Height of 100 %; there is a little room above it. */
  readonly full: number;
  /** Pixels a bar, and how many there are. */
  readonly pitch: number;
  readonly bars: number;
  readonly axis: Rect;
  readonly longer: Rect;
  readonly shorter: Rect;
  /** Between the two arrows. */
  readonly middle: Rect;
}

/** Left and right of the plot at 800x480: what is left is 702 pixels (S0.37). */
const scaleWidth = 50;
const rightRoom = 24;

/** Lays the SOC log out for any size. */
export function layoutSocLog(
  width: number,
  height: number,
  finger: number = metrics.touchTarget,
): SocLogLayout {
  const detail = layoutDetail(width, height, height > width ? 168 : 190, finger);
  const { body, length } = detail;
  const arrows = {
    width: Math.max(finger, length(detail.tall ? 130 : 170)),
    height: Math.max(finger, length(60)),
  };
  const gap = length(metrics.gap);
  const y = body.y + body.height - arrows.height;
  const panel: Rect = { ...body, height: body.height - arrows.height - gap };
  const room = panel.width - length(scaleWidth) - length(rightRoom);
  const pitch = Math.ceil(room / socLogLength);
  const bars = Math.floor(room / pitch);
  const axisHeight = length(30);
  const top = panel.y + length(10);
  const plot: Rect = {
    x: panel.x + length(scaleWidth),
    y: top,
    width: bars * pitch,
    height: panel.y + panel.height - axisHeight - top,
  };
  return {
    detail,
    panel,
    plot,
    full: plot.height - length(8),
    pitch,
    bars,
    axis: { x: plot.x, y: plot.y + plot.height, width: plot.width, height: axisHeight },
    longer: { x: body.x, y, ...arrows },
    shorter: { x: body.x + body.width - arrows.width, y, ...arrows },
    middle: {
      x: body.x + arrows.width + gap,
      y,
      width: body.width - 2 * (arrows.width + gap),
      height: arrows.height,
    },
  };
}

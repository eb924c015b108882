import type { Rect } from '../../render/rect';
import { metrics, referenceSize, typeScale, type TypeRole } from '../../render/theme';

/** What all detail screens have in common, in whole pixels: a head with the way back, and a body beneath it. */
export interface DetailLayout {
  readonly width: number;
  readonly height: number;
  readonly tall: boolean;
  /** The way back: what is seen and where it can be touched. */
  readonly back: { readonly button: Rect; readonly target: Rect };
  readonly title: { readonly x: number; readonly y: number };
  readonly status: {
    readonly clock: Rect;
    readonly light: Rect;
    readonly link: Rect;
    readonly baseline: number;
  };
  /** Where an acknowledged alarm is remembered. */
  readonly mark: { readonly bounds: Rect; readonly baseline: number };
  /** The right part of the head, for a large number or for controls. */
  readonly right: Rect;
  /** Where an alarm stands, and where it can be touched: beside the way back, above all that is shown. */
  readonly alarm: { readonly strip: Rect; readonly target: Rect };
  readonly body: Rect;
  /** Scales a length of the reference layout. */
  readonly length: (reference: number) => number;
  readonly type: (role: TypeRole) => number;
}

/**
 * Lays out the frame of a detail screen for any size. In a tall picture the status has a line of its own.
 *
 * @param rightWidth what the right part of the head takes at 800x480, pixels
 * @param finger the side of the smallest target, pixels
 * @param controls how many of them stand side by side in the right part of the head
 */
export function layoutDetail(
  width: number,
  height: number,
  rightWidth: number,
  finger: number = metrics.touchTarget,
  controls = 0,
): DetailLayout {
  const tall = height > width;
  const [acrossAt, downAt] = tall
    ? [referenceSize.height, referenceSize.width]
    : [referenceSize.width, referenceSize.height];
  const scale = Math.min(width / acrossAt, height / downAt);
  const length = (reference: number): number => Math.round(reference * scale);
  const touch = (reference: number): number => Math.max(finger, length(reference));
  const margin = length(metrics.margin);
  const row = touch(72);
  const target: Rect = { x: 0, y: 0, width: touch(88), height: row };
  const inset = length(9);
  const button: Rect = { x: margin, y: inset, width: target.width - 2 * margin, height: row - 2 * inset };
  const rightPixels = Math.max(length(rightWidth), controls * finger);
  const right: Rect = { x: width - margin - rightPixels, y: 0, width: rightPixels, height: row };
  const titleX = target.width + length(8);
  const statusX = tall ? margin : titleX;
  const baseline = tall ? row + length(22) : row - length(14);
  const line = { y: baseline - length(22), height: length(32) };
  const clockWidth = length(56);
  const light = length(14);
  const linkX = statusX + clockWidth + length(19);
  const markWidth = length(150);
  const linkRight = tall ? width - margin - markWidth - length(8) : right.x - length(8);
  const headHeight = tall ? row + length(36) : row;
  const strip: Rect = {
    x: target.width,
    y: length(6),
    width: width - margin - target.width,
    height: row - 2 * length(6),
  };
  const bodyY = headHeight + length(4);
  return {
    width,
    height,
    tall,
    back: { button, target },
    title: { x: titleX, y: tall ? Math.round(row * 0.62) : Math.round(row * 0.44) },
    status: {
      clock: { x: statusX, width: clockWidth, ...line },
      light: { x: statusX + clockWidth, y: baseline - length(13), width: light, height: light },
      link: { x: linkX, width: linkRight - linkX, ...line },
      baseline,
    },
    mark: tall
      ? { bounds: { x: width - margin - markWidth, width: markWidth, ...line }, baseline }
      : {
          bounds: { x: right.x - length(8) - markWidth, y: length(8), width: markWidth, height: length(32) },
          baseline: Math.round(row * 0.44),
        },
    right,
    alarm: { strip, target: { x: target.width, y: 0, width: width - target.width, height: row } },
    body: { x: margin, y: bodyY, width: width - 2 * margin, height: height - margin - bodyY },
    length,
    type: (role) => Math.max(11, length(typeScale[role])),
  };
}

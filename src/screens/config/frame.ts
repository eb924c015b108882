import type { Rect } from '../../render/rect';
import { metrics, referenceSize, typeScale, type TypeRole } from '../../render/theme';

/** Where the parts stand that all pages of the settings have in common, in whole pixels. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  /** A tall picture has labels above their controls. */
  readonly tall: boolean;
  readonly header: Rect;
  readonly body: Rect;
  readonly footer: Rect;
  /** The side of most controls. */
  readonly touch: number;
  /** The side of the smallest. */
  readonly finger: number;
  /** Scales a length of the reference layout. */
  readonly length: (reference: number) => number;
  /** A type size. */
  readonly type: (role: TypeRole) => number;
}

/** A header with a footer, and between them all the rest. @param finger the side of the smallest target, pixels */
export function layoutFrame(width: number, height: number, finger: number = metrics.touchTarget): Frame {
  const tall = height > width;
  const scale = tall
    ? Math.min(width / referenceSize.height, height / referenceSize.width)
    : Math.min(width / referenceSize.width, height / referenceSize.height);
  const length = (reference: number): number => Math.round(reference * scale);
  const margin = length(metrics.margin);
  const bar = Math.max(finger, length(64));
  const top = bar + length(4);
  return {
    width,
    height,
    tall,
    header: { x: 0, y: 0, width, height: bar },
    body: { x: margin, y: top, width: width - 2 * margin, height: height - 2 * top },
    footer: { x: 0, y: height - bar, width, height: bar },
    touch: Math.max(finger, length(64)),
    finger,
    length,
    type: (role) => Math.max(12, length(typeScale[role])),
  };
}

/** Heights of rows in the body: as tall as is comfortable, and no more of them than fit. */
export interface RowGrid {
  readonly most: number;
  row(index: number): Rect;
}

/** Shares the body among rows. */
export function rowGrid({ body, tall, touch, length }: Frame): RowGrid {
  const gap = length(metrics.gap);
  const least = tall ? Math.max(length(124), touch + length(54)) : Math.max(length(76), touch + 2);
  const most = Math.max(1, Math.floor((body.height + gap) / (least + gap)));
  const pitch = Math.floor((body.height + gap) / most);
  return {
    most,
    row: (index) => ({ x: body.x, y: body.y + index * pitch, width: body.width, height: pitch - gap }),
  };
}

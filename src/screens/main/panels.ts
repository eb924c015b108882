import type { Rect } from '../../render/rect';
import type { Align } from '../../render/text';
import { powerLogLength, powerLogStep } from '../../model/power-log';
import type { MainLayout } from './layout';

interface Point {
  readonly x: number;
  readonly y: number;
}

interface PlacedText extends Point {
  readonly text: string;
  readonly align: Align;
}

/** The insides of the three windows beside the dial. */
export interface Panels {
  readonly powerLog: {
    readonly title: Point;
    readonly scale: Rect;
    readonly pill: Rect;
    readonly pillTarget: Rect;
    readonly bars: Rect;
    readonly zero: number;
    readonly pitch: number;
    /** Steps of the power log that there is room for. */
    readonly steps: number;
    readonly hours: readonly PlacedText[];
  };
  readonly battery: {
    readonly icon: Rect;
    readonly pack: Rect;
    readonly hottest: Rect;
    readonly baseline: number;
    readonly packCaption: Rect;
    readonly hottestCaption: Rect;
  };
  readonly cells: {
    readonly title: Point;
    readonly count: Rect;
    readonly average: Rect;
    readonly bars: Rect;
    readonly gridLines: readonly number[];
    /** What the bars stand between. */
    readonly window: Rect;
    readonly low: Rect;
    readonly high: Rect;
    readonly spread: Rect;
  };
}

/** Lays out what stands inside the windows. */
export function layoutPanels(layout: MainLayout): Panels {
  return { powerLog: powerLogPanel(layout), battery: batteryPanel(layout), cells: cellsPanel(layout) };
}

function powerLogPanel(layout: MainLayout): Panels['powerLog'] {
  const { powerLog: rect, length, finger } = layout;
  const pad = length(12);
  const pill: Rect = {
    x: rect.x + rect.width - length(8) - length(54),
    y: rect.y + length(7),
    width: length(54),
    height: length(28),
  };
  const targetWidth = Math.max(finger, length(88));
  const targetHeight = Math.max(finger, length(48));
  const hoursHeight = length(18);
  const pitch = Math.max(2, length(3));
  const steps = Math.min(powerLogLength, Math.floor((rect.width - 2 * pad) / pitch));
  const width = pitch * steps;
  const stepsAnHour = 3_600_000 / powerLogStep;
  const top = rect.y + length(40);
  const height = rect.y + rect.height - hoursHeight - length(4) - top;
  const x = rect.x + Math.round((rect.width - width) / 2);
  const zero = top + Math.floor(height / 2);
  const baseline = rect.y + rect.height - length(7);
  const hours = [0, 1, 2, 3, 4].filter((hour) => hour * stepsAnHour <= steps - stepsAnHour / 4 || hour === 0);
  return {
    title: { x: rect.x + pad, y: rect.y + length(26) },
    scale: { x: rect.x + length(112), y: rect.y + length(8), width: length(110), height: length(26) },
    pill,
    pillTarget: {
      x: rect.x + rect.width - targetWidth,
      // Below where the status strip is touched.
      y: Math.max(rect.y, layout.statusTarget.height),
      width: targetWidth,
      height: targetHeight,
    },
    bars: { x, y: top, width, height },
    zero,
    pitch,
    steps,
    hours: hours.map((hour) => ({
      text: hour === 0 ? 'now' : `${hour} h`,
      x: x + width - Math.round(hour * stepsAnHour * pitch),
      y: baseline,
      align: hour === 0 ? 'right' : 'center',
    })),
  };
}

function batteryPanel(layout: MainLayout): Panels['battery'] {
  const { battery: rect, length } = layout;
  const icon: Rect = {
    x: rect.x + length(14),
    y: rect.y + Math.round((rect.height - length(48)) / 2),
    width: length(82),
    height: length(48),
  };
  const right = rect.x + rect.width - length(12);
  const hottestWidth = length(70);
  const packRight = right - hottestWidth - length(4);
  const packLeft = icon.x + icon.width + length(4);
  const baseline = rect.y + Math.round(rect.height * 0.62);
  const caption = { y: rect.y + Math.round(rect.height * 0.71), height: length(20) };
  return {
    icon,
    baseline,
    pack: { x: packLeft, y: rect.y + length(8), width: packRight - packLeft, height: length(56) },
    hottest: { x: right - hottestWidth, y: rect.y + length(8), width: hottestWidth, height: length(56) },
    packCaption: { x: packLeft, width: packRight - packLeft, ...caption },
    hottestCaption: { x: right - hottestWidth, width: hottestWidth, ...caption },
  };
}

function cellsPanel(layout: MainLayout): Panels['cells'] {
  const { cells: rect, length } = layout;
  const pad = length(10);
  const headerHeight = length(38);
  const footerHeight = length(28);
  const x = rect.x + pad;
  const width = rect.width - 2 * pad;
  const top = rect.y + headerHeight;
  const bottom = rect.y + rect.height - footerHeight;
  const footer: Rect = { x, y: bottom + 2, width: 0, height: footerHeight - 4 };
  const share = Math.floor(width / 3);
  const foot = (i: number): Rect => ({ ...footer, x: x + share * i, width: share });
  return {
    title: { x: rect.x + length(12), y: rect.y + length(26) },
    count: { x: rect.x + length(116), y: rect.y + length(8), width: length(28), height: length(26) },
    average: {
      x: rect.x + rect.width - length(92),
      y: rect.y + length(4),
      width: length(80),
      height: length(32),
    },
    bars: { x, y: top + 1, width, height: bottom - top - 1 },
    gridLines: [top, bottom],
    window: { x: rect.x + length(154), y: rect.y + length(8), width: length(70), height: length(26) },
    low: foot(0),
    high: foot(1),
    spread: foot(2),
  };
}

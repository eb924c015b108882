import { metrics } from '../../render/theme';
import type { Rect } from '../../render/rect';
import { isLong } from '../main/is-long';
import { layoutMain, type MainLayout } from '../main/layout';

/** Where the parts of a charger's or a meter's screen stand beside its dial. */
export interface DeviceLayout {
  /** Status strip, dial, X and alarm are where the main screen has them. */
  readonly main: MainLayout;
  readonly facts: Rect;
  /** The line of the load output; of no height without one. */
  readonly load: { readonly panel: Rect; readonly button: Rect };
  readonly days: DaysPlaces;
}

/** The window with a bar a day. */
export interface DaysPlaces {
  readonly panel: Rect;
  readonly title: { readonly x: number; readonly y: number };
  readonly scale: Rect;
  readonly scaleBaseline: number;
  readonly bars: Rect;
  readonly foot: number;
}

/** Lays it out. @param facts lines @param load whether there is a load output @param alarm stands across the screen */
export function layoutDevice(
  width: number,
  height: number,
  facts: number,
  load: boolean,
  alarm: boolean,
  finger?: number,
): DeviceLayout {
  const main = layoutMain(width, height, alarm, undefined, finger);
  const { length: px, powerLog, battery } = main;
  const gap = px(metrics.gap);
  const column = { x: powerLog.x, width: powerLog.width };
  const top = Math.min(powerLog.y, battery.y);
  const end = height - px(6);
  const bottom = alarm && main.alarm.target.y > top ? Math.min(end, main.alarm.target.y - gap) : end;
  const row = load ? Math.max(main.finger + 8, px(60)) : 0;
  const between = load ? gap : 0;
  // A long strip has the days at the other side of the dial.
  const long = isLong(main);
  const least = long ? 0 : px(110);
  const room = bottom - top - row - between - gap;
  const lines: Rect = { ...column, y: top, height: Math.min(facts * px(31) + px(12), room - least) };
  const loadTop = lines.y + lines.height + between;
  const beside: Rect = { ...main.cells, height: bottom - main.cells.y };
  const panel: Rect = long
    ? beside
    : { ...column, y: loadTop + row + gap, height: bottom - loadTop - row - gap };
  const inset = Math.round((row - Math.max(main.finger, px(48))) / 2);
  const buttonWidth = Math.max(96, px(132));
  return {
    main,
    facts: lines,
    load: {
      panel: { ...column, y: loadTop, height: row },
      button: {
        x: column.x + column.width - buttonWidth - inset,
        y: loadTop + inset,
        width: buttonWidth,
        height: row - 2 * inset,
      },
    },
    days: daysPlaces(panel, px),
  };
}

function daysPlaces(panel: Rect, px: (reference: number) => number): DaysPlaces {
  const pad = px(12);
  const top = panel.y + px(36);
  const foot = px(24);
  return {
    panel,
    title: { x: panel.x + pad, y: panel.y + px(26) },
    scale: { x: panel.x + px(112), y: panel.y + px(6), width: panel.width - px(112) - pad, height: px(26) },
    scaleBaseline: panel.y + px(26),
    bars: {
      x: panel.x + pad,
      y: top,
      width: panel.width - 2 * pad,
      height: panel.y + panel.height - foot - top,
    },
    foot: panel.y + panel.height - px(8),
  };
}

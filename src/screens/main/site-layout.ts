import { metrics } from '../../render/theme';
import type { Rect } from '../../render/rect';
import { isLong } from './is-long';
import type { MainLayout } from './layout';

/** What the left column of a site has to show. */
export interface SiteNeeds {
  /** Devices in the list, a bank among them. */
  readonly devices: number;
  /** How many of sun and loads are measured. */
  readonly flows: number;
  /** An alarm that nobody has acknowledged stands across the screen: the column ends above it. */
  readonly alarm: boolean;
}

/** Where the parts of a site's column stand. */
export interface SitePlaces {
  /** Sun and loads; of no height where neither is measured. */
  readonly flows: Rect;
  /** As much of the list as is seen at once. */
  readonly list: Rect;
  readonly rowHeight: number;
  /** From one row to the next. */
  readonly pitch: number;
  /** Rows that are seen at once. */
  readonly rows: number;
}

/** One alone has its energy beside it, two have theirs beneath. */
const flowsHeight = { one: 80, two: 120 };
/** Height down to which the power log gives way to the list, and up to which it grows. */
const logHeight = { least: 88, most: 280 };
const mostRows = 6;
/** Rather than with fewer rows than these the list takes the power log's place. */
const fewRows = 3;

/** The column of a site in place of the windows of one battery: sun and loads, power log, list of devices. */
export function siteLayout(layout: MainLayout, { devices, flows, alarm }: SiteNeeds): MainLayout {
  const { length: px, battery, powerLog } = layout;
  const gap = px(metrics.gap);
  const rowHeight = Math.max(layout.finger, px(48));
  const pitch = rowHeight + px(4);
  const top = Math.min(battery.y, powerLog.y);
  const end = layout.height - px(6);
  const bottom = alarm && layout.alarm.target.y > top ? Math.min(end, layout.alarm.target.y - gap) : end;
  const head = flows === 0 ? 0 : px(flows === 1 ? flowsHeight.one : flowsHeight.two);
  const room = bottom - top - (flows > 0 ? head + gap : 0);
  const rowsIn = (height: number): number => Math.floor((height + pitch - rowHeight) / pitch);
  const beside = rowsIn(room - px(logHeight.least) - gap);
  const withLog = beside >= Math.min(devices, fewRows);
  const rows = Math.max(1, Math.min(devices, mostRows, withLog ? beside : rowsIn(room)));
  const list = rows * pitch - (pitch - rowHeight);
  const spare = room - list;
  const log = withLog ? Math.min(spare - gap, px(logHeight.most)) : 0;
  // What nobody needs makes the windows airier.
  const left = spare - (withLog ? log + gap : 0);
  const more = flows > 0 ? Math.min(left, px(30)) : 0;
  const column = { x: powerLog.x, width: powerLog.width };
  if (isLong(layout)) return besideLayout(layout, devices, head, bottom, rowHeight, pitch);
  const listTop = top + (flows > 0 ? head + more + gap : 0) + (withLog ? log + gap : 0);
  const nothing = { ...column, y: top, height: 0 };
  return {
    ...layout,
    battery: nothing,
    cells: nothing,
    powerLog: { ...column, y: flows > 0 ? top + head + more + gap : top, height: log },
    site: {
      flows: { ...column, y: top, height: flows > 0 ? head + more : 0 },
      list: { ...column, y: listTop, height: list },
      rowHeight,
      pitch,
      rows,
    },
  };
}

/** A long strip has the list at the other side of the dial. @param head height of sun and loads; 0 without them */
function besideLayout(
  layout: MainLayout,
  devices: number,
  head: number,
  bottom: number,
  rowHeight: number,
  pitch: number,
): MainLayout {
  const { length: px, powerLog, cells } = layout;
  const gap = head === 0 ? 0 : px(metrics.gap);
  const column = { x: powerLog.x, width: powerLog.width };
  const top = powerLog.y;
  const fitting = Math.max(1, Math.floor((bottom - cells.y + pitch - rowHeight) / pitch));
  const rows = Math.min(devices, fitting);
  const nothing = { ...column, y: top, height: 0 };
  return {
    ...layout,
    battery: nothing,
    cells: nothing,
    powerLog: { ...column, y: top + head + gap, height: bottom - top - head - gap },
    site: {
      flows: { ...column, y: top, height: head },
      list: { x: cells.x, width: cells.width, y: cells.y, height: rows * pitch - (pitch - rowHeight) },
      rowHeight,
      pitch,
      rows,
    },
  };
}

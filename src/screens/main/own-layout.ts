import { metrics } from '../../render/theme';
import type { Rect } from '../../render/rect';
import { isLong } from './is-long';
import type { MainLayout } from './layout';

/** Where the facts of a battery stand beneath its pack and its cells. */
export interface OwnPlaces {
  readonly panel: Rect;
  /** The line of its switches, at the top of the panel. */
  readonly switches: Rect;
  readonly facts: Rect;
}

/** The screen of one battery of several: its facts take the power log's place. */
export function ownLayout(layout: MainLayout, alarm: boolean): MainLayout {
  const { length: px, battery, powerLog } = layout;
  const gap = px(metrics.gap);
  const top = Math.min(battery.y, powerLog.y);
  const end = layout.height - px(6);
  const bottom = alarm && layout.alarm.target.y > top ? Math.min(end, layout.alarm.target.y - gap) : end;
  const column = { x: powerLog.x, width: powerLog.width };
  const pack: Rect = { ...column, y: top, height: px(72) };
  if (isLong(layout)) return besideLayout(layout, { ...pack, height: px(92) }, bottom);
  const spare = Math.max(0, bottom - top - px(430));
  const cells: Rect = {
    ...column,
    y: pack.y + pack.height + gap,
    height: Math.max(px(98), px(116) + Math.round(spare * 0.3)),
  };
  const y = cells.y + cells.height + gap;
  const panel: Rect = { ...column, y, height: bottom - y };
  return {
    ...layout,
    battery: pack,
    cells,
    powerLog: { ...column, y: top, height: 0 },
    own: inPanel(panel, px),
  };
}

/** A long strip has the facts at the other side of the dial. */
function besideLayout(layout: MainLayout, pack: Rect, bottom: number): MainLayout {
  const { length: px, cells } = layout;
  const y = pack.y + pack.height + px(metrics.gap);
  const panel: Rect = { ...cells, height: bottom - cells.y };
  return {
    ...layout,
    battery: pack,
    cells: { ...pack, y, height: bottom - y },
    powerLog: { ...pack, height: 0 },
    own: inPanel(panel, px),
  };
}

function inPanel(panel: Rect, px: MainLayout['length']): OwnPlaces {
  const switches: Rect = { ...panel, height: px(40) };
  const y = panel.y + switches.height - px(4);
  return { panel, switches, facts: { ...panel, y, height: panel.y + panel.height - y } };
}

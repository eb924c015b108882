import { metrics } from '../../render/theme';
import type { Rect } from '../../render/rect';
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
  const spare = Math.max(0, bottom - top - px(430));
  const cells: Rect = {
    ...column,
    y: pack.y + pack.height + gap,
    height: Math.max(px(98), px(116) + Math.round(spare * 0.3)),
  };
  const y = cells.y + cells.height + gap;
  const panel: Rect = { ...column, y, height: bottom - y };
  const switches: Rect = { ...panel, height: px(40) };
  return {
    ...layout,
    battery: pack,
    cells,
    powerLog: { ...column, y: top, height: 0 },
    own: {
      panel,
      switches,
      facts: { ...panel, y: y + switches.height - px(4), height: panel.height - switches.height + px(4) },
    },
  };
}

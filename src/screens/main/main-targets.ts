import { intersects, type Rect } from '../../render/rect';
import type { TouchTarget } from '../screen';
import type { MainLayout } from './layout';
import type { Panels } from './panels';

/** Where the main screen can be touched, but for its devices. */
export function mainTargets(layout: MainLayout, panels: Panels): TouchTarget[] {
  const { powerLog, cells, dial, gear, statusTarget } = layout;
  const { pill, pillTarget } = panels.powerLog;
  const below = pillTarget.y + pillTarget.height;
  const whole = (name: string, area: Rect): TouchTarget => ({ name, areas: [area], highlight: area });
  const socHeight = Math.max(dial.module.height, layout.length(80), layout.finger);
  const middle = dial.module.y + Math.round(dial.module.height / 2);
  const soc: Rect = {
    x: dial.module.x - layout.length(6),
    // An alarm beneath it must not make it lower than a finger.
    y: Math.min(middle - Math.round(socHeight / 2), layout.alarm.target.y - socHeight),
    width: dial.module.width + 2 * layout.length(6),
    height: socHeight,
  };
  const powerLogTargets: TouchTarget[] = [
    { name: 'zoom', areas: [pillTarget], highlight: pill },
    {
      name: 'power-log',
      areas: [
        {
          ...powerLog,
          y: pillTarget.y,
          width: powerLog.width - pillTarget.width,
          height: pillTarget.height,
        },
        { ...powerLog, y: below, height: powerLog.y + powerLog.height - below },
      ],
      highlight: powerLog,
    },
  ];
  return [
    ...(powerLog.height === 0 ? [] : powerLogTargets),
    ...(cells.height === 0 ? [] : [whole('cells', cells)]),
    whole('soc-log', soc),
    whole(layout.own === undefined ? 'settings' : 'back', gear.target),
    ...(layout.own === undefined ? [] : [whole('energy', layout.own.panel)]),
    { name: 'alarms', areas: [statusTarget], highlight: layout.status },
  ];
}

/** The targets while an alarm stands across them: what lies beneath it gives way. */
export function withAlarm(
  targets: readonly TouchTarget[],
  { strip, target }: MainLayout['alarm'],
): TouchTarget[] {
  const cut = (area: Rect): Rect =>
    intersects(area, target) ? { ...area, height: Math.min(area.height, target.y - area.y) } : area;
  return [
    { name: 'alarm', areas: [target], highlight: strip },
    ...targets.map(({ name, areas, highlight }) => ({
      name,
      areas: areas.map(cut).filter(({ height }) => height > 0),
      highlight: cut(highlight),
    })),
  ];
}

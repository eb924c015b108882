import type { CanvasRenderingContext2D } from 'canvas';
import { metrics, typeScale, type Palette } from '../../render/theme';
import type { TextStyles } from '../../render/text';
import { paintBatteryOutline } from '../../render/widgets/battery-icon';
import { paintGlyph } from '../../render/widgets/glyphs';
import { paintGear, paintPanel, traceRounded } from '../../render/widgets/shapes';
import { paintDialBase } from './dial-base';
import type { MainLayout } from './layout';
import type { Panels } from './panels';
import type { VoltageScale } from '../scales';
import { screenUnit } from '../../model/quantities';

/** Everything on the main screen that stays while its scales stay. */
export function paintMainBase(
  context: CanvasRenderingContext2D,
  layout: MainLayout,
  panels: Panels,
  scales: { readonly voltage: VoltageScale; readonly power: number },
  palette: Palette,
  styles: TextStyles,
): void {
  context.fillStyle = palette.ground;
  context.fillRect(0, 0, layout.width, layout.height);
  const radius = layout.length(metrics.radius);
  const label = styles.style(layout.type('body'), 500, palette.secondary);
  if (layout.powerLog.height > 0) {
    paintPanel(context, layout.powerLog, radius, palette.panel, palette.panelLine);
    label.write(context, 'POWER LOG', panels.powerLog.title.x, panels.powerLog.title.y);
    const caption = styles.style(layout.type('small'), 500, palette.tertiary);
    for (const { text, x, y, align } of panels.powerLog.hours) caption.write(context, text, x, y, align);
    traceRounded(context, panels.powerLog.pill, layout.length(7));
    context.fillStyle = palette.control;
    context.fill();
  }
  if (layout.cells.height > 0) {
    paintPanel(context, layout.cells, radius, palette.panel, palette.panelLine);
    label.write(context, 'CELL LEVELS', panels.cells.title.x, panels.cells.title.y);
    context.fillStyle = palette.panelLine;
    for (const y of panels.cells.gridLines) {
      context.fillRect(panels.cells.bars.x, y, panels.cells.bars.width, 1);
    }
  }
  if (layout.battery.height > 0) {
    paintPanel(context, layout.battery, radius, palette.panel, palette.panelLine);
    paintBatteryOutline(context, panels.battery.icon, palette.secondary);
  }
  paintDialBase(context, layout.dial, scales, palette, styles);
  const { gear } = layout;
  if (layout.own === undefined) paintGear(context, gear.x, gear.y, gear.radius, palette.text, palette.ground);
  else paintGlyph(context, 'close', gear.x, gear.y, gear.radius * 1.5, palette.text);
  const kilowatts = styles.style(Math.max(12, typeScale.unit * layout.dial.unit), 500, palette.secondary);
  kilowatts.write(
    context,
    screenUnit('power').unit,
    layout.dial.x,
    layout.dial.y + 56 * layout.dial.unit,
    'center',
  );
}

import type { Rect } from '../../render/rect';
import type { Widget } from '../../render/scene';
import type { TextStyles } from '../../render/text';
import type { Palette } from '../../render/theme';
import { timeAxis, type TimeAxisProps } from '../../render/widgets/time-axis';
import type { DetailLayout } from './detail-layout';

/** The time axis below a log's plot; the labels of its two ends stand out. */
export function logAxis(
  { length, type }: DetailLayout,
  bounds: Rect,
  palette: Palette,
  styles: TextStyles,
): Widget<TimeAxisProps> {
  return timeAxis({
    bounds,
    baseline: bounds.y + length(21),
    style: styles.style(type('small'), 500, palette.tertiary),
    endStyle: styles.style(type('small'), 500, palette.secondary),
    tick: { colour: palette.tertiary, height: length(5) },
  });
}

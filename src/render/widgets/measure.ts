import type { Rect } from '../rect';
import type { Widget } from '../scene';
import type { TextStyle } from '../text';

/** A number with a unit of its own, for values whose unit changes with their size. */
export interface MeasureProps {
  readonly text: string;
  readonly unit: string;
  /** Which of the widget's styles to write the number in. */
  readonly tone: string;
}

/** How the number is set. */
export interface MeasureLook {
  readonly bounds: Rect;
  readonly align: 'left' | 'center' | 'right';
  readonly baseline: number;
  /** For each tone its styles, the largest first. */
  readonly styles: Readonly<Record<string, readonly TextStyle[]>>;
  readonly unit: TextStyle;
}

/** A number and its unit, smaller and quieter, in one line; an empty text shows nothing. */
export function measure(look: MeasureLook): Widget<MeasureProps> {
  const { bounds } = look;
  return {
    bounds,
    paint(context, props) {
      paintMeasure(context, look, props);
    },
  };
}

/** Paints a number and its unit. Returns the width that they take. */
export function paintMeasure(
  context: Parameters<TextStyle['draw']>[0],
  { bounds, align, baseline, styles, unit: unitStyle }: MeasureLook,
  { text, unit, tone }: MeasureProps,
): number {
  const candidates = styles[tone];
  if (candidates === undefined || text === '') return 0;
  const unitWidth = unit === '' ? 0 : Math.round(unitStyle.size * 0.24) + unitStyle.width(unit);
  const style =
    candidates.find((candidate) => candidate.width(text) + unitWidth <= bounds.width) ?? candidates.at(-1);
  if (style === undefined) return 0;
  const width = style.width(text) + unitWidth;
  const spare = bounds.width - width;
  const x = bounds.x + { left: 0, center: Math.round(spare / 2), right: spare }[align];
  style.draw(context, text, x, baseline);
  unitStyle.draw(context, unit, x + width, baseline, 'right');
  return width;
}

import { intersection, type Rect } from '../rect';
import type { Widget } from '../scene';
import type { TextStyle } from '../text';

/** A number and its unit, or a line of text. */
export interface ReadoutProps {
  readonly text: string;
  /** Which of the widget's styles to write in, such as `fresh` or `late`. */
  readonly tone: string;
  /** In place of the widget's own unit. */
  readonly unit?: string;
}

/** How a readout is set. */
export interface ReadoutLook {
  readonly bounds: Rect;
  /** Where the text stands: the left edge, the middle or the right edge of the bounds. */
  readonly align: 'left' | 'center' | 'right';
  /** Base line, in pixels of the surface. */
  readonly baseline: number;
  /** For each tone its styles, the largest first: a number too long for one is written in the next. */
  readonly styles: Readonly<Record<string, readonly TextStyle[]>>;
  /** Written after the number, smaller and quieter, in the same line. */
  readonly unit?: { readonly text: string; readonly style: TextStyle; readonly gap: number };
}

/**
 * A live number. Its figures take equal widths; with a unit, number and unit are placed together.
 * A text that is too wide even in the smallest style is cut at the bounds.
 */
export function readout(look: ReadoutLook): Widget<ReadoutProps> {
  const { bounds } = look;
  const unitOf = ({ unit }: ReadoutProps): string => unit ?? look.unit?.text ?? '';
  const widths = new Map<string, number>();
  const widthOf = (unit: string): number => {
    const known = widths.get(unit);
    if (known !== undefined || look.unit === undefined) return known ?? 0;
    const width = look.unit.gap + look.unit.style.width(unit);
    widths.set(unit, width);
    return width;
  };
  const placed = (props: ReadoutProps): Placed | undefined => place(look, props, widthOf(unitOf(props)));
  return {
    bounds,
    damage(before, after) {
      const [was, is] = [placed(before), placed(after)];
      if (before.unit !== after.unit) return [bounds];
      if (was === undefined || is === undefined || was.style !== is.style || was.cut || is.cut)
        return [bounds];
      const part = is.style.difference(before.text, after.text);
      if (part === undefined) return [bounds];
      // Figures of a tabular face reach a little into their neighbours' cells.
      const reach = Math.ceil(is.style.size / 12);
      const x = is.x + part.from - reach;
      return [intersection(bounds, { ...bounds, x, width: part.to - part.from + 2 * reach })];
    },
    paint(context, props, damage) {
      const line = placed(props);
      if (line === undefined) return;
      const { style, x, width, cut } = line;
      if (cut) {
        context.save();
        context.beginPath();
        context.rect(bounds.x, bounds.y, bounds.width, bounds.height);
        context.clip();
      }
      style.draw(context, props.text, x, look.baseline, 'left', damage);
      look.unit?.style.draw(context, unitOf(props), x + width, look.baseline, 'right', damage);
      if (cut) context.restore();
    },
  };
}

interface Placed {
  readonly style: TextStyle;
  readonly x: number;
  /** Of number and unit together. */
  readonly width: number;
  readonly cut: boolean;
}

function place(
  { bounds, align, styles }: ReadoutLook,
  { text, tone }: ReadoutProps,
  unitWidth: number,
): Placed | undefined {
  const candidates = styles[tone];
  if (candidates === undefined || text === '') return undefined;
  const style =
    candidates.find((candidate) => candidate.width(text) + unitWidth <= bounds.width) ?? candidates.at(-1);
  if (style === undefined) return undefined;
  const width = style.width(text) + unitWidth;
  const spare = bounds.width - width;
  const offset = { left: 0, center: Math.round(spare / 2), right: spare }[align];
  return { style, x: bounds.x + offset, width, cut: spare < 0 };
}

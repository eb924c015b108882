import type { Rect } from '../rect';
import type { Widget } from '../scene';
import type { TextStyle } from '../text';

/** A number and its unit, or a line of text. */
export interface ReadoutProps {
  readonly text: string;
  /** Which of the widget's styles to write in, such as `fresh` or `late`. */
  readonly tone: string;
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
  const { bounds, unit } = look;
  return {
    bounds,
    paint(context, props) {
      const styles = look.styles[props.tone];
      if (styles === undefined || props.text === '') return;
      const unitWidth = unit === undefined ? 0 : unit.gap + unit.style.width(unit.text);
      const fits = (candidate: TextStyle): boolean => candidate.width(props.text) + unitWidth <= bounds.width;
      const style = styles.find(fits) ?? styles.at(-1);
      if (style === undefined) return;
      const width = style.width(props.text) + unitWidth;
      let x = bounds.x;
      if (look.align === 'right') x += bounds.width - width;
      if (look.align === 'center') x += Math.round((bounds.width - width) / 2);
      const cut = width > bounds.width;
      if (cut) {
        context.save();
        context.beginPath();
        context.rect(bounds.x, bounds.y, bounds.width, bounds.height);
        context.clip();
      }
      style.draw(context, props.text, x, look.baseline);
      if (unit !== undefined) unit.style.draw(context, unit.text, x + width, look.baseline, 'right');
      if (cut) context.restore();
    },
  };
}

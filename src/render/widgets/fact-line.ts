import type { Rect } from '../rect';
import type { Widget } from '../scene';
import type { TextStyle } from '../text';

/** A fact in a list: what it is, and its value. An empty label shows nothing. */
export interface FactLineProps {
  readonly label: string;
  readonly text: string;
  /** Which of the styles the value is written in. */
  readonly tone: string;
}

/** How the line is set. */
export interface FactLineLook {
  readonly bounds: Rect;
  readonly baseline: number;
  readonly label: TextStyle;
  /** By tone, largest first. */
  readonly value: Readonly<Record<string, readonly TextStyle[]>>;
  readonly gap: number;
}

/** A label at the left and its value at the right of a line; a value that is too long is written smaller, then cut. */
export function factLine({ bounds, baseline, label, value, gap }: FactLineLook): Widget<FactLineProps> {
  return {
    bounds,
    paint(context, props) {
      if (props.label === '') return;
      label.draw(context, props.label, bounds.x, baseline);
      const room = bounds.width - label.width(props.label) - gap;
      const styles = value[props.tone] ?? [];
      const style = styles.find((each) => each.width(props.text) <= room) ?? styles.at(-1);
      if (style === undefined) return;
      const text = style.width(props.text) <= room ? props.text : style.fit(props.text, room);
      style.draw(context, text, bounds.x + bounds.width, baseline, 'right');
    },
  };
}

import type { Rect } from '../../render/rect';
import { metrics } from '../../render/theme';
import { textField } from '../../render/widgets/text-field';
import type { ViewBuilder } from './view-builder';

/** A text that can be changed by a touch. */
export interface TextControl {
  readonly target: string;
  readonly text: () => string;
  /** What stands there without one. */
  readonly empty: string;
  /** It is not shown letter by letter. */
  readonly hidden: boolean;
  /** Opens the keyboard. */
  readonly edit: () => void;
}

/** The box of a text, without its label. */
export function addTextControl(
  builder: ViewBuilder,
  bounds: Rect,
  { target, text, empty, hidden, edit }: TextControl,
): void {
  const { palette, frame } = builder;
  builder.widget(
    textField({
      bounds,
      radius: frame.length(metrics.radius),
      fill: palette.control,
      line: palette.rimLight,
      cursor: palette.voltage,
      style: builder.words('unit', palette.text, 600),
      empty: { text: empty, style: builder.words('title', palette.secondary) },
    }),
    () => ({ text: text(), cursor: undefined, hidden }),
  );
  builder.target(target, bounds, {
    tap: () => {
      edit();
      return undefined;
    },
  });
}

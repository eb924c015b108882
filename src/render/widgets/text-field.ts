import type { Rect } from '../rect';
import type { Widget } from '../scene';
import type { TextStyle } from '../text';
import type { Colour } from '../theme';
import { traceRounded } from './shapes';

/** What stands in a text field. */
export interface TextFieldProps {
  readonly text: string;
  /** How many characters stand left of the cursor; `undefined` where nothing is being typed. */
  readonly cursor: number | undefined;
  /** Shows a dot for every character. */
  readonly hidden: boolean;
}

/** How a text field is set. */
export interface TextFieldLook {
  readonly bounds: Rect;
  readonly radius: number;
  readonly fill: Colour;
  readonly line: Colour;
  readonly cursor: Colour;
  /** Proportional figures, so that what is typed keeps together. */
  readonly style: TextStyle;
  /** Says that nothing stands in it. */
  readonly empty: { readonly text: string; readonly style: TextStyle };
}

/** One line of text. One that is too long shows its end, or with a cursor the part around that. */
export function textField(look: TextFieldLook): Widget<TextFieldProps> {
  const { bounds, radius, style } = look;
  const pad = Math.round(style.size * 0.6);
  const room = bounds.width - 2 * pad;
  const baseline = bounds.y + bounds.height / 2 + style.size * 0.35;
  return {
    bounds,
    atoms: () => [bounds],
    paint(context, { text, cursor, hidden }) {
      traceRounded(context, bounds, radius);
      context.fillStyle = look.fill;
      context.fill();
      traceRounded(context, bounds, radius, -1);
      context.strokeStyle = cursor === undefined ? look.line : look.cursor;
      context.lineWidth = 2;
      context.stroke();
      const characters = hidden ? '•'.repeat(text.length) : text;
      const left = bounds.x + pad;
      if (text === '' && cursor === undefined) {
        look.empty.style.draw(context, look.empty.style.fit(look.empty.text, room), left, baseline);
        return;
      }
      const head = style.measure(characters.slice(0, cursor ?? characters.length));
      const shift = Math.max(0, Math.ceil(head) - room);
      context.save();
      context.beginPath();
      context.rect(left - 1, bounds.y, room + 4, bounds.height);
      context.clip();
      style.write(context, characters, left - shift, baseline);
      if (cursor !== undefined) {
        context.fillStyle = look.cursor;
        const tall = Math.round(style.size * 1.15);
        const x = Math.round(left + head - shift);
        context.fillRect(x, Math.round(bounds.y + (bounds.height - tall) / 2), 2, tall);
      }
      context.restore();
    },
  };
}

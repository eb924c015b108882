import type { Rect } from '../rect';
import type { Widget } from '../scene';
import type { TextStyle } from '../text';
import type { Colour } from '../theme';
import { paintWarningSign } from './shapes';

/** A few words that remind of something; empty shows nothing. */
export interface WarningMarkProps {
  readonly text: string;
}

/** How a warning mark is set. */
export interface WarningMarkLook {
  readonly bounds: Rect;
  readonly baseline: number;
  /** Side of the sign, pixels. */
  readonly size: number;
  readonly colour: Colour;
  /** Of the exclamation mark. */
  readonly ground: Colour;
  /** The largest first: a text too long for one is written in the next. */
  readonly styles: readonly [TextStyle, ...TextStyle[]];
}

/** A small warning sign and its words, at the right edge of its bounds. */
export function warningMark(look: WarningMarkLook): Widget<WarningMarkProps> {
  const { bounds, size } = look;
  return {
    bounds,
    atoms: ({ text }) => (text === '' ? [] : [bounds]),
    paint(context, { text }) {
      if (text === '') return;
      const room = bounds.width - size * 1.4;
      const style =
        look.styles.find((candidate) => candidate.fits(text, room)) ?? look.styles.at(-1) ?? look.styles[0];
      const words = style.fit(text, room);
      const right = bounds.x + bounds.width;
      style.draw(context, words, right, look.baseline, 'right');
      const x = Math.max(bounds.x + size * 0.1, right - style.width(words) - size * 1.3);
      paintWarningSign(context, x, look.baseline - size * 0.92, size, look.colour, look.ground);
    },
  };
}

import type { Rect } from '../rect';
import type { Widget } from '../scene';
import type { TextStyle } from '../text';
import type { Colour } from '../theme';
import { paintGlyph, type Glyph } from './glyphs';
import { traceRounded } from './shapes';

/** How a button stands out; `off` is one that does nothing now. */
export type ButtonTone = 'quiet' | 'strong' | 'danger' | 'bare' | 'off';

/** What a button says at the moment. */
export interface ButtonProps {
  /** A sign, or words. */
  readonly glyph?: Glyph | undefined;
  readonly text?: string | undefined;
  readonly tone: ButtonTone;
}

/** How a button is set. */
export interface ButtonLook {
  readonly bounds: Rect;
  readonly radius: number;
  /** Of a sign, pixels. */
  readonly glyphSize: number;
  readonly tones: Readonly<
    Record<
      ButtonTone,
      {
        readonly fill: Colour | undefined;
        readonly ink: Colour;
        /** Largest first. */
        readonly styles: readonly TextStyle[];
      }
    >
  >;
}

/** A button with a sign or words in its middle. */
export function button({ bounds, radius, glyphSize, tones }: ButtonLook): Widget<ButtonProps> {
  return {
    bounds,
    atoms: () => [bounds],
    paint(context, { glyph, text = '', tone }) {
      const { fill, ink, styles } = tones[tone];
      if (fill !== undefined) {
        traceRounded(context, bounds, radius);
        context.fillStyle = fill;
        context.fill();
      }
      const x = bounds.x + bounds.width / 2;
      const y = bounds.y + bounds.height / 2;
      if (glyph !== undefined) paintGlyph(context, glyph, x, y, glyphSize, ink);
      const room = bounds.width - radius;
      const style = styles.find((candidate) => candidate.fits(text, room)) ?? styles.at(-1);
      style?.draw(context, style.fit(text, room), x, y + style.size * 0.35, 'center');
    },
  };
}

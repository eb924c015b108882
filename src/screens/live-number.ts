import type { Rect } from '../render/rect';
import type { TextStyle, TextStyles } from '../render/text';
import type { Colour, Palette, Weight } from '../render/theme';

/** How much smaller a number is written when it has more digits than usual. */
const sizesToFit = [1, 0.8, 0.64];

/** The tones a number is written in: the colour says how believable it is. */
export function numberTones(
  styles: TextStyles,
  size: number,
  weight: Weight,
  palette: Palette,
  fresh: Colour,
): Record<string, TextStyle[]> {
  const inColour = (colour: Colour): TextStyle[] =>
    sizesToFit.map((part) => styles.style(size * part, weight, colour));
  return { fresh: inColour(fresh), late: inColour(palette.late), lost: inColour(palette.tertiary) };
}

/** The rectangle without what lies above and below a line of figures and units: less to repaint. */
export function figureLine(bounds: Rect, baseline: number, size: number): Rect {
  const ascent = Math.ceil(size * 0.8);
  return { ...bounds, y: baseline - ascent, height: ascent + Math.ceil(size * 0.22) };
}

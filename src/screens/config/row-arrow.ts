import type { Rect } from '../../render/rect';
import { paintGlyph } from '../../render/widgets/glyphs';
import type { ViewBuilder } from './view-builder';

/** Space inside a row that leads somewhere, at its left and right end, at the reference size. */
export const rowPad = 16;

/** Paints the arrow at the right end of a row that leads somewhere. Returns where it begins, pixels from the left. */
export function addRowArrow(builder: ViewBuilder, rect: Rect): number {
  const { frame, palette } = builder;
  const { length } = frame;
  const size = Math.max(12, length(18));
  const end = rect.x + rect.width - length(rowPad);
  builder.paint((context) =>
    paintGlyph(context, 'right', end - size / 2, rect.y + rect.height / 2, size, palette.tertiary),
  );
  return end - size;
}

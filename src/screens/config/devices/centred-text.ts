import type { Rect } from '../../../render/rect';
import { breakLines } from '../../../render/widgets/lines';
import type { ViewBuilder } from '../view-builder';

/** A heading and a sentence in the middle of a place. */
export function addCentredText(builder: ViewBuilder, rect: Rect, title: string, text: string): void {
  const { frame, palette } = builder;
  const head = builder.words('value', palette.text, 600);
  const small = builder.words('title', palette.secondary);
  const room = rect.width - 2 * frame.length(24);
  const lines = [
    ...breakLines(head, title, room).map((line) => ({ line, style: head })),
    ...breakLines(small, text, room).map((line) => ({ line, style: small })),
  ];
  const leading = (size: number): number => Math.round(size * 1.4);
  let y = rect.y + (rect.height - lines.reduce((sum, { style }) => sum + leading(style.size), 0)) / 2;
  for (const { line, style } of lines) {
    builder.write(style, line, rect.x + rect.width / 2, y + style.size, Infinity, 'center');
    y += leading(style.size);
  }
}

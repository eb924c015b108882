import type { Rect } from '../../../render/rect';
import { metrics } from '../../../render/theme';
import type { Frame } from '../frame';
import { addRowArrow, rowPad } from '../row-arrow';
import type { ViewBuilder } from '../view-builder';

/** Rows of the whole width, one of which is picked. */
export function pickGrid({ body, touch, length }: Frame): {
  readonly most: number;
  row(index: number): Rect;
} {
  const gap = length(metrics.gap);
  const least = Math.max(60, touch);
  const most = Math.max(1, Math.floor((body.height + gap) / (least + gap)));
  const pitch = Math.min(Math.floor((body.height + gap) / most), Math.round(least * 1.4));
  return {
    most,
    row: (index) => ({ x: body.x, y: body.y + index * pitch, width: body.width, height: pitch - gap }),
  };
}

/** What can be picked. */
export interface Pick {
  readonly target: string;
  readonly title: string;
  /** Beneath it; may be empty. */
  readonly text: string;
  /** At the right. */
  readonly aside?: string;
}

/** A panel with what can be picked, and an arrow. */
export function addPick(
  builder: ViewBuilder,
  rect: Rect,
  { target, title, text, aside = '' }: Pick,
  pick: () => void,
): void {
  const { frame, palette } = builder;
  const { length } = frame;
  builder.panel(rect);
  const pad = length(rowPad);
  const middle = rect.y + rect.height / 2;
  const end = addRowArrow(builder, rect) - length(10);
  const asideStyle = builder.words('title', palette.secondary);
  const asideWidth = aside === '' ? 0 : Math.ceil(asideStyle.measure(aside)) + length(8);
  if (aside !== '') builder.write(asideStyle, aside, end, middle + asideStyle.size * 0.35, Infinity, 'right');
  const x = rect.x + pad;
  const width = end - x - asideWidth;
  const head = builder.words('unit', palette.text, 600);
  if (text === '') builder.write(head, title, x, middle + head.size * 0.35, width);
  else {
    const small = builder.words('body', palette.secondary);
    builder.write(head, title, x, Math.round(middle - length(5)), width);
    const words = small.measure(text) <= width ? small : builder.words('small', palette.secondary);
    builder.write(words, text, x, Math.round(middle + length(22)), width);
  }
  builder.target(target, rect, {
    tap: () => {
      pick();
      return undefined;
    },
  });
}

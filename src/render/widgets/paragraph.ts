import type { Rect } from '../rect';
import type { Widget } from '../scene';
import type { TextStyle } from '../text';
import { breakLines } from './lines';

/** A text of some lines. */
export interface ParagraphProps {
  readonly text: string;
  /** Which of the styles to write in. */
  readonly tone: string;
}

/** How a paragraph is set. */
export interface ParagraphLook {
  readonly bounds: Rect;
  readonly align: 'left' | 'center';
  readonly styles: Readonly<Record<string, TextStyle>>;
  /** Where it stands in its bounds when it has fewer lines than there is room for; default the middle. */
  readonly at?: 'top' | 'middle';
}

/** Words broken into as many lines as there is room for. */
export function paragraph({ bounds, align, styles, at = 'middle' }: ParagraphLook): Widget<ParagraphProps> {
  return {
    bounds,
    atoms: ({ text }) => (text === '' ? [] : [bounds]),
    paint(context, { text, tone }) {
      const style = styles[tone];
      if (style === undefined || text === '') return;
      const leading = Math.round(style.size * 1.28);
      const most = Math.max(1, Math.floor(bounds.height / leading));
      const lines = breakLines(style, text, bounds.width, most);
      const spare = at === 'top' ? 0 : (bounds.height - lines.length * leading) / 2;
      const x = align === 'left' ? bounds.x : bounds.x + bounds.width / 2;
      lines.forEach((line, i) => {
        style.draw(context, line, x, bounds.y + spare + leading * i + style.size * 0.98, align);
      });
    },
  };
}

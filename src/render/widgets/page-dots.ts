import type { Rect } from '../rect';
import type { Widget } from '../scene';
import type { Colour } from '../theme';

/** Which of how many pages is open; the first is 0. */
export interface PageDotsProps {
  readonly page: number;
  readonly pages: number;
}

/** How the dots are set. */
export interface PageDotsLook {
  readonly bounds: Rect;
  /** Of a dot, pixels. */
  readonly radius: number;
  readonly open: Colour;
  readonly others: Colour;
}

/** A dot for each page; the open one's is larger and brighter. */
export function pageDots({ bounds, radius, open, others }: PageDotsLook): Widget<PageDotsProps> {
  const middle = bounds.y + bounds.height / 2;
  return {
    bounds,
    atoms: () => [bounds],
    paint(context, { page, pages }) {
      const pitch = Math.min(radius * 4, bounds.width / Math.max(1, pages));
      const left = bounds.x + bounds.width / 2 - (pitch * (pages - 1)) / 2;
      for (let i = 0; i < pages; i++) {
        context.beginPath();
        context.arc(left + pitch * i, middle, i === page ? radius : radius * 0.65, 0, 2 * Math.PI);
        context.fillStyle = i === page ? open : others;
        context.fill();
      }
    },
  };
}

import type { DamageRect } from './output';

/** Whole lines of the framebuffer: `top` the first, `bottom` the one after the last. */
export interface Band {
  readonly top: number;
  readonly bottom: number;
}

/** Bands with fewer lines than this between them are written as one: the lines cost less than another write. */
const nearLines = 16;

/**
 * The lines to write for these rectangles, from top to bottom, of at least two lines each where the panel has two: the
 * kernel's DRM fbdev emulation takes a write of exactly one whole line for an empty one and never shows it.
 * @param rects within the panel, not empty
 * @param height lines of the panel
 */
export function bandsOf(rects: readonly DamageRect[], height: number): Band[] {
  const bands: Band[] = [];
  let current: { top: number; bottom: number } | undefined;
  for (const rect of [...rects].sort((a, b) => a.y - b.y)) {
    const bottom = rect.y + rect.height;
    if (current !== undefined && rect.y < current.bottom + nearLines) {
      current.bottom = Math.max(current.bottom, bottom);
    } else {
      current = { top: rect.y, bottom };
      bands.push(current);
    }
  }
  return bands.map((band) => atLeastTwoLines(band, height));
}

function atLeastTwoLines({ top, bottom }: Band, height: number): Band {
  if (bottom - top > 1) return { top, bottom };
  return bottom < height ? { top, bottom: bottom + 1 } : { top: Math.max(0, top - 1), bottom };
}

import { differingPixels, differingTexts, rounding, worstWindow } from './compare';
import type { Pixels } from './palette';
import { isReference, type Rasteriser } from './rasteriser';
import type { Written } from './written-texts';

/** A picture and what is written on it. */
export interface Picture {
  readonly pixels: Pixels;
  readonly texts: readonly Written[];
}

/** On the reference system; processors may differ in a last bit. */
const mostPixels = 4;

/** Levels by which the mean of a window may be off elsewhere. */
const mostLevels = 40;

/**
 * What is wrong with a picture, in a sentence; `undefined` where nothing is. Everywhere the same texts must stand in the
 * same places in the same look. On the reference system pixels must be equal, but for the palette's rounding; with other
 * libraries the colours of small windows must be.
 */
export function complaint(before: Picture, after: Picture, libraries: Rasteriser): string | undefined {
  const size = ({ pixels }: Picture): string => `${pixels.width}x${pixels.height}`;
  if (size(before) !== size(after)) return `it is ${size(after)} instead of ${size(before)}`;
  const texts = differingTexts(before.texts, after.texts);
  const [missing, added] = [texts.missing.map(words), texts.new.map(words)];
  if (missing.length + added.length > 0)
    return `it lacks the texts ${missing.join(', ') || 'none'} and has instead ${added.join(', ') || 'none'}`;
  if (isReference(libraries)) {
    const differing = differingPixels(before.pixels, after.pixels);
    if (differing <= mostPixels) return undefined;
    return `${differing} pixels differ by more than ${rounding} levels, and ${mostPixels} may`;
  }
  const { x, y, levels } = worstWindow(before.pixels, after.pixels);
  if (levels <= mostLevels) return undefined;
  return `the window at ${x},${y} differs by ${levels.toFixed(1)} levels, and ${mostLevels} is the limit`;
}

function words({ text, x, y, look }: Written): string {
  return `“${text}” at ${x},${y} (${look})`;
}

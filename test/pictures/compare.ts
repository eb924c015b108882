import type { Pixels } from './palette';
import type { Written } from './written-texts';

/** By how many levels the kept picture's palette may be off, in each of red, green and blue. */
export const rounding = 12;

/** How many pixels differ by more than the palette's rounding. */
export function differingPixels(before: Pixels, after: Pixels): number {
  let differing = 0;
  for (let i = 0; i < before.data.length; i += 4) if (farthest(before, after, i) > rounding) differing++;
  return differing;
}

function farthest(before: Pixels, after: Pixels, i: number): number {
  let most = 0;
  for (let channel = i; channel < i + 3; channel++)
    most = Math.max(most, Math.abs((before.data[channel] ?? 0) - (after.data[channel] ?? 0)));
  return most;
}

/** A square of a picture and by how much it is off. */
export interface Window {
  readonly x: number;
  readonly y: number;
  /** Levels, 0 to 255: of the mean red, green or blue, whichever is off most. */
  readonly levels: number;
}

/** The side of the windows, pixels. */
export const side = 8;

/**
 * The window of 8 x 8 pixels whose mean colour differs most. Another rasteriser places letters by fractions of a pixel and
 * shades their edges differently, which hardly changes the mean.
 */
export function worstWindow(before: Pixels, after: Pixels): Window {
  let worst: Window = { x: 0, y: 0, levels: 0 };
  for (let y = 0; y < before.height; y += side / 2)
    for (let x = 0; x < before.width; x += side / 2) {
      const levels = meanDifference(before, after, x, y);
      if (levels > worst.levels) worst = { x, y, levels };
    }
  return worst;
}

function meanDifference(before: Pixels, after: Pixels, left: number, top: number): number {
  const sums = [0, 0, 0];
  for (let y = top; y < Math.min(top + side, before.height); y++)
    for (let x = left; x < Math.min(left + side, before.width); x++)
      for (const channel of [0, 1, 2]) {
        const i = (y * before.width + x) * 4 + channel;
        sums[channel] = (sums[channel] ?? 0) + (after.data[i] ?? 0) - (before.data[i] ?? 0);
      }
  return Math.max(...sums.map(Math.abs)) / (side * side);
}

/** How far a text may have moved, in pixels: widths of texts are rounded, and differ by fractions of a pixel. */
const play = 1;

/** The texts that stand on one of two pictures only. */
export function differingTexts(
  before: readonly Written[],
  after: readonly Written[],
): { readonly missing: readonly Written[]; readonly new: readonly Written[] } {
  const has = (texts: readonly Written[], { text, x, y, look }: Written): boolean =>
    texts.some(
      (other) =>
        other.text === text &&
        other.look === look &&
        Math.abs(other.x - x) <= play &&
        Math.abs(other.y - y) <= play,
    );
  return {
    missing: before.filter((entry) => !has(after, entry)),
    new: after.filter((entry) => !has(before, entry)),
  };
}

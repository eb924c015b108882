import { PNG } from 'pngjs';
import { fromPng, toPng, type Picture } from '../appliance/machine/picture';
import { worstWindow } from '../pictures/compare';

/** Levels by which a pixel may be off where the same libraries draw: processors round differently. */
const rounding = 2;

/** Levels by which the mean of 8 x 8 pixels may be off where other libraries draw, as in test/pictures/judge.ts. */
const mostLevels = 40;

/**
 * What distinguishes a picture that arm64 has drawn from this machine's, in a sentence; `undefined` where nothing does.
 *
 * @param there @param here PNG files @param sameLibraries that the Debians are the same: then every pixel is compared
 * @param cut leaves out what is not compared
 */
export function unlike(
  there: Buffer,
  here: Buffer,
  sameLibraries: boolean,
  cut: (picture: Picture) => Picture,
): string | undefined {
  const [a, b] = [cut(fromPng(there)), cut(fromPng(here))];
  if (a.width !== b.width || a.height !== b.height)
    return `it is ${a.width}x${a.height} instead of ${b.width}x${b.height}`;
  if (sameLibraries) {
    const pixels = farOff(a, b);
    return pixels === 0 ? undefined : `${pixels} pixels differ by more than ${rounding} levels`;
  }
  const { x, y, levels } = worstWindow(PNG.sync.read(toPng(a)), PNG.sync.read(toPng(b)));
  if (levels <= mostLevels) return undefined;
  return `the window at ${x},${y} differs by ${levels.toFixed(1)} levels, and ${mostLevels} is the limit`;
}

/** How many pixels differ by more than rounding. */
function farOff(a: Picture, b: Picture): number {
  let count = 0;
  for (let i = 0; i < a.rgb.length; i += 3)
    if ([0, 1, 2].some((c) => Math.abs((a.rgb[i + c] ?? 0) - (b.rgb[i + c] ?? 0)) > rounding)) count++;
  return count;
}

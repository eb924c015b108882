import { parseMatrix, type CalibrationMatrix } from './touch-matrix';

/** A place; which units, and of what, is said where it is used. */
interface Place {
  readonly x: number;
  readonly y: number;
}

/** What touches of the crosses came to. */
export type Calibrated =
  | { readonly matrix: CalibrationMatrix }
  /** All of them were at nearly the same place, or on one line. */
  | { readonly problem: 'close' }
  /** The last one is this far from where the first three say that it is, in pixels. */
  | { readonly problem: 'apart'; readonly distance: number };

/** The least area between the touches, as a part of what the panel's driver says that it has. */
const leastArea = 0.002;
/** How far the last touch may be off, as a part of the picture's shorter side: several times what a finger misses. */
const mostOff = 0.08;

/**
 * The matrix that puts touches where they were meant, by least squares.
 *
 * @param touched four places where the panel says that it was touched, 0 to 1 from end to end of its axes' ranges, around a rectangle
 * @param meant where they were meant, 0 to 1 from edge to edge of the panel
 * @param panel its size in pixels
 */
export function calibrate(
  touched: readonly Place[],
  meant: readonly Place[],
  panel: { readonly width: number; readonly height: number },
): Calibrated {
  const first = solve(touched.slice(0, 3), meant.slice(0, 3));
  const all = solve(touched, meant);
  const [last, lastMeant] = [touched.at(-1), meant.at(-1)];
  if (areaOf(touched) < leastArea || !first || !all || !last || !lastMeant) return { problem: 'close' };
  const [a, b, c, d, e, f] = first;
  const x = (a * last.x + b * last.y + c - lastMeant.x) * panel.width;
  const y = (d * last.x + e * last.y + f - lastMeant.y) * panel.height;
  const distance = Math.hypot(x, y);
  // Two touches exchanged are far off too.
  if (distance > mostOff * Math.min(panel.width, panel.height)) return { problem: 'apart', distance };
  return parseMatrix(writeMatrix(all)) === undefined ? { problem: 'close' } : { matrix: all };
}

/** A matrix as `parseMatrix` reads it. */
export function writeMatrix(matrix: CalibrationMatrix): string {
  // A millionth of a panel is less than a hundredth of a pixel.
  return matrix.map((number) => String(Number(number.toFixed(6)) + 0)).join(' ');
}

/** The area within the corners, by the shoelace formula. */
function areaOf(corners: readonly Place[]): number {
  let twice = 0;
  for (const [i, { x, y }] of corners.entries()) {
    const next = corners[(i + 1) % corners.length] ?? { x, y };
    twice += x * next.y - next.x * y;
  }
  return Math.abs(twice) / 2;
}

/** Least squares for both rows of the matrix. Undefined where the touches are on one line. */
function solve(touched: readonly Place[], meant: readonly Place[]): CalibrationMatrix | undefined {
  const count = touched.length;
  const mean = (of: (i: number) => number): number =>
    touched.reduce((sum, _, i) => sum + of(i), 0) / Math.max(1, count);
  const from = (i: number): Place => touched[i] ?? { x: 0, y: 0 };
  const to = (i: number): Place => meant[i] ?? { x: 0, y: 0 };
  // Around the middles, so that the constant parts fall out.
  const middle = { x: mean((i) => from(i).x), y: mean((i) => from(i).y) };
  const [xx, xy, yy] = [
    mean((i) => (from(i).x - middle.x) ** 2),
    mean((i) => (from(i).x - middle.x) * (from(i).y - middle.y)),
    mean((i) => (from(i).y - middle.y) ** 2),
  ];
  const determinant = xx * yy - xy * xy;
  if (!(determinant > 1e-12)) return undefined;
  const row = (value: (i: number) => number): readonly [number, number, number] => {
    const level = mean(value);
    const x = mean((i) => (from(i).x - middle.x) * (value(i) - level));
    const y = mean((i) => (from(i).y - middle.y) * (value(i) - level));
    const [a, b] = [(x * yy - y * xy) / determinant, (y * xx - x * xy) / determinant];
    return [a, b, level - a * middle.x - b * middle.y];
  };
  return [...row((i) => to(i).x), ...row((i) => to(i).y)];
}

/**
 * Where a touch lands: a, b, c, d, e, f of x' = a x + b y + c and y' = d x + e y + f, with 0 to 1 from edge to edge of the
 * panel. As libinput and udev have it (LIBINPUT_CALIBRATION_MATRIX).
 */
export type CalibrationMatrix = readonly [number, number, number, number, number, number];

/** One of them; no panel needs more digits before the point. */
const numberPattern = /^-?(\d{1,4}(\.\d+)?|\.\d+)$/;
/** A matrix as it is written, such as `0 1 0 1 0 0`; `undefined` for what is none, or puts all touches on one line. */
export function parseMatrix(text: string): CalibrationMatrix | undefined {
  const numbers = text.trim().split(/[\s,]+/);
  if (numbers.length !== 6 || !numbers.every((number) => numberPattern.test(number))) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = numbers.map(Number);
  return a * e === b * d ? undefined : [a, b, c, d, e, f];
}

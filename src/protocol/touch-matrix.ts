/**
 * Where a touch lands: a, b, c, d, e, f of x' = a x + b y + c and y' = d x + e y + f, with 0 to 1 from edge to edge of the
 * panel. As libinput and udev have it (LIBINPUT_CALIBRATION_MATRIX).
 */
export type CalibrationMatrix = readonly [number, number, number, number, number, number];

/** One of them as printf and xinput write them, below 10,000; no panel needs more. */
const numberPattern = /^[+-]?(\d{1,4}(\.\d*)?|\.\d+)(e[+-]?\d{1,2})?$/i;
const largest = 9999;

/**
 * A matrix as it is written, such as `0 1 0 1 0 0`, or with the third row that says nothing (`0 0 1`), as xinput has it;
 * `undefined` for what is none, or puts all touches on one line.
 */
export function parseMatrix(text: string): CalibrationMatrix | undefined {
  const written = text.trim().split(/[\s,]+/);
  if (!written.every((number) => numberPattern.test(number))) return undefined;
  const numbers = written.map(Number);
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, ...third] = numbers;
  if (numbers.length !== 6 && (numbers.length !== 9 || third.join(' ') !== '0 0 1')) return undefined;
  if (numbers.some((number) => Math.abs(number) > largest)) return undefined;
  return a * e === b * d ? undefined : [a, b, c, d, e, f];
}

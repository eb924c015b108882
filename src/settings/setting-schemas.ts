import * as v from 'valibot';
import { parseLayout } from '../protocol/keyboard-layout';
import { parseMatrix } from '../protocol/touch-matrix';

/** A whole number, both limits included. */
export const wholeNumber = (least: number, most: number) =>
  v.pipe(numeric(), v.integer(), v.minValue(least), v.maxValue(most));
/** A number, both limits included. */
export const numberBetween = (least: number, most: number) =>
  v.pipe(numeric(), v.minValue(least), v.maxValue(most));

/** A limit that can be switched off: a number, or the word. */
export function limitBetween(least: number, most: number) {
  return v.union([v.literal('off'), numberBetween(least, most)]);
}

/** Numbers come as numbers from a file and as text from flags and the environment. */
export function numeric() {
  return v.pipe(
    v.union([v.number(), v.pipe(v.string(), v.regex(/^-?\d+(\.\d+)?$/), v.transform(Number))]),
    v.finite(),
  );
}

/** One of a few words. */
export function choice<const T extends readonly string[]>(options: T) {
  return v.picklist(options);
}

/** Yes or no. */
export function toggle() {
  return v.union([
    v.boolean(),
    v.pipe(
      v.picklist(['true', 'false', '1', '0', 'yes', 'no']),
      v.transform((text) => text === 'true' || text === '1' || text === 'yes'),
    ),
  ]);
}

/** Six numbers that turn a touch into a place, or nothing; those that put all touches on one line are none. */
export const matrix = () =>
  v.pipe(
    v.string(),
    v.maxLength(200),
    v.check((written) => written === '' || parseMatrix(written) !== undefined),
  );

/** The name of a keyboard's layout, or nothing. */
export const keyboardLayout = () =>
  v.pipe(
    v.string(),
    v.check((written) => written === '' || parseLayout(written) !== undefined),
  );

/** Any text that is not endless. */
export const text = () => v.pipe(v.string(), v.maxLength(4096));

import type { DeviceTrouble } from '../devices/device-type';

type Values = DeviceTrouble['values'];

/** What stands in the way of a conversation, by its code; `place` is where the device is. */
const sentences: Readonly<Record<string, (place: string, values: Values) => string>> = {
  silent: (place) => `What is at ${place} does not answer`,
  'not-jbd': (place) => `What is at ${place} is not a JBD battery`,
  refused: (place, { status = '' }) => `The battery at ${place} refuses to be read (status ${status})`,
  'not-thornwave': (place) => `What is at ${place} is not a Thornwave meter`,
  'password-refused': (place) =>
    `The battery at ${place} refuses the password; set the right one, or 000000 where none was ever set`,
  'pairing-wanted': (place) => `The battery at ${place} wants to be paired, which packdial can't do yet`,
  'password-wanted': (place) => `The battery at ${place} wants a password`,
};

/** One sentence without its full stop. A code without one of its own is told as it is. */
export function troubleInWords({ code, values }: DeviceTrouble, place: string): string {
  return sentences[code]?.(place, values) ?? `The device at ${place} reports ${code.replaceAll('-', ' ')}`;
}

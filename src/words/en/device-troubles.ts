type Values = Readonly<Record<string, string | number>>;

/** What stands in the way of a conversation with a device, by its code; `place` is where the device is. */
const sentences: Readonly<Record<string, (place: string, values: Values) => string>> = {
  silent: (place) => `What is at ${place} does not answer`,
  'not-jbd': (place) => `What is at ${place} is not a JBD battery`,
  refused: (place, { status = '' }) => `The battery at ${place} refuses to be read (status ${status})`,
  'not-thornwave': (place) => `What is at ${place} is not a Thornwave meter`,
  'password-refused': (place) =>
    `The battery at ${place} refuses the password; set the right one, or 000000 where none was ever set`,
  'pairing-wanted': (place) =>
    `The battery at ${place} wants to be paired: give the six digits of its passkey as password`,
  offline: (place, { topic = '' }) => `${topic} at ${place} says that the device is offline`,
  'password-wanted': (place) => `The battery at ${place} wants a password`,
};

/** One sentence without its full stop. A code of a device type that has none here is shown as it is. */
export function deviceTrouble(code: string, place: string, values: Values): string {
  return sentences[code]?.(place, values) ?? `The device at ${place} reports ${code.replaceAll('-', ' ')}`;
}

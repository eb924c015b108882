import { UserError } from '../base/user-error';
import { bluetoothTypes, type Recogniser } from '../devices/recognise';
import { Radio, type HeardDevice } from '../io/bluetooth/radio';
import { LinkError } from '../io/links/link-opener';
import { statusText } from '../words/en';
import { untilSignal } from './until-signal';

/** s to scan for, at least and at most. */
const [least, most] = [1, 120];

/**
 * Prints the Bluetooth devices that are received, the strongest first, with the text for `--device` of those that packdial can
 * read. Resolves with the exit code.
 *
 * @param seconds to scan for, as typed
 * @throws UserError for other seconds than 1 to 120, and when there is no Bluetooth to scan with
 */
export async function scan(seconds: string, radio: Radio = new Radio()): Promise<number> {
  const duration = Number(seconds);
  if (seconds.trim() === '' || !(duration >= least && duration <= most))
    throw new UserError(
      `--seconds is ${JSON.stringify(seconds)}, but must be a number from ${least} to ${most}.`,
    );
  const types = await bluetoothTypes();
  try {
    await untilSignal(async (signal) => {
      const heard = await radio.scan(duration * 1000, signal);
      process.stdout.write(scanText(heard, types, duration));
    });
  } catch (error) {
    if (error instanceof LinkError) throw new UserError(`${statusText(error)}.`);
    throw error;
  } finally {
    await radio.close();
  }
  return 0;
}

/** One line a device, and one more for each type that it may be. @param seconds that were scanned for */
export function scanText(
  heard: readonly HeardDevice[],
  types: readonly Recogniser[],
  seconds: number,
): string {
  if (heard.length === 0)
    return `No Bluetooth device was received within ${seconds} s. A device that is connected to a phone is silent.\n`;
  const width = Math.max(...heard.map(({ name }) => shownName(name).length));
  const lines = heard.flatMap((device) => {
    const { address, signal, isConnected } = device;
    const strength = isConnected ? 'connected' : signal === undefined ? '-' : `${signal} dBm`;
    const known = types.filter((type) => type.recognises(device));
    const kinds = known.length === 0 ? 'not known' : known.map(({ type }) => type).join(' or ');
    return [
      `${address}  ${strength.padStart(9)}  ${shownName(device.name).padEnd(width)}  ${kinds}`,
      ...known.map(({ type }) => `    --device ${type},address=${address}`),
    ];
  });
  return `${lines.join('\n')}\n`;
}

/** Without characters that could move a terminal's cursor. */
function shownName(name: string): string {
  const printable = name.replaceAll(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '').trim();
  return printable === '' ? '(no name)' : printable;
}

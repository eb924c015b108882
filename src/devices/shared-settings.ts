import * as v from 'valibot';
import type { DeviceSetting } from './device-type';

/** A number as it stands in a file, or as text on the command line. */
function numberBetween(least: number, most: number) {
  return v.pipe(
    v.union([v.number(), v.pipe(v.string(), v.regex(/^-?\d+(\.\d+)?$/), v.transform(Number))]),
    v.finite(),
    v.minValue(least),
    v.maxValue(most),
  );
}

/** A whole number, both limits included. @param help what it is for */
export function wholeNumberSetting(least: number, most: number, help: string, normal: number): DeviceSetting {
  return {
    schema: v.pipe(numberBetween(least, most), v.integer()),
    default: normal,
    accepts: `a whole number from ${least} to ${most}`,
    help,
    form: { kind: 'text', keyboard: 'digits' },
  };
}

/** One of a few words; the first is what it is without being set. */
export function choiceSetting(words: readonly [string, ...string[]], help: string): DeviceSetting {
  return {
    schema: v.picklist(words),
    default: words[0],
    accepts: `one of ${words.join(', ')}`,
    help,
    form: { kind: 'choice', options: words },
  };
}

/** The same, which whoever adds the device on the screen is asked for. */
export function askedSetting(words: readonly [string, ...string[]], help: string): DeviceSetting {
  return { ...choiceSetting(words, help), form: { kind: 'choice', options: words, asked: true } };
}

/** A switch. */
export function toggleSetting(help: string): DeviceSetting {
  return {
    schema: v.union([
      v.boolean(),
      v.pipe(
        v.picklist(['true', 'false']),
        v.transform((word) => word === 'true'),
      ),
    ]),
    default: false,
    accepts: 'true or false',
    help,
    form: { kind: 'switch' },
  };
}

/** A switch that turns the sign of the current, and perhaps of more. */
export function signSetting(help: string): DeviceSetting {
  return { ...toggleSetting(help), form: { kind: 'switch', turns: 'current' } };
}

/** The serial port that a device is at; no two devices share one. */
export const serialPortSetting: DeviceSetting = {
  schema: v.pipe(v.string(), v.regex(/^\/\S{1,4095}$/)),
  accepts: 'the path of a serial port, such as /dev/ttyUSB0',
  help: 'serial port that the device is at',
  exclusive: 'serial port',
};

/** The address of a Bluetooth device; no two devices share one. */
export const addressSetting: DeviceSetting = {
  schema: v.pipe(
    v.string(),
    v.regex(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i),
    v.transform((address) => address.toUpperCase()),
  ),
  accepts: 'a Bluetooth address, such as A4:C1:37:04:2D:BE',
  help: 'Bluetooth address of the device',
  exclusive: 'Bluetooth address',
};

/** Steps of a time on the screen, s. */
const timeSteps = [1, 2, 3, 5, 7, 10, 15, 20, 30, 45, 60, 120, 300, 600, 1800, 3600] as const;

/** Steps from `least` s on, among them what is usual. */
function stepsFrom(least: number, normal: number): readonly number[] {
  const steps = timeSteps.filter((step) => step >= least);
  return [...new Set([...steps, normal])].sort((a, b) => a - b);
}

/** Seconds after which a value is unknown. @param least of them, which is usual too */
export function intervalSetting(least: number, help: string): DeviceSetting {
  return {
    ...wholeNumberSetting(least, 3600, help, least),
    form: { kind: 'seconds', steps: stepsFrom(least, least) },
  };
}

/** Seconds between two polls. */
export function everySetting(normal: number): DeviceSetting {
  return {
    schema: numberBetween(1, 3600),
    default: normal,
    accepts: 'a number of seconds from 1 to 3600',
    help: 'seconds between two polls',
    form: { kind: 'seconds', steps: stepsFrom(1, normal) },
  };
}

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
  };
}

/** One of a few words; the first is what it is without being set. */
export function choiceSetting(words: readonly [string, ...string[]], help: string): DeviceSetting {
  return { schema: v.picklist(words), default: words[0], accepts: `one of ${words.join(', ')}`, help };
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
  };
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

/** Seconds between two polls. */
export function everySetting(normal: number): DeviceSetting {
  return {
    schema: numberBetween(1, 3600),
    default: normal,
    accepts: 'a number of seconds from 1 to 3600',
    help: 'seconds between two polls',
  };
}

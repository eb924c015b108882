import * as v from 'valibot';
import { every } from './setting-form';
import { numberBetween } from './setting-schemas';

const minutes = [0, 1, 2, 3, 5, 10, 15, 20, 30, 45, 60, 120, 240, 480, 1440];

/** How bright the panel is, and when; a part of the table in settings.ts. */
export const lightSettings = {
  brightness: {
    flag: 'brightness',
    placeholder: 'percent',
    schema: numberBetween(5, 100),
    fallback: 100,
    accepts: 'a number of percent from 5 to 100',
    help: 'how bright the screen is: 5 to 100 percent',
    form: { page: 'screen', label: 'Brightness', effect: 'now', unit: '%', stops: every(5, 5, 100) },
  },
  night: {
    flag: 'night',
    placeholder: 'hours',
    schema: v.pipe(
      v.string(),
      v.regex(/^(off|([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d)$/),
      v.check((hours) => hours === 'off' || hours.slice(0, 5) !== hours.slice(6)),
    ),
    fallback: 'off',
    accepts: 'off, or two different times of day such as 21:00-06:30',
    help: 'when it is night by local time, such as 21:00-06:30, or off',
    form: { page: 'night', label: 'Dimmer at night', effect: 'now' },
  },
  nightBrightness: {
    flag: 'night-brightness',
    placeholder: 'percent',
    schema: numberBetween(5, 100),
    fallback: 30,
    accepts: 'a number of percent from 5 to 100',
    help: 'how bright it is at night, if that is less: 5 to 100 percent',
    form: { page: 'night', label: 'Brightness', effect: 'now', unit: '%', stops: every(5, 5, 100) },
  },
  screenOff: {
    flag: 'screen-off',
    placeholder: 'minutes',
    schema: numberBetween(0, 1440),
    fallback: 0,
    accepts: 'a number of minutes from 0 to 1440',
    help: 'minutes without a touch after which the screen goes dark; 0 is never',
    form: { page: 'screen', label: 'Dark after', effect: 'now', unit: 'min', zero: 'Never', stops: minutes },
  },
  backlight: {
    flag: 'backlight',
    placeholder: 'path',
    schema: v.pipe(v.string(), v.regex(/^(\/\S{1,4095})?$/)),
    fallback: '',
    accepts: 'the path of a folder such as /sys/class/backlight/10-0045',
    help: 'folder of the backlight (default: the first in /sys/class/backlight)',
  },
} as const;

import * as v from 'valibot';
import { toggle } from './setting-schemas';

/** Who may change something at the display; a part of the table in settings.ts. Everybody, until there is a PIN. */
export const lockSettings = {
  pin: {
    flag: 'pin',
    placeholder: 'digits',
    // The settings file may have it as a number. One that begins with a zero has to stand in quotes there.
    schema: v.pipe(
      v.union([v.pipe(v.number(), v.integer(), v.minValue(0), v.transform(String)), v.string()]),
      v.regex(/^(\d{4,8})?$/),
    ),
    fallback: '',
    accepts: '4 to 8 digits, or nothing',
    help: 'who has it opens the settings and switches loads at the display; 4 to 8 digits (default: everybody)',
    form: {
      page: 'lock',
      label: 'PIN',
      note: '4 to 8 digits; empty is none',
      effect: 'now',
      keyboard: 'digits',
    },
    secret: true,
  },
  kiosk: {
    flag: 'kiosk',
    schema: toggle(),
    fallback: false,
    accepts: 'true or false',
    help: 'only shows the main screen: of all touches only one on the gear does anything',
    form: { page: 'lock', label: 'Only show', note: 'only the gear can be touched', effect: 'now' },
  },
} as const;

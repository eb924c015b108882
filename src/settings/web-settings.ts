import * as v from 'valibot';
import type { SettingForm } from './setting-form';
import { choice, wholeNumber } from './setting-schemas';

/** The settings of the web page; they are a part of the table in settings.ts. */
export const webSettings = {
  web: {
    flag: 'web',
    placeholder: 'reach',
    schema: choice(['off', 'localhost', 'lan']),
    fallback: 'off',
    accepts: 'one of off, localhost, lan',
    help: 'the web page with the live screen: off, on this machine alone (localhost, as without a framebuffer), or in its networks (lan)',
    form: {
      page: 'remote',
      label: 'Web page',
      effect: 'restart',
      names: { off: 'Off', localhost: 'Here only', lan: 'Network' },
    } satisfies SettingForm,
  },
  webPort: {
    flag: 'web-port',
    placeholder: 'number',
    schema: wholeNumber(1, 65_535),
    fallback: 8080,
    accepts: 'a whole number from 1 to 65535',
    help: 'TCP port of the web page; the next free one is taken where it is in use',
  },
  webName: {
    flag: 'web-name',
    placeholder: 'name',
    schema: v.pipe(v.string(), v.regex(/^([A-Za-z0-9_]([A-Za-z0-9_.-]{0,251}[A-Za-z0-9_])?)?$/)),
    fallback: '',
    accepts: 'a name such as battery.example.org',
    help: 'a further name that the web page is opened by, beside the address, the host name and *.local',
  },
} as const;

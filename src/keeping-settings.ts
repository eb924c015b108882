import { toggle, wholeNumber } from './setting-schemas';
import { updateUrlSetting } from './update/update-url';

/** What is kept on the disk, and how packdial itself is renewed; a part of the table in settings.ts. */
export const keepingSettings = {
  history: {
    flag: 'history',
    schema: toggle(),
    fallback: true,
    accepts: 'true or false',
    help: 'keeps the history of ten years in the data folder (default: true)',
  },
  log: {
    flag: 'log',
    schema: toggle(),
    fallback: true,
    accepts: 'true or false',
    help: 'keeps PowerSafe100.log, a line each second (default: true)',
  },
  logEvery: {
    flag: 'log-every',
    placeholder: 'seconds',
    schema: wholeNumber(1, 3600),
    fallback: 1,
    accepts: 'a whole number from 1 to 3600',
    help: 'seconds from one line of PowerSafe100.log to the next: 1 to 3600',
  },
  updateUrl: updateUrlSetting,
} as const;

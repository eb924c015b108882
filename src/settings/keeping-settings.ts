import * as v from 'valibot';
import { toggle, wholeNumber } from './setting-schemas';
import { isUpdateUrl } from '../update/update-url';

/** What is kept on the disk, and how packdial itself is renewed; a part of the table in settings.ts. */
export const keepingSettings = {
  history: {
    flag: 'history',
    schema: toggle(),
    fallback: true,
    accepts: 'true or false',
    help: 'keeps the history of ten years in the data folder',
    form: { page: 'keeping', label: 'History', note: 'ten years, on this display', effect: 'restart' },
  },
  log: {
    flag: 'log',
    schema: toggle(),
    fallback: true,
    accepts: 'true or false',
    help: 'keeps PowerSafe100.log, a line each second',
    form: { page: 'keeping', label: 'PowerSafe100.log', note: 'for COPY LOG', effect: 'restart' },
  },
  logEvery: {
    flag: 'log-every',
    placeholder: 'seconds',
    schema: wholeNumber(1, 3600),
    fallback: 1,
    accepts: 'a whole number from 1 to 3600',
    help: 'seconds from one line of PowerSafe100.log to the next: 1 to 3600',
    form: {
      page: 'keeping',
      label: 'A line every',
      effect: 'restart',
      unit: 's',
      stops: [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 1800, 3600],
    },
  },
  logDates: {
    flag: 'log-dates',
    placeholder: 'manual|iso',
    schema: v.picklist(['manual', 'iso']),
    fallback: 'manual',
    accepts: 'manual (month/day/year) or iso (year-month-day)',
    help: "dates of PowerSafe100.log: manual (month/day/year, as EVTV's manual has them) or iso",
  },
  updateUrl: {
    flag: 'update-url',
    placeholder: 'url',
    schema: v.pipe(
      v.string(),
      v.maxLength(2048),
      v.check((url) => url === '' || isUpdateUrl(url)),
    ),
    fallback: '',
    accepts: 'an https address of a release archive, such as https://example.org/packdial-{arch}.pdr',
    help: 'where UPDATE SOFTWARE fetches releases; {arch} stands for the processor (default: only the stick)',
  },
} as const;

import type { NoticeReports } from '../../model/recorder-reports';
import { phrase } from '../phrases';
import { clause } from '../sentences';
import { databasePhrases } from './databases';
import {
  historyEventPhrases,
  historyPhrases,
  logPhrases,
  shortDiskText,
  shortHistoryEvents,
} from './recorders';

/** What the owner should know about packdial itself. */
export interface NoticeWords {
  /** One short sentence for the main screen. */
  readonly short: string;
  /** What the settings say of it when they are opened next. */
  readonly title: string;
  readonly text: string;
}

/** Each notice in words. */
export const noticePhrases: {
  readonly [Code in keyof NoticeReports]: (values: NoticeReports[Code]) => NoticeWords;
} = {
  'log-not-written': (report) => {
    const title = 'The log is not written';
    const text = phrase(logPhrases, report);
    switch (report.code) {
      case 'log-failed':
        return { short: `Not logging: ${shortDiskText(report.values.trouble)}`, title, text };
      case 'log-no-folder':
        return { short: 'Not logging: there is no folder for the log', title, text };
      case 'log-written':
      case 'log-slow-disk':
      case 'log-time-unknown':
        return { short: 'Not logging', title, text };
    }
  },
  'history-not-written': ({ report, waiting }) => {
    const short = phrase(historyPhrases, report);
    const rest = waiting > 0 ? ' What comes meanwhile waits in memory, an hour of it.' : '';
    return { short, title: 'The history is not written', text: `${short}.${rest}` };
  },
  'database-not-written': ({ report, waiting }) => {
    const text = `${phrase(databasePhrases, report)}.`;
    const rest =
      report.code === 'spool-failed' || waiting === 0
        ? ''
        : ` ${waiting} row${waiting === 1 ? ' waits' : 's wait'} on the disk; nothing is lost.`;
    return {
      short: 'No rows get into the database',
      title: 'The database is not written',
      text: text + rest,
    };
  },
  'database-rows-lost': ({ host, lost }) => ({
    short: 'Rows for the database are lost',
    title: 'Rows for the database are lost',
    text: `The database at ${host} was away for so long that there was no room left: ${lost} row${lost === 1 ? ' is' : 's are'} lost, the oldest.`,
  }),
  'settings-damaged': ({ why }) => ({
    short: 'Settings file damaged: the last good one is in use',
    title: 'The last settings that were good are in use',
    text: `${clause(why)}; the last good settings are in use.`,
  }),
  'settings-of-newer': ({ file, names }) => ({
    short: 'Settings of a newer release are kept, not used',
    title: 'A newer release has run here',
    text:
      `${file}: this release does not know ${names.map((name) => `"${name}"`).join(', ')}, which a newer one has set; ` +
      `${names.length === 1 ? 'it is' : 'they are'} kept for that, and not used.`,
  }),
  'signs-opposite': ({ shown, other, device }) => ({
    short:
      device === undefined ? 'Is the current’s sign right?' : `Is the sign of ${device}’s current right?`,
    title: 'Two messages tell opposite currents',
    text:
      `${shown.message} tells ${amperes(shown.amperes)}, which is shown, and ${other.message} ${amperes(other.amperes)}. ` +
      `Charging is +. If what is shown has the wrong sign, touch “${shown.option}”, else “${other.option}”.`,
  }),
  'history-gives-up': (values) => happened('history-gives-up', values),
  'history-set-aside': (values) => happened('history-set-aside', values),
};

/** As `+34.1 A`. */
function amperes(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(1)} A`;
}

function happened<Code extends 'history-gives-up' | 'history-set-aside'>(
  code: Code,
  values: NoticeReports[Code],
): NoticeWords {
  const short = shortHistoryEvents[code](values);
  return { short, title: short, text: `${historyEventPhrases[code](values)}.` };
}

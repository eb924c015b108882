import { formatBytes } from '../../base/format-bytes';
import type {
  DiskTrouble,
  DiskTroubles,
  HistoryEvents,
  HistoryReports,
  LogReports,
} from '../../model/recorder-reports';
import { phrase, type Phrases } from '../phrases';

/** Why a disk does not take something, to follow «can't be written:». */
export const diskPhrases: Phrases<DiskTroubles> = {
  'disk-full': () => 'the disk is full',
  'disk-reserve': ({ free, reserve }) =>
    `the disk has ${formatBytes(free)} free, and ${formatBytes(reserve)} are kept for the system`,
  'disk-read-only': () => 'the disk is read-only',
  'disk-error': () => 'the disk does not work (EIO)',
  'disk-forbidden': () => 'packdial has no right to',
  'disk-folder-gone': () => 'its folder is gone',
  'disk-other': ({ reason }) => reason,
};

/** The same in no more than a few words. */
export function shortDiskText(trouble: DiskTrouble): string {
  return trouble.code === 'disk-reserve' ? 'the disk is nearly full' : phrase(diskPhrases, trouble);
}

/** How the log is kept. Unlike others, these have their full stop. */
export const logPhrases: Phrases<LogReports> = {
  'log-written': ({ lost }) =>
    lost === 0 ? 'The log is written.' : `The log is written; ${lost} lines got lost.`,
  'log-failed': ({ trouble, losing }) => {
    const costs = losing ? 'the oldest lines are being lost' : 'the last lines wait in memory';
    return `The log can't be written: ${phrase(diskPhrases, trouble)}; ${costs}.`;
  },
  'log-slow-disk': () => 'The disk is slow: the last lines of the log wait in memory.',
  'log-time-unknown': () => 'The time is not known yet: lines of the log wait in memory for it.',
  'log-no-folder': ({ reason }) => `There is no log: ${reason}`,
};

/** How the history is written. */
export const historyPhrases: Phrases<HistoryReports> = {
  'history-written': ({ file, behind }) => `History goes to ${file}${behind ? ', slower than it comes' : ''}`,
  'history-made-up': () => 'History is made up, and only in memory',
  'history-no-folder': () => notWritten('there is no folder for it'),
  'history-disk-full': () => notWritten('the disk is full'),
  'history-disk-reserve': () => notWritten('the disk is nearly full'),
  'history-read-only': () => notWritten('the disk can only be read'),
  'history-disk-error': () => notWritten('the disk has an error'),
  'history-folder-unfit': () =>
    notWritten("the file system of its folder can't lock files; set --data-dir to a folder on the card"),
  'history-not-open': () => notWritten("its file can't be opened"),
  'history-busy': () => notWritten('another program is writing to it'),
  'history-forbidden': () => notWritten('its file belongs to another user'),
  'history-thread-ended': () => notWritten('its thread has ended'),
  'history-failed': ({ reason }) => notWritten(reason),
  'history-closed': () => 'The history is closed',
};

/** What has happened to the history. */
export const historyEventPhrases: Phrases<HistoryEvents> = {
  'history-gives-up': () =>
    `${shortHistoryEvents['history-gives-up']({})}: the history gives up its oldest values of single seconds, to leave the rest to the system`,
  'history-set-aside': (values) =>
    `${shortHistoryEvents['history-set-aside'](values)}: it is kept as ${values.aside}, and a new one is begun`,
};

/** The same in a few words. */
export const shortHistoryEvents: Phrases<HistoryEvents> = {
  'history-gives-up': () => 'The disk is nearly full',
  'history-set-aside': ({ why }) =>
    why === 'damaged' ? 'The history was damaged' : 'The history is of another version of packdial',
};

function notWritten(reason: string): string {
  return `No history is written: ${reason}`;
}

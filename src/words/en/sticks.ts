import { formatBytes } from '../../base/format-bytes';
import {
  stickLabel,
  type CopyReports,
  type CopyTroubles,
  type StickTroubles,
} from '../../model/stick-reports';
import type { Phrases } from '../phrases';

const typeNames: Readonly<Record<string, string>> = { exfat: 'exFAT', ntfs: 'NTFS', hfsplus: 'HFS+' };

const advice = `it must be named ${stickLabel}; rename it on a PC or plug in another.`;

/** Why a stick can't be used, with what to do. Unlike others, these have their full stop. */
const stickPhrases: Phrases<StickTroubles> = {
  'stick-absent': () => `No USB stick is plugged in: plug in one that is named ${stickLabel}.`,
  'stick-not-among': ({ labels }) => {
    const names = labels.map((label) => (label === '' ? 'without a name' : `"${label}"`));
    return `No stick that is plugged in (${names.join(', ')}) is named ${stickLabel}: rename one on a PC.`;
  },
  'stick-not-formatted': () =>
    `The stick is not formatted: format it on a PC as FAT with the name ${stickLabel}.`,
  'stick-without-name': () => `The stick has no name: ${advice}`,
  'stick-other-name': ({ label }) => `The stick is named "${label}": ${advice}`,
  'sticks-of-one-name': ({ count }) =>
    `${count === 2 ? 'Two' : count} sticks named ${stickLabel} are plugged in: leave only one.`,
  'partitions-of-one-name': ({ names }) =>
    `The stick has ${names.length === 2 ? 'two' : names.length} partitions named ${stickLabel} (${names.join(', ')}): rename all but one on a PC.`,
  'stick-other-format': ({ type }) =>
    `The stick ${stickLabel} is formatted as ${typeNames[type] ?? type}: it must be FAT; format it on a PC or plug in another.`,
  'stick-write-protected': () =>
    `The stick ${stickLabel} is write protected: move its switch or plug in another.`,
  'stick-not-mounted': () =>
    `The stick ${stickLabel} is not mounted: mount it, or install packdial (sudo make install), which does.`,
  'stick-not-mountable': ({ reason }) => notMountable(reason),
  'stick-mount-unanswered': () => notMountable('the system did not answer'),
  'stick-mounted-out-of-sight': () =>
    `The stick ${stickLabel} was mounted where packdial can't see it: pull it and plug it in again.`,
  'stick-damaged': () =>
    `The stick ${stickLabel} can only be read: its files are damaged, check it on a PC or plug in another.`,
  'stick-mounted-read-only': ({ folder }) =>
    `The stick ${stickLabel} is mounted read-only at ${folder}: eject it there, pull it and plug it in again.`,
  'stick-in-use': ({ folder }) =>
    `The stick ${stickLabel} is in use at ${folder}, where packdial may not write: eject it there and try again.`,
  'stick-not-opened': ({ reason }) => `The stick can't be opened: ${reason}.`,
  'stick-full': ({ free }) =>
    `The stick ${stickLabel} is full${free === undefined ? '' : ` (${formatBytes(free)} free)`}: delete something from it or take a larger one.`,
  'stick-read-only-now': () =>
    `The stick ${stickLabel} can only be read any more: its files are damaged, check it on a PC.`,
  'stick-refuses': ({ reason }) =>
    `The stick ${stickLabel} does not take the copy: ${reason}; take another one.`,
  'stick-too-small': ({ free, size }) =>
    `The stick ${stickLabel} has ${formatBytes(free)} free and the log has ${formatBytes(size)}: delete something from it or take a larger one.`,
  'stick-pulled': () => 'The stick was pulled out before the copy was complete: plug it in and copy again.',
};

/** Why a log was not copied to a stick. */
export const copyTroublePhrases: Phrases<CopyTroubles> = {
  ...stickPhrases,
  'log-absent': () => 'There is no log yet: there is nothing to copy.',
  'log-empty': () => 'The log is empty: there is nothing to copy yet.',
  'log-unreadable': ({ reason }) => `The log can't be read: ${reason}.`,
  'copy-differs': () => `What was read back from the stick ${stickLabel} is not the log: take another stick.`,
  'copy-stopped': () => 'Copying was stopped: nothing of this copy is left on the stick.',
  'copy-failed': ({ reason }) => reason,
};

/** How the copying of a log goes. */
export const copyPhrases: Phrases<CopyReports> = {
  ...copyTroublePhrases,
  'copy-looking': () => `Looking for the stick ${stickLabel}.`,
  'copy-copying': ({ name, done, size }) => `Copying ${name}: ${formatBytes(done)} of ${formatBytes(size)}.`,
  'copy-checking': ({ done, size }) => `Checking the copy: ${formatBytes(done)} of ${formatBytes(size)}.`,
  'copy-finishing': () => 'Finishing: leave the stick in.',
  'copy-done': ({ size, names, kept, version, largestFile, safe }) => {
    const [first = '', ...more] = names;
    const last = more.at(-1);
    const what =
      last === undefined
        ? `${first} (${formatBytes(size)}) is on the stick, checked`
        : `The log (${formatBytes(size)}) is on the stick, checked, as ${names.length} files from ${first} to ${last}, ` +
          `for a file of ${version} holds ${Math.round(largestFile / 2 ** 30)} GB`;
    const end = safe ? 'it is safe to pull' : 'eject it where it is mounted before you pull it';
    const earlier = kept.length === 0 ? '' : `; the copy from before is kept as ${kept.join(', ')}`;
    return `${what}${earlier}; ${end}.`;
  },
};

function notMountable(reason: string): string {
  return `The stick ${stickLabel} can't be mounted (${reason}): check it on a PC or plug in another.`;
}

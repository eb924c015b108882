import type { KeptTextReport, KeptTextReports } from '../../model/recorder-reports';
import { phrase, type Phrases } from '../phrases';
import { diskPhrases } from './recorders';

const subjects = {
  alarms: { name: 'The list of alarms', was: 'was', becomes: 'it is', anew: 'a new one is begun' },
  energies: { name: 'The energies', was: 'were', becomes: 'they are', anew: 'new ones begun' },
} as const;

/** What is kept in a small file. */
export type KeptSubject = keyof typeof subjects;

/** What has gone wrong with such a file. */
export function keptTextPhrase(subject: KeptSubject, report: KeptTextReport): string {
  const { name, was, becomes, anew } = subjects[subject];
  const phrases: Phrases<KeptTextReports> = {
    'text-damaged': ({ aside }) => `${name} ${was} damaged: ${becomes} kept as ${aside}, and ${anew}`,
    'text-not-read': ({ trouble }) => `${name} can't be read: ${phrase(diskPhrases, trouble)}`,
    'text-not-written': ({ trouble }) => `${name} can't be written: ${phrase(diskPhrases, trouble)}`,
  };
  return phrase(phrases, report);
}

import type { ActionReports } from '../../model/action-view';
import { phrase, type Phrases } from '../phrases';
import { diskPhrases } from './recorders';
import { copyPhrases } from './sticks';

/** How that goes which a touch has started: with the full stop where more than a few words are told. */
export const actionPhrases: Phrases<ActionReports> = {
  ...copyPhrases,
  'log-not-erased': ({ trouble }) => `The log can't be erased: ${phrase(diskPhrases, trouble)}.`,
  'log-nowhere': ({ reason }) => `There is no log: ${reason}`,
  'update-looking': () => 'Looking for a new version',
  'update-not-installed': () =>
    'Nothing here installs updates: that takes a packdial installed by sudo make install',
  'update-not-begun': () => 'The update did not begin; journalctl -u packdial-update tells why',
  'update-broke-off': () => 'The update broke off; journalctl -u packdial-update tells why',
  'update-told': ({ words }) => words,
  'settings-saving': () => 'Saving',
  'settings-saved': () => 'Saved',
  'settings-refused': ({ why }) => why,
  'settings-not-saved': ({ reason }) => `The settings can't be saved: ${reason}.`,
};

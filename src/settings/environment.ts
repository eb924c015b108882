import { UserError } from '../base/user-error';
import { environmentName } from './resolve-settings';
import { settings, type SettingName } from './settings';
import { nearest } from './settings-file';

/** Variables of packdial that are no settings. */
const otherVariables = ['PACKDIAL_CONFIG', 'PACKDIAL_WATCH_SECONDS'];

/**
 * Finds variables that were meant for packdial and are none of its own.
 *
 * @throws UserError naming the first of them
 */
export function checkEnvironment(env: Readonly<Record<string, string | undefined>>): void {
  const known = [...otherVariables, ...(Object.keys(settings) as SettingName[]).map(environmentName)];
  for (const [variable, value] of Object.entries(env)) {
    if (!variable.startsWith('PACKDIAL_') || value === '' || known.includes(variable)) continue;
    const similar = nearest(variable.slice('PACKDIAL_'.length));
    const hint =
      similar === undefined
        ? 'run packdial help run for the list'
        : `did you mean ${environmentName(similar)}?`;
    throw new UserError(`${variable} is not a setting; ${hint}`);
  }
}

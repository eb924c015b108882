import { settings, type Setting, type SettingName } from './settings';

/** A setting and what it is now, for logs and messages; of a password only that there is one. */
export function toldSetting(name: SettingName, value: unknown): string {
  if ((settings[name] as Setting).form?.secret === true)
    return `${name} is ${value === '' ? 'empty' : 'set'}`;
  return `${name} is ${JSON.stringify(value)}`;
}

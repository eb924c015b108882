import { settings, type RawSettings, type Setting, type SettingName } from './settings';

/** True for what must not be shown, logged or readable by everybody, such as a password. */
export function isSecret(name: string): boolean {
  return Object.hasOwn(settings, name) && (settings[name as SettingName] as Setting).secret === true;
}

/** A value as it may be told to people: a secret's is only that there is one. */
export function shownSetting(name: string, value: unknown): string {
  if (!isSecret(name) || value === '' || value === undefined) return JSON.stringify(value);
  return '(hidden)';
}

/** Settings as they may be printed. */
export function withoutSecrets(values: RawSettings): RawSettings {
  const shown = Object.entries(values).map(([name, value]) => [
    name,
    isSecret(name) && value !== '' ? '(hidden)' : value,
  ]);
  return Object.fromEntries(shown) as RawSettings;
}

/**
 * The rights that a settings file is to have.
 *
 * @param mode what it has, or would have without secrets
 */
export function settingsFileMode(values: RawSettings, mode: number): number {
  const secret = Object.entries(values).some(([name, value]) => isSecret(name) && value !== '');
  // Owner and group only: on the installed display that is packdial, and whoever is given its group.
  return secret ? mode & 0o770 : mode & 0o777;
}

import { withoutPassword } from '../protocol/database-address';
import { settings, type RawSettings, type Setting, type SettingName } from './settings';

/**
 * True for what must not be shown, logged or readable by everybody, such as a password. What a newer release has set, and is no
 * setting here, may be one.
 */
export function isSecret(name: string): boolean {
  return !Object.hasOwn(settings, name) || (settings[name as SettingName] as Setting).secret === true;
}

/** Keys of a device's settings whose values are secret. */
const secretOfDevice = /^(password|passkey)$/i;
const secretInText = /((?:^|,)\s*(?:password|passkey)=)[^,]+/gi;
/** An address that may have a password in it. */
const addressOfDevice = /^broker$/i;
const addressInText = /((?:^|,)\s*broker=)([^,]+)/gi;

/** The devices of the settings without their passwords; anything else as it is. */
function withoutDeviceSecrets(value: unknown): unknown {
  if (typeof value === 'string')
    return value
      .replaceAll(secretInText, '$1(hidden)')
      .replaceAll(addressInText, (_, key: string, address: string) => key + withoutPassword(address));
  if (Array.isArray(value)) return value.map(withoutDeviceSecrets);
  if (typeof value !== 'object' || value === null) return value;
  const shown = Object.entries(value).map(([key, inner]: [string, unknown]) => {
    if (secretOfDevice.test(key) && inner !== '') return [key, '(hidden)'];
    return [key, addressOfDevice.test(key) ? withoutPasswords(inner) : inner];
  });
  return Object.fromEntries(shown);
}

/** The addresses of the settings without their passwords; anything else as it is. */
function withoutPasswords(value: unknown): unknown {
  if (typeof value === 'string') return withoutPassword(value);
  return Array.isArray(value) ? value.map(withoutPasswords) : value;
}

/** What stands beside other things in the values of a setting is taken out of them. */
const partlySecret: Readonly<Record<string, (value: unknown) => unknown>> = {
  devices: withoutDeviceSecrets,
  databases: withoutPasswords,
};

/** True for a secret setting, and for one among whose values there is a secret. */
function holdsSecret(name: string, value: unknown): boolean {
  const shown = partlySecret[name];
  if (shown !== undefined) return JSON.stringify(shown(value)) !== JSON.stringify(value);
  return isSecret(name) && value !== '';
}

/** A value as it may be told to people: a secret's is only that there is one. */
export function shownSetting(name: string, value: unknown): string {
  const shown = partlySecret[name];
  if (shown !== undefined) return JSON.stringify(shown(value));
  if (!isSecret(name) || value === '' || value === undefined) return JSON.stringify(value);
  return '(hidden)';
}

/** Settings as they may be printed. */
export function withoutSecrets(values: RawSettings): RawSettings {
  const shown = Object.entries(values).map(([name, value]) => [
    name,
    partlySecret[name]?.(value) ?? (isSecret(name) && value !== '' ? '(hidden)' : value),
  ]);
  return Object.fromEntries(shown) as RawSettings;
}

/**
 * The rights that a settings file is to have.
 *
 * @param mode what it has, or would have without secrets
 */
export function settingsFileMode(values: RawSettings, mode: number): number {
  const secret = Object.entries(values).some(([name, value]) => holdsSecret(name, value));
  // Owner and group only: on the installed display that is packdial, and whoever is given its group.
  return secret ? mode & 0o770 : mode & 0o777;
}

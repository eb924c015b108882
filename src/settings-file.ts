import { existsSync, readFileSync } from 'node:fs';
import { settings, type RawSettings, type SettingName } from './settings';
import { UserError } from './user-error';

/** Where the settings file is looked for when none is named. */
export const usualSettingsFile = '/etc/packdial/settings.json';

/**
 * Reads a settings file: a JSON object with the names of the settings, such as `{"source": "can", "interface": "can1"}`.
 *
 * @param file path, or `undefined` for the usual one, which may be missing
 * @returns its values, not looked at yet, and where they came from
 * @throws UserError when a named file is missing, unreadable, not JSON, or has a key that is no setting
 */
export function readSettingsFile(file: string | undefined): {
  readonly values: RawSettings;
  readonly file: string;
} {
  const path = file ?? usualSettingsFile;
  if (file === undefined && !existsSync(path)) return { values: {}, file: path };
  const values = parse(path, read(path));
  for (const key of Object.keys(values)) {
    if (Object.hasOwn(settings, key)) continue;
    const similar = nearest(key);
    const hint = similar === undefined ? 'run packdial help run for the list' : `did you mean "${similar}"?`;
    throw new UserError(`${path}: "${key}" is not a setting; ${hint}`);
  }
  return { values, file: path };
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT')
      throw new UserError(`There is no settings file ${path}; name one that exists with --config.`);
    throw new UserError(`The settings file ${path} can't be read (${code ?? String(error)}).`);
  }
}

function parse(path: string, content: string): RawSettings {
  let parsed: unknown;
  try {
    parsed = JSON.parse(content);
  } catch (error) {
    throw new UserError(`The settings file ${path} is not JSON: ${(error as Error).message}.`);
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new UserError(
      `The settings file ${path} must hold one JSON object, such as {"source": "udp", "port": 6500}.`,
    );
  }
  return parsed as RawSettings;
}

/** The setting that a wrong key was probably meant to be: its flag's spelling, other capitals, or a start of it. */
function nearest(key: string): SettingName | undefined {
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[^a-z]/g, '');
  const letters = (text: string): string => Array.from(text).sort().join('');
  const wanted = plain(key);
  const names = Object.keys(settings) as SettingName[];
  return (
    names.find((name) => plain(name) === wanted) ??
    names.find(
      (name) => wanted.length > 2 && (plain(name).startsWith(wanted) || wanted.startsWith(plain(name))),
    ) ??
    names.find((name) => letters(plain(name)) === letters(wanted))
  );
}

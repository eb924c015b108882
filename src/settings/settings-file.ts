import {
  closeSync,
  existsSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { errorCode } from '../base/error-code';
import { failureWords, writingFailureWords } from '../base/failure-words';
import { settingsFileMode } from './setting-secrets';
import { settings, type RawSettings, type SettingName, type Settings } from './settings';
import { UserError } from '../base/user-error';

/** A settings file that is there, and may not or can't be read. */
export class UnreadableSettings extends UserError {
  constructor(
    readonly file: string,
    message: string,
  ) {
    super(message);
  }
}

/** Where the settings file is looked for when none is named. */
export const usualSettingsFile = '/etc/packdial/settings.json';

/** The copy of a settings file that was known to be good. */
export function lastGoodFile(file: string): string {
  return `${file}.bak`;
}

/**
 * Reads a settings file: a JSON object with the names of the settings, such as `{"source": "can", "interface": "can1"}`.
 *
 * A name that is no setting is a mistake, unless the last good copy has it too: then a newer release has run here, which knew it.
 * It stays among the values, so that whoever writes the file again keeps it, and holds nothing here.
 *
 * @param file path, or `undefined` for the usual one, which may be missing
 * @param options `mayBeMissing`: a named file may be missing too; `isCopy`: it is a last good copy itself
 * @returns its values, not looked at yet, and where they came from
 * @throws UserError when a named file is missing, unreadable, not JSON, or has a key that is no setting
 */
export function readSettingsFile(
  file: string | undefined,
  {
    mayBeMissing = file === undefined,
    isCopy = false,
  }: { readonly mayBeMissing?: boolean; readonly isCopy?: boolean } = {},
): {
  readonly values: RawSettings;
  readonly file: string;
} {
  const path = file ?? usualSettingsFile;
  if (mayBeMissing && !existsSync(path)) return { values: {}, file: path };
  const values = parse(path, read(path));
  const names = isCopy ? [] : foreignNames(values);
  const accepted = names.length === 0 ? {} : lastGood(path);
  for (const key of names) {
    if (Object.hasOwn(accepted, key)) continue;
    const similar = nearest(key);
    const hint = similar === undefined ? 'run packdial help run for the list' : `did you mean "${similar}"?`;
    throw new UserError(`${path}: "${key}" is not a setting; ${hint}`);
  }
  return { values, file: path };
}

/** The names among the values that are no settings of this release. */
export function foreignNames(values: RawSettings): string[] {
  return Object.keys(values).filter((name) => !Object.hasOwn(settings, name));
}

/**
 * What is written into a settings file: of the settings that `values` sets what they came to (a number is written as one, though
 * it was typed as text), and what a newer release has set as it is.
 */
export function valuesToWrite(values: RawSettings, resolved: Settings): RawSettings {
  const names = (Object.keys(settings) as SettingName[]).filter((name) => values[name] !== undefined);
  return Object.fromEntries([
    ...names.map((name): [string, unknown] => [name, resolved[name]]),
    ...foreignNames(values).map((name): [string, unknown] => [name, values[name]]),
  ]);
}

/** What the last good copy has; nothing where there is none. @param path of the settings file */
function lastGood(path: string): RawSettings {
  try {
    return parse(path, read(lastGoodFile(path)));
  } catch {
    return {};
  }
}

/**
 * Replaces the settings file as a whole: after a power cut at any moment there is the old file or the new one, never a
 * piece of either. Root gives it to the owner of its folder, whoever owned the file before: in /etc/packdial the display
 * must be able to read and replace its settings.
 *
 * @throws UserError when it can't be written; the old file is then still there
 */
export function writeSettingsFile(file: string, values: RawSettings): void {
  const path = resolve(file);
  const fresh = `${path}.new`;
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    const mode = settingsFileMode(values, found?.mode ?? 0o644);
    const folder = statSync(dirname(path));
    const owner = folder.uid === 0 ? (found ?? folder) : folder;
    rmSync(fresh, { force: true });
    // Owner and mode are set through the descriptor: by name, whoever owns the folder could put a link to another file
    // there meanwhile, and would be given that one.
    onDisk(
      fresh,
      'wx',
      (fd) => {
        writeSync(fd, `${JSON.stringify(values, null, 2)}\n`);
        if (process.getuid?.() === 0) fchownSync(fd, owner.uid, owner.gid);
        fchmodSync(fd, mode);
      },
      mode,
    );
    renameSync(fresh, path);
    onDisk(dirname(path), 'r', () => undefined);
  } catch (error) {
    throw new UserError(
      `The settings file ${path} can't be written: ${writingFailureWords(error)}; ${wayToWrite(path, error)}.`,
    );
  }
}

/** Opens, uses, and waits until the disk has it. */
function onDisk(path: string, flags: 'wx' | 'r', use: (fd: number) => void, mode?: number): void {
  const fd = openSync(path, flags, mode);
  try {
    use(fd);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT')
      throw new UserError(`There is no settings file ${path}; name one that exists with --config.`);
    const way = needsRights(error)
      ? 'run with sudo, or name another with --config'
      : 'name another with --config';
    throw new UnreadableSettings(
      path,
      `The settings file ${path} can't be read: ${failureWords(error)}; ${way}.`,
    );
  }
}

function parse(path: string, content: string): RawSettings {
  let parsed: unknown;
  try {
    parsed = JSON.parse(withoutMark(content));
  } catch (error) {
    throw new UserError(`The settings file ${path} is not JSON${placeOf(error, content)}.`);
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new UserError(
      `The settings file ${path} must hold one JSON object, such as {"source": "udp", "port": 6500}.`,
    );
  }
  return parsed as RawSettings;
}

/** Editors of Windows put a byte order mark before the text, which JSON does not have. */
export function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

/** Where a text is wrong. Its words are not quoted: there may be a password among them. */
function placeOf(error: unknown, content: string): string {
  if (content.includes('\0')) return ', but another encoding; save it as UTF-8';
  const [, line, column] = /\(line (\d+) column (\d+)\)/.exec((error as Error).message) ?? [];
  if (line !== undefined && column !== undefined) return `: line ${line} is wrong at column ${column}`;
  return '; it must look like {"source": "udp", "port": 6500}';
}

function needsRights(error: unknown): boolean {
  return ['EACCES', 'EPERM'].includes(errorCode(error)) && process.getuid?.() !== 0;
}

/** What to do where a settings file can't be written; sudo only where it helps. */
function wayToWrite(path: string, error: unknown): string {
  if (needsRights(error)) return 'run with sudo, or name another with --config';
  const folder = dirname(path);
  if (errorCode(error) !== 'ENOENT' || existsSync(folder)) return 'name another with --config';
  const make =
    folder === dirname(usualSettingsFile) ? 'sudo make install makes it' : `make it with mkdir ${folder}`;
  return `${make}, or name another with --config`;
}

/** The setting that a wrong key was probably meant to be: its flag's spelling, other capitals, or a start of it. */
export function nearest(key: string): SettingName | undefined {
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

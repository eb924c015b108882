import { mkdir, readFile, stat } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { writingFailureWords } from '../base/failure-words';
import type { Coded } from '../model/coded';
import type { SettingsNotices } from '../model/recorder-reports';
import { replaceFile } from '../io/replace-file';
import { resolveSettings } from './resolve-settings';
import { settingsFileMode } from './setting-secrets';
import type { RawSettings, SettingName, Settings } from './settings';
import {
  foreignNames,
  lastGoodFile,
  readSettingsFile,
  usualSettingsFile,
  withoutMark,
} from './settings-file';
import { UserError } from '../base/user-error';

/** Where the settings came from, for whoever changes them while the program runs. */
export interface SettingsOrigin {
  /** The settings file, which need not be there. */
  readonly file: string;
  /** What is in it, or in the last good one. */
  readonly inFile: RawSettings;
  /** Settings that are given by a flag or the environment, which beat the file, and what they are called there. */
  readonly elsewhere: ReadonlyMap<SettingName, string>;
  /** Where the file was bad and the last good one is in use, or where another release has written it. */
  readonly notice: Coded<SettingsNotices> | undefined;
  /** What was chosen because nothing was set, in a sentence without a full stop; absent or empty where nothing was. */
  readonly chosen?: string;
  /** What holds while something simulated is shown, or no longer is: for whoever switches while the program runs. */
  readonly demonstrate?: (demo: Settings['demo']) => {
    readonly settings: Settings;
    readonly origin: SettingsOrigin;
  };
}

/**
 * Reads a settings file and looks at its values; one that is damaged gives way to the last good one.
 *
 * @param file path, or `undefined` for the usual one, which may be missing
 * @throws UserError when it is bad and there is no good one, or when a named file is missing
 */
export function readGoodSettings(
  file: string | undefined,
): Pick<SettingsOrigin, 'file' | 'inFile' | 'notice'> {
  try {
    const read = readChecked(file);
    const names = foreignNames(read.inFile);
    if (names.length === 0) return { ...read, notice: undefined };
    return { ...read, notice: { code: 'settings-of-newer', values: { file: read.file, names } } };
  } catch (error) {
    const path = file ?? usualSettingsFile;
    if (!(error instanceof UserError) || !existsSync(path) || !existsSync(lastGoodFile(path))) throw error;
    const { inFile } = readCopyOr(path, error);
    return {
      file: path,
      inFile,
      notice: { code: 'settings-damaged', values: { why: error.message } },
    };
  }
}

function readChecked(
  file: string | undefined,
  isCopy = false,
): { readonly file: string; readonly inFile: RawSettings } {
  const { values, file: path } = readSettingsFile(file, { isCopy });
  resolveSettings([{ values, describe: (name) => `${path}: "${name}"` }]);
  return { file: path, inFile: values };
}

/** @throws `problem` when the last good copy is bad as well */
function readCopyOr(path: string, problem: UserError): { readonly inFile: RawSettings } {
  try {
    return readChecked(lastGoodFile(path), true);
  } catch {
    throw problem;
  }
}

/**
 * What is in the file now, as far as it can be used: somebody may have changed it since the start. `undefined` when it is
 * missing or damaged.
 */
export async function settingsInFile(file: string): Promise<RawSettings | undefined> {
  try {
    const values = JSON.parse(withoutMark(await readFile(file, 'utf8'))) as RawSettings;
    if (Array.isArray(values)) return undefined;
    const names = foreignNames(values);
    if (names.length > 0) {
      const accepted = JSON.parse(await readFile(lastGoodFile(file), 'utf8')) as RawSettings;
      if (names.some((name) => !Object.hasOwn(accepted, name))) return undefined;
    }
    resolveSettings([{ values, describe: (name) => name }]);
    return values;
  } catch {
    return undefined;
  }
}

/**
 * Replaces a settings file as a whole, and then its last good copy: after a power cut at any moment each of them is the old
 * one or the new one. Nothing waits for the disk.
 *
 * @param values good ones
 * @throws UserError when it can't be written; the old file is then still there
 */
export async function saveSettings(file: string, values: RawSettings): Promise<void> {
  const path = resolve(file);
  try {
    // Not all of the way: a mistyped path is not to leave folders behind.
    if (!existsSync(dirname(path))) await mkdir(dirname(path)).catch(() => undefined);
    const most = settingsFileMode(values, 0o777);
    await replaceFile(path, `${JSON.stringify(values, null, 2)}\n`, { most });
  } catch (error) {
    throw new UserError(`The settings file ${path} can't be written: ${writingFailureWords(error)}.`);
  }
  await keepLastGood(path);
}

/** Copies a file that is known to be good, if it differs from the copy. Never fails: without a copy all else still works. */
export async function keepLastGood(file: string): Promise<void> {
  const copy = lastGoodFile(file);
  try {
    const [now, before] = await Promise.all([readFile(file, 'utf8'), readFile(copy, 'utf8').catch(() => '')]);
    // With the rights of the file: there may be a password in it.
    if (now !== before) await replaceFile(copy, now, { most: (await stat(file)).mode & 0o777 });
  } catch {
    // The folder may be read-only, or the file missing.
  }
}

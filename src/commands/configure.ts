import { checkReceiver } from '../settings/mqtt-settings';
import {
  readSettingsFile,
  usualSettingsFile,
  valuesToWrite,
  writeSettingsFile,
} from '../settings/settings-file';
import { resolveSettings } from '../settings/resolve-settings';
import { settings, type RawSettings, type SettingName } from '../settings/settings';
import { shownSetting, withoutSecrets } from '../settings/setting-secrets';
import { UserError } from '../base/user-error';
import { parseLayout } from '../protocol/keyboard-layout';
import type { RunCkbcomp } from '../io/inputs/keymap/xkb-layout';

/** What `packdial configure` was given. */
export interface Configuration {
  /** The settings file; undefined for the usual one. */
  readonly file: string | undefined;
  /** Settings to write, as they were typed. */
  readonly changes: RawSettings;
  /** Settings to take out of the file, so that they are at their defaults again; names or flags. */
  readonly unset: readonly string[];
  /** Only says whether they could be written. */
  readonly check?: boolean;
}

/**
 * Writes settings into the settings file and leaves the others in it as they are; without any, prints what is in it.
 * Resolves with the exit code.
 *
 * @throws UserError for a value out of its limits, and for a file that can't be read or written; the file is then unchanged
 */
export function configure(
  configuration: Configuration,
  print: (text: string) => void = (text) => void process.stdout.write(text),
): number {
  const { changes, check = false } = configuration;
  const { path, before, removed, merged, resolved } = settingsAfter(configuration);
  const given = Object.keys(changes) as SettingName[];
  if (check) return 0;
  if (given.length === 0 && removed.size === 0) {
    print(`${JSON.stringify(withoutSecrets(before), null, 2)}\n`);
    return 0;
  }
  const after = valuesToWrite(merged, resolved);
  writeSettingsFile(path, after);
  const told = [
    ...given.map((name) => `${name} is ${shownSetting(name, after[name])}`),
    ...[...removed].map((name) => `${name} is at its default again`),
  ];
  print(`${path}: ${told.join(', ')}. It holds from packdial's next start.\n`);
  return 0;
}

/** Settings that say together what is read. */
const aboutDevices: readonly SettingName[] = ['devices', 'bank', 'mqtt'];

/**
 * Finds mistakes in devices, bank and MQTT, which no single one of them shows, where one of them is changed.
 *
 * @throws UserError (as a rejection) for them, and as `configure` does
 */
export async function checkDevices(configuration: Configuration): Promise<void> {
  const { removed, resolved } = settingsAfter(configuration);
  if (!aboutDevices.some((name) => name in configuration.changes || removed.has(name))) return;
  const { siteDevices } = await import('../features/hearing/site-devices');
  await siteDevices(resolved);
  checkReceiver(resolved);
}

/**
 * Finds a keyboard layout that this system does not have; where it can't be asked, any will do.
 *
 * @throws UserError (as a rejection) for one
 */
export async function checkKeyboardLayout({ changes }: Configuration, run?: RunCkbcomp): Promise<void> {
  const { keyboardLayout: written } = changes;
  if (typeof written !== 'string') return;
  const layout = parseLayout(written);
  const { xkbKeymap } = await import('../io/inputs/keymap/xkb-layout');
  if (layout !== undefined) await xkbKeymap(layout, `--keyboard-layout ${written}`, run);
}

/** What is in the settings file, and what will be. */
function settingsAfter({ file, changes, unset }: Configuration) {
  const path = file ?? usualSettingsFile;
  const { values: before } = readSettingsFile(file, { mayBeMissing: true });
  const removed = new Set(unset.map(settingNamed));
  const kept = Object.entries(before).filter(([name]) => !removed.has(name as SettingName));
  const merged: RawSettings = { ...Object.fromEntries(kept), ...changes };
  const resolved = resolveSettings([
    { values: changes, describe: (name) => `--${settings[name].flag}` },
    { values: merged, describe: (name) => `${path}: "${name}"` },
  ]);
  return { path, before, removed, merged, resolved };
}

function settingNamed(text: string): SettingName {
  const names = Object.keys(settings) as SettingName[];
  const found = names.find((name) => name === text || settings[name].flag === text);
  if (found !== undefined) return found;
  throw new UserError(`--unset ${text} is not a setting; run packdial help configure for the list.`);
}

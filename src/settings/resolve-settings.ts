import * as v from 'valibot';
import { settings, type RawSettings, type Setting, type SettingName, type Settings } from './settings';
import { shownSetting } from './setting-secrets';
import { UserError } from '../base/user-error';

/** The environment variable of a setting: `data-dir` is `PACKDIAL_DATA_DIR`. */
export function environmentName(name: SettingName): string {
  return `PACKDIAL_${settings[name].flag.replaceAll('-', '_').toUpperCase()}`;
}

/** The interface of a replay where no layer names one: the first of the log. candump has the same word for it. */
export const anyInterface = 'any';

/**
 * Puts the settings together: a flag beats the environment, which beats the file, which beats the default.
 *
 * @param layers from strongest to weakest, each with how to call a setting in a message
 * @throws UserError naming the first unknown key or value out of its limits
 */
export function resolveSettings(
  layers: readonly { readonly values: RawSettings; readonly describe: (name: SettingName) => string }[],
): Settings {
  const resolved: Record<string, unknown> = {};
  for (const name of Object.keys(settings) as SettingName[]) {
    const { schema, accepts, fallback }: Setting = settings[name];
    const layer = layers.find(({ values }) => values[name] !== undefined);
    if (layer === undefined) {
      resolved[name] = fallback;
      continue;
    }
    const result = v.safeParse(schema, layer.values[name]);
    if (!result.success) {
      throw new UserError(
        `${layer.describe(name)} is ${shownSetting(name, layer.values[name])}, but must be ${accepts}.`,
      );
    }
    resolved[name] = result.output;
  }
  if (resolved['source'] === 'replay' && layers.every(({ values }) => values.interface === undefined)) {
    resolved['interface'] = anyInterface;
  }
  return resolved as Settings;
}

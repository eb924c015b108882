import type { RawSettings, Settings } from '../settings/settings';

/** Where anything about the battery is said, nobody wants to be shown a made-up one. */
const aboutBattery = ['source', 'port', 'interface', 'serial', 'file', 'speed'] as const;

/**
 * What holds where nothing is set and there is no panel: a simulated battery, an hour a minute, and the page to look at it
 * with. Whoever starts packdial for the first time sees it at work.
 *
 * @param resolved what the settings are without it @param layers where they come from
 * @returns the weakest layer of the settings
 */
export function demonstration(
  { headless }: Pick<Settings, 'headless'>,
  layers: readonly { readonly values: RawSettings }[],
): { readonly values: RawSettings; readonly describe: () => string } {
  const told = layers.some(({ values }) => aboutBattery.some((name) => values[name] !== undefined));
  const values = headless && !told ? { source: 'simulate', speed: 60, web: 'localhost' } : {};
  return { values, describe: () => 'the demonstration' };
}

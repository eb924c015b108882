import { existsSync } from 'node:fs';
import { goesToJournal } from '../logging/log-line';
import { aboutBattery } from '../settings/about-battery';
import type { RawSettings, SettingName, Settings } from '../settings/settings';
import { boatDevices } from '../simulation/boat-devices';

/** An hour of the simulation passes in a minute. */
const lively = 60;

/**
 * What holds with `--demo`, whatever else is set: what is shown comes from a simulation, and nothing is received or sent. Nothing
 * without it.
 *
 * @param isPaced somebody has set how fast it runs
 */
export function demoSettings({ demo }: Pick<Settings, 'demo'>, isPaced: boolean): RawSettings {
  if (demo === 'off') return {};
  const devices = boatDevices.map((device, i) => ({
    ...device,
    // Of the range that nobody's adapter has.
    address: `02:00:00:00:00:0${i + 1}`,
    every: 1,
  }));
  return {
    demo,
    source: 'simulate',
    devices: demo === 'boat' ? devices : [],
    bank: 'all',
    mqtt: 'off',
    ...(demo === 'boat' && { powerScale: 1 }),
    ...(!isPaced && { speed: lively }),
  };
}

/** What decides whether the display is shown in a browser. */
export interface Surrounding {
  /** A service manager has started packdial: it waits for its panel, and nobody reads an address. */
  readonly supervised: boolean;
  readonly exists: (path: string) => boolean;
}

/** The machine that packdial runs on. */
export function surrounding(): Surrounding {
  const { NOTIFY_SOCKET: socket = '', JOURNAL_STREAM: journal } = process.env;
  return { supervised: socket !== '' || goesToJournal(journal), exists: existsSync };
}

/** The weakest layer of the settings. */
export interface WeakestLayer {
  readonly values: RawSettings;
  readonly describe: () => string;
  /** A sentence without a full stop on what was chosen; empty where nothing was. */
  readonly note: string;
}

/**
 * What holds for `packdial run` where there is no panel: the picture is shown in a browser, and where nothing is said about the
 * battery it is a simulated one, an hour a minute. Whoever starts packdial for the first time sees it at work. A
 * framebuffer that was named and is not there remains a mistake.
 *
 * @param resolved what the settings are without it @param layers where they come from
 */
export function demonstration(
  { headless, framebuffer, web }: Pick<Settings, 'headless' | 'framebuffer' | 'web'>,
  layers: readonly { readonly values: RawSettings }[],
  { supervised, exists }: Surrounding = surrounding(),
): WeakestLayer {
  const told = (name: SettingName): boolean => layers.some(({ values }) => values[name] !== undefined);
  const missing =
    !headless && !supervised && !told('headless') && !told('framebuffer') && !exists(framebuffer);
  const shown = told('web') && web === 'off' ? 'kept in a file alone' : 'shown in a browser';
  const simulated = (headless || missing) && !aboutBattery.some(told);
  return {
    values: {
      ...(missing && { headless: true }),
      ...(simulated && { source: 'simulate', demo: 'battery', speed: lively }),
      ...((simulated || missing || (headless && !supervised)) && { web: 'localhost' }),
    },
    describe: () => 'the demonstration',
    note: [
      ...(missing ? [`There is no framebuffer ${framebuffer}, so the picture is ${shown}`] : []),
      ...(simulated ? ['Nothing is set about a battery, so one is simulated, an hour a minute'] : []),
    ].join('. '),
  };
}

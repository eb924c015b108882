import type { Clock } from '../base/clock';
import type { Log } from '../logging/log';
import type { ConfigParts } from '../screens/config/pages';
import type { InformationLine, ServiceActions } from '../screens/config/service';
import type { OwnNotice } from '../screens/config/own-notice';
import type { Preferences } from '../screens/screen';
import type { WifiAccess } from '../model/wifi';
import { createDatabasesDesk, type DatabaseFacts } from './databases-desk';
import { createDevicesDesk, type DeviceFacts } from './devices-desk';
import { OwnNotices } from './own-notices';
import { PinLock } from './pin-lock';
import { serviceInformation } from './service-information';
import { createSettingsEditor } from './settings-editor';
import { WifiSetup } from './wifi';
import { keepLastGood, type SettingsOrigin } from '../settings/settings-store';
import type { SettingName, Settings } from '../settings/settings';
import { noticeWords } from '../words/en';

/** An end that the owner has asked for on the screen: the service stays down, and a login comes (deploy/packdial.service). */
export const endedByOwner = 64;

/** What lights the panel has no use without one. */
const forThePanel: readonly SettingName[] = ['brightness', 'nightBrightness', 'night', 'screenOff'];

/** What the settings' screens need of the program. */
export interface SettingsScreensParts {
  readonly settings: Settings;
  readonly origin: SettingsOrigin;
  readonly log: Pick<Log, 'info' | 'warn'>;
  readonly clock: Clock;
  /** A service manager starts packdial again when it ends. */
  readonly supervised: boolean;
  /** Finds mistakes that no single setting shows. @throws UserError for them */
  readonly check?: (settings: Settings) => void | Promise<void>;
  /** Takes over what can take effect at once. */
  readonly apply: (settings: Settings) => void;
  /** Something looks different now. */
  readonly changed: () => void;
  /** Ends the program in order. */
  readonly end: (code: number) => void;
  /** Without them there is no page of devices. */
  readonly devices?: DeviceFacts;
  /** Without them there is no page of databases. */
  readonly databases?: DatabaseFacts;
  /** The machine's Wi-Fi; without it there is no page of it, nor where the display has no panel. */
  readonly wifi?: WifiAccess;
  /** What others have to offer on the service page. */
  readonly service?: Omit<ServiceActions, 'exit'>;
  /** What others have to say on the information page. */
  readonly information?: () => readonly InformationLine[];
  /** What is wrong with the rest of packdial, the most important first. */
  readonly troubles?: () => readonly OwnNotice[];
}

/** The settings' screens and what of the settings every screen goes by. */
export interface SettingsScreens {
  readonly config: ConfigParts;
  readonly preferences: () => Preferences;
  /** A few words about what is wrong with packdial itself, such as a damaged settings file; else empty. */
  readonly notice: () => string;
  /** All went well so far: the settings file is a good one. To be called after the first picture. */
  readonly started: () => void;
}

/** Connects the settings' screens with the program. */
export function createSettingsScreens(parts: SettingsScreensParts): SettingsScreens {
  const { settings, origin, log, clock, supervised, changed, end } = parts;
  let preferences = preferencesOf(settings);
  let { pin, kiosk } = settings;
  if (origin.notice !== undefined) log.warn(noticeWords(origin.notice).text);
  const editor = createSettingsEditor({
    settings,
    origin,
    ...(parts.check !== undefined && { check: parts.check }),
    restarts: supervised ? 'by itself' : 'by hand',
    useful: (name) => !settings.headless || !forThePanel.includes(name),
    apply: (saved) => {
      preferences = preferencesOf(saved);
      ({ pin, kiosk } = saved);
      parts.apply(saved);
    },
    restart: () => {
      log.info(
        supervised ? 'Starting again with the new settings' : 'The new settings hold from the next start',
      );
      end(0);
    },
    changed,
    log,
  });
  const notices = new OwnNotices(() => parts.troubles?.() ?? [], changed);
  const exit = (): void => {
    log.info('EXIT was touched');
    end(supervised ? endedByOwner : 0);
  };
  return {
    config: {
      editor,
      ...(parts.devices !== undefined && {
        devices: createDevicesDesk(parts.devices, editor, origin, changed),
      }),
      ...(parts.databases !== undefined && {
        databases: createDatabasesDesk(parts.databases, editor, origin, parts),
      }),
      ...(parts.wifi !== undefined &&
        !settings.headless && { wifi: new WifiSetup({ wifi: parts.wifi, changed }) }),
      lock: new PinLock(() => pin, clock),
      kiosk: () => kiosk,
      wired: settings.mqtt !== 'receiver' && (settings.source === 'can' || settings.source === 'slcan'),
      service: { exit, ...parts.service },
      notices,
      information: serviceInformation(settings, origin, clock, parts.information),
    },
    preferences: () => preferences,
    notice: () => (editor.notice === undefined ? notices.short : noticeWords(editor.notice).short),
    started: () => {
      if (origin.notice?.code !== 'settings-damaged') void keepLastGood(origin.file);
    },
  };
}

function preferencesOf({ units, powerScale }: Settings): Preferences {
  return { units, powerScale };
}

import type { Clock } from '../clock';
import { idleAction } from '../model/action-view';
import type { ConfigParts } from '../screens/config/pages';
import { serviceInformation } from '../service-information';
import { createSettingsEditor } from '../settings-editor';
import { usualSettingsFile } from '../settings-file';
import type { SettingsOrigin } from '../settings-store';
import type { Settings } from '../settings';

/** The settings' screens as a picture shows them: all is there, and nothing is written or done. */
export function settingsInPictures(settings: Settings, clock: Pick<Clock, 'monotonic'>): ConfigParts {
  const nothing = (): void => undefined;
  const origin: SettingsOrigin = { file: usualSettingsFile, inFile: {}, elsewhere: new Map(), notice: '' };
  const idle = { start: nothing, cancel: nothing, view: idleAction };
  return {
    editor: createSettingsEditor({
      settings,
      origin,
      restarts: 'by itself',
      useful: () => true,
      apply: nothing,
      restart: nothing,
      changed: nothing,
      log: { info: nothing, warn: nothing },
      store: { read: () => Promise.resolve({}), write: () => Promise.resolve() },
    }),
    wired: settings.source === 'can' || settings.source === 'slcan',
    service: { exit: nothing, resetLog: idle, copyLog: idle, update: idle },
    information: serviceInformation(settings, origin, clock),
  };
}

import type { Clock } from '../base/clock';
import { idleAction } from '../model/action-view';
import type { ConfigParts } from '../screens/config/pages';
import { serviceInformation } from '../desk/service-information';
import { createSettingsEditor } from '../desk/settings-editor';
import { usualSettingsFile } from '../settings/settings-file';
import type { SettingsOrigin } from '../settings/settings-store';
import type { Settings } from '../settings/settings';

/** The settings' screens as a picture shows them: all is there, and nothing is written or done. */
export function settingsInPictures(settings: Settings, clock: Pick<Clock, 'monotonic'>): ConfigParts {
  const nothing = (): void => undefined;
  const origin: SettingsOrigin = {
    file: usualSettingsFile,
    inFile: {},
    elsewhere: new Map(),
    notice: undefined,
  };
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

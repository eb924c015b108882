import type { SettingsEditor } from '../screens/config/editable';
import type {
  DeviceEntry,
  DevicesDesk,
  LiveDevice,
  OnlySource,
  SavedDevices,
} from '../screens/config/devices/devices-desk';
import { deviceFields, type TypeForm } from './device-fields';
import { DeviceSetupFlow, type SetupServices } from './device-setup';
import type { SettingsOrigin } from '../settings/settings-store';

/** What the program knows of the site's devices. */
export interface DeviceFacts {
  /** Devices as the settings have them, each as an object with its type and its name. */
  readonly entries: (devices: unknown) => readonly DeviceEntry[];
  readonly isName: (text: string) => boolean;
  /** What of a type is set on the screen; `undefined` while it is being loaded. */
  readonly typeForm: (type: string) => TypeForm | undefined;
  /** How a device that is read now is received; `undefined` for a name that none has. */
  readonly live: (name: string) => LiveDevice | undefined;
  /** The one battery that is read where no device is listed. */
  readonly only: () => OnlySource;
  /** Nothing at all was received since the start. */
  readonly isSilent: () => boolean;
  /** What adds devices; without, none can be added on the screen. */
  readonly services?: SetupServices;
  /** Monotonic ms. */
  readonly now: () => number;
}

/** The devices for the settings' screens, as the editor has saved them last. */
export function createDevicesDesk(
  facts: DeviceFacts,
  editor: Pick<SettingsEditor, 'values'>,
  { elsewhere }: Pick<SettingsOrigin, 'elsewhere'>,
  changed: () => void = () => undefined,
): DevicesDesk {
  const set = elsewhere.get('devices') ?? elsewhere.get('bank') ?? elsewhere.get('demo');
  const fixed = set === undefined ? '' : `set by ${set}`;
  const { services, isName, now, live, typeForm } = facts;
  const setup = services && new DeviceSetupFlow({ services, isName, now, changed });
  let [raw, devices]: [unknown, readonly DeviceEntry[]] = [undefined, []];
  return {
    get saved() {
      const { bank: names } = editor.values;
      const bank: SavedDevices['bank'] = Array.isArray(names)
        ? names.map(String)
        : names === 'off'
          ? 'off'
          : 'all';
      if (raw !== editor.values['devices']) {
        raw = editor.values['devices'];
        devices = facts.entries(raw);
      }
      return { devices, bank };
    },
    fixed,
    get only() {
      return facts.only();
    },
    get isSilent() {
      return facts.isSilent();
    },
    live,
    fields: (device) => deviceFields(device, { typeForm, live, fixed }),
    isName,
    ...(setup !== undefined && { setup }),
  };
}

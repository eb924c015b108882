import { systemClock } from '../../base/clock';
import { UserError } from '../../base/user-error';
import type { SetupServices } from '../../desk/device-setup';
import type { DeviceType } from '../../devices/device-type';
import { parseDevice } from '../../devices/parse-device';
import { bluetoothTypes } from '../../devices/recognise';
import type { HeardDevice } from '../../io/bluetooth/radio';
import { scanBluetooth } from '../../io/links/bluetooth-link';
import type { DeviceSource } from '../../io/links/device-source';
import { LinkError } from '../../io/links/link-opener';
import { serialPorts } from '../../io/links/serial-ports';
import { FrameIntake } from '../../io/sources/frame-intake';
import { systemTimers, type Timers } from '../../io/timers';
import { searchTime, type AskedSetting, type Found } from '../../screens/config/devices/setup-view';
import type { Settings } from '../../settings/settings';
import type { OwnBroker } from '../../settings/own-broker';
import { createDeviceSource, type LinkedDevice } from './device-sources';
import { tryDevice, type RunDevice } from './device-trial';
import { frameSettings } from './receptions';
import { siteDevices } from './site-devices';
import { createSource } from './sources';

/** How the machine is asked; replaced in tests. */
export interface SetupMachine {
  readonly scan: (
    ms: number,
    signal: AbortSignal,
    heard: (devices: readonly HeardDevice[]) => void,
  ) => Promise<void>;
  readonly ports: () => Promise<readonly string[]>;
  readonly source: (device: LinkedDevice, own: OwnBroker) => Promise<Pick<DeviceSource, 'run'>>;
  readonly timers: Timers;
  /** Monotonic ms. */
  readonly now: () => number;
}

const realMachine: SetupMachine = {
  scan: scanBluetooth,
  ports: serialPorts,
  source: createDeviceSource,
  timers: systemTimers,
  now: () => systemClock.monotonic(),
};

/** Searches, looks ports up and reads devices that are to be added, with what the devices of the site use too. */
export function setupServices(settings: Settings, machine = realMachine): SetupServices {
  return {
    search: async (known, signal, found) => {
      const types = await bluetoothTypes();
      const listed = new Set(known.map(({ address }) => String(address).toUpperCase()));
      try {
        await machine.scan(searchTime, signal, (heard) => found(sorted(heard, types, listed)));
        return undefined;
      } catch (error) {
        if (error instanceof LinkError) return error.report;
        return { code: 'setup-failed', values: { reason: String(error) } };
      }
    },
    ports: () => machine.ports(),
    check: async (entries, bank) => {
      try {
        await siteDevices({ devices: [...entries], bank: typeof bank === 'string' ? bank : [...bank] });
        return undefined;
      } catch (error) {
        return error instanceof UserError ? error.message : String(error);
      }
    },
    tryReading: async (entry, signal, tell) => {
      const device = await parseDevice(entry);
      const { name, type, values } = device;
      const run: RunDevice = async (ends, sink) => {
        if (type.link !== 'frames') {
          const source = await machine.source({ ...device, type }, settings);
          return source.run(ends, { ...sink, rejected: () => undefined });
        }
        const source = await createSource(frameSettings(settings, type.source, values), type.ids);
        return source.run(ends, new FrameIntake(systemClock, type.decoder(values), sink, name));
      };
      return tryDevice(device, run, signal, tell, machine);
    },
  };
}

/** What of a type's settings is asked for; what is normal comes last, for those who don't know better. */
function askedOf({ settings }: Pick<DeviceType, 'settings'>): readonly AskedSetting[] {
  return Object.entries(settings).flatMap(([name, { form, default: normal }]) =>
    form?.kind === 'choice' && form.asked === true
      ? [
          {
            name,
            options: [
              ...form.options.filter((option) => option !== normal),
              ...form.options.filter((option) => option === normal),
            ],
          },
        ]
      : [],
  );
}

/** Which of those that were heard are new and known, which are on the list, and how many nobody knows. */
export function sorted(
  heard: readonly HeardDevice[],
  types: Awaited<ReturnType<typeof bluetoothTypes>>,
  listed: ReadonlySet<string>,
): Found {
  const others = heard.filter(({ address }) => !listed.has(address));
  const devices = others.flatMap((device) =>
    types
      .filter((type) => type.recognises(device))
      .map(({ type, kind, settings }) => ({
        address: device.address,
        name: device.name,
        signal: device.signal,
        type,
        kind,
        asks: askedOf({ settings }),
        hasPassword: Object.hasOwn(settings, 'password'),
      })),
  );
  const known = new Set(devices.map(({ address }) => address));
  return { devices, listed: heard.length - others.length, others: others.length - known.size };
}

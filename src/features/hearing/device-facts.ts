import type { Clock } from '../../base/clock';
import type { DeviceFacts } from '../../desk/devices-desk';
import { deviceRecord, isDeviceName, type RawDevice } from '../../devices/parse-device';
import type { Device } from '../../model/device';
import type { Site } from '../../model/site';
import type { LiveDevice } from '../../screens/config/devices/devices-desk';
import type { Settings } from '../../settings/settings';
import { statusText } from '../../words/en';
import type { Reception } from './reception';

/** What the settings' pages of devices go by. */
export interface DeviceFactsParts {
  readonly settings: Settings;
  readonly site: Site;
  readonly clock: Pick<Clock, 'monotonic'>;
  readonly receptions: () => readonly Reception[];
  /** dBm of the Bluetooth device of an address, when it was last searched for. Default: of none. */
  readonly signal?: (address: string) => number | undefined;
}

/** What is known of the devices that are read. */
export function deviceFacts({ settings, site, clock, receptions, signal }: DeviceFactsParts): DeviceFacts {
  const find = (name: string): Device | undefined => {
    for (const device of site.devices()) if (device.name === name && device !== site.bank) return device;
    return undefined;
  };
  const addresses = new Map(
    settings.devices.map(deviceRecord).map(({ name, address }) => [name, address] as const),
  );
  const live = (name: string): LiveDevice | undefined => {
    const reception = receptions().find((each) => each.name === name);
    const device = find(name);
    if (reception === undefined || device === undefined) return undefined;
    const now = clock.monotonic();
    const address = addresses.get(name);
    return {
      freshness: device.freshness(now),
      age: device.age(now),
      signal: typeof address === 'string' ? signal?.(address.toUpperCase()) : undefined,
      text: statusText(reception.status),
    };
  };
  return {
    entries: (devices) => (devices as readonly RawDevice[]).map(deviceRecord),
    isName: isDeviceName,
    live,
    only: () => {
      const [reception] = receptions();
      const name = reception?.name ?? 'battery';
      const none: LiveDevice = { freshness: 'lost', age: Infinity, signal: undefined, text: '' };
      return { type: sourceType(settings), name, live: live(name) ?? none };
    },
    isSilent: () => {
      const now = clock.monotonic();
      return receptions().every(({ name }) => (find(name)?.age(now) ?? Infinity) === Infinity);
    },
  };
}

/** The type of device that the one source stands for, or the source where it stands for none. */
function sourceType({ source, mqtt }: Settings): string {
  if (mqtt === 'receiver') return 'mqtt';
  return source === 'simulate' || source === 'replay' ? source : `evtv-${source}`;
}

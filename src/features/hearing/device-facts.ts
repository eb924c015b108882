import type { Clock } from '../../base/clock';
import type { DeviceFacts } from '../../desk/devices-desk';
import { deviceRecord, isDeviceName, type RawDevice } from '../../devices/parse-device';
import type { Device } from '../../model/device';
import type { Site } from '../../model/site';
import type { DeviceEntry, LiveDevice } from '../../screens/config/devices/devices-desk';
import type { InformationLine } from '../../screens/config/service';
import type { Settings } from '../../settings/settings';
import { statusText } from '../../words/en';
import { devicesWords } from '../../words/en/devices';
import { lateSetup, lateSignals } from './late-setup';
import { LinkReception } from './link-reception';
import { lateTypeForms } from './type-forms';
import type { Reception } from './reception';

/** What the settings' pages of devices go by. */
export interface DeviceFactsParts {
  readonly settings: Settings;
  readonly site: Site;
  readonly clock: Pick<Clock, 'monotonic'>;
  readonly receptions: () => readonly Reception[];
}

/** What is known of the devices that are read. */
export function deviceFacts({ settings, site, clock, receptions }: DeviceFactsParts): DeviceFacts {
  const find = (name: string): Device | undefined => {
    for (const device of site.devices()) if (device.name === name && device !== site.bank) return device;
    return undefined;
  };
  const signal = lateSignals();
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
      signal: typeof address === 'string' ? signal(address.toUpperCase()) : undefined,
      text: statusText(reception.status),
      current: knownCurrent(device, now),
      facts: ownFacts(device, now),
      ...(reception instanceof LinkReception &&
        reception.hasLoadSwitch && {
          load: { on: switchState(device, now), switch: (on) => reception.switchLoad(on) },
        }),
    };
  };
  return {
    entries: (devices) => (devices as readonly RawDevice[]).map(deviceRecord),
    isName: isDeviceName,
    typeForm: lateTypeForms(),
    services: lateSetup(settings),
    now: () => clock.monotonic(),
    live,
    only: () => {
      const [reception] = receptions();
      const name = reception?.name ?? 'battery';
      const none: LiveDevice = { freshness: 'lost', age: Infinity, signal: undefined, text: '' };
      const known = live(name) ?? none;
      const port = settings.source === 'udp' && settings.mqtt !== 'receiver' ? settings.port : undefined;
      const entry = known.age === Infinity ? undefined : sourceEntry(name, settings);
      return { type: sourceType(settings), name, live: known, entry, port };
    },
    isSilent: () => {
      const now = clock.monotonic();
      return receptions().every(({ name }) => (find(name)?.age(now) ?? Infinity) === Infinity);
    },
  };
}

/** The one source as a device of a list; what is as it always is is left out. */
function sourceEntry(name: string, settings: Settings): DeviceEntry | undefined {
  const type = sourceType(settings);
  const { port, lenient, serial, bitrate } = settings;
  const { invertCurrent, invertFineCurrent, signedTemperatures, moduleBms } = settings;
  const signs = { invertCurrent, invertFineCurrent, signedTemperatures, moduleBms };
  const shared = { type, name, ...Object.fromEntries(Object.entries(signs).filter(([, on]) => on)) };
  switch (type) {
    case 'evtv-udp':
      return { ...shared, port, ...(lenient && { lenient }) };
    case 'evtv-can':
      return { ...shared, interface: settings.interface };
    case 'evtv-slcan':
      return { ...shared, port: serial, bitrate };
    default:
      return undefined;
  }
}

/** What a device says of itself. */
function ownFacts(device: Device, now: number): InformationLine[] {
  const [rank, units] = ['rank', 'units'].map((name) => device.quantity(name, now).value);
  const model = device.texts.get('model');
  return [
    ...(model === undefined ? [] : [{ label: devicesWords.model, text: model }]),
    ...(rank === undefined || units === undefined
      ? []
      : [{ label: devicesWords.unit, text: devicesWords.unitOf(rank, units) }]),
  ];
}

/** A; `undefined` while it is not told any more. */
function knownCurrent(device: Device, now: number): number | undefined {
  const { value, freshness } = device.quantity('current', now);
  return freshness === 'lost' ? undefined : value;
}

/** Whether the load output is on; `undefined` while that is not told any more. */
function switchState(device: Device, now: number): boolean | undefined {
  const { value, freshness } = device.quantity('loadSwitch', now);
  return value === undefined || freshness === 'lost' ? undefined : value === 1;
}

/** The type of device that the one source stands for, or the source where it stands for none. */
function sourceType({ source, mqtt }: Settings): string {
  if (mqtt === 'receiver') return 'mqtt';
  return source === 'simulate' || source === 'replay' ? source : `evtv-${source}`;
}

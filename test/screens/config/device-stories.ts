import { deviceRecord, isDeviceName, type RawDevice } from '../../../src/devices/parse-device';
import { bluenova } from '../../../src/devices/bluenova/bluenova';
import { evtvCan, evtvSlcan, evtvUdp } from '../../../src/devices/evtv/evtv-types';
import { jbdBle } from '../../../src/devices/jbd/jbd-ble';
import { jbdSerial } from '../../../src/devices/jbd/jbd-serial';
import { litimeBle } from '../../../src/devices/litime/litime-ble';
import { mqttJson } from '../../../src/devices/mqtt-json/mqtt-json';
import { thornwaveBle } from '../../../src/devices/thornwave/thornwave-ble';
import { typeForm } from '../../../src/features/hearing/type-forms';
import { createDevicesDesk, type DeviceFacts } from '../../../src/desk/devices-desk';
import type { DevicesDesk, LiveDevice } from '../../../src/screens/config/devices/devices-desk';
import type { RawSettings } from '../../../src/settings/settings';
import { desk, Owner, type Desk } from './config-stories';

/** A battery, a charger and meters, as the settings file has them. */
export const boat: readonly RawDevice[] = [
  { type: 'jbd-ble', name: 'House', address: 'A4:C1:37:04:2D:BE', password: '123456' },
  'jbd-serial,name=Bow,port=/dev/ttyUSB0',
  { type: 'bluenova', name: 'Stern', host: '10.0.0.2' },
  { type: 'litime-ble', name: 'Roof', address: 'C8:47:80:11:22:33' },
  { type: 'thornwave-ble', name: 'Inverter', address: 'F0:5E:CD:00:00:01', role: 'inverter' },
  { type: 'thornwave-ble', name: 'Fridge', address: 'F0:5E:CD:00:00:02', removed: true },
];

const live = (
  freshness: LiveDevice['freshness'],
  age: number,
  text: string,
  signal?: number,
): LiveDevice => ({
  freshness,
  age,
  signal,
  text,
});

/** How they are received. */
export const boatLive: Readonly<Record<string, LiveDevice>> = {
  House: live('fresh', 2300, 'Reading House at A4:C1:37:04:2D:BE', -61),
  Bow: live('late', 21_000, 'Waiting for Bow at /dev/ttyUSB0 to answer'),
  Stern: live('lost', 190_000, '10.0.0.2:9000 does not answer: next try in 10 s'),
  Roof: live('fresh', 11_000, 'Reading Roof at C8:47:80:11:22:33', -78),
  Inverter: live(
    'lost',
    Infinity,
    'F0:5E:CD:00:00:01 is not received: it is too far away, off, or connected to another device such as a phone: next try in 30 s',
  ),
};

const types = [evtvUdp, evtvCan, evtvSlcan, jbdSerial, jbdBle, litimeBle, thornwaveBle, bluenova, mqttJson];
const forms = new Map(types.map((type) => [type.type, typeForm(type)]));

/** A settings file in memory with devices, and the page of devices over it. */
export interface DevicesStory extends Desk {
  readonly devices: DevicesDesk;
}

export interface DevicesStoryOptions {
  readonly values?: RawSettings;
  readonly facts?: Partial<DeviceFacts>;
  readonly elsewhere?: readonly (readonly ['devices' | 'bank', string])[];
}

/** @param options `values.devices` are those that are saved */
export function devicesStory({
  values = {},
  facts = {},
  elsewhere = [],
}: DevicesStoryOptions = {}): DevicesStory {
  const made = desk({ values, elsewhere });
  const known: DeviceFacts = {
    entries: (devices) => (devices as readonly RawDevice[]).map(deviceRecord),
    isName: isDeviceName,
    typeForm: (type) => forms.get(type),
    live: (name) => boatLive[name],
    only: () => ({
      type: 'evtv-udp',
      name: 'battery',
      live: live('lost', Infinity, 'Listening on UDP port 6500'),
      entry: undefined,
      port: 6500,
    }),
    isSilent: () => false,
    now: () => 0,
    ...facts,
  };
  return Object.assign(made, {
    devices: createDevicesDesk(known, made.editor, { elsewhere: new Map(elsewhere) }),
  });
}

const received = (name: string): LiveDevice => ({
  ...boatLive[name]!,
  current: name === 'Inverter' ? -31.44 : 12.5,
});

/** In front of the settings of one device of the boat. */
export function opened(
  name: string,
  options: DevicesStoryOptions = {},
  width = 800,
  height = 480,
): { readonly story: DevicesStory; readonly owner: Owner } {
  const devices = options.values?.devices ?? boat;
  const story = devicesStory({
    ...options,
    values: { devices, ...options.values },
    facts: { live: received, ...options.facts },
  });
  const index = story.devices.saved.devices.findIndex((device) => device.name === name);
  const owner = new Owner(story, width, height).find(`device ${index}`).touch(`device ${index}`);
  return { story, owner: owner.touch('device settings') };
}

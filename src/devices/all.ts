import type { DeviceType, FrameDeviceType } from './device-type';

/** What can be read: a device over its link, or a battery through a source of frames. */
export type AnyDeviceType = DeviceType | FrameDeviceType;

/** Every type of device, by the name that is written in `--device`. A type's code is loaded when it is chosen. */
export const deviceTypes: Readonly<Record<string, () => Promise<AnyDeviceType>>> = {
  'evtv-udp': async () => (await import('./evtv/evtv-types')).evtvUdp,
  'evtv-can': async () => (await import('./evtv/evtv-types')).evtvCan,
  'evtv-slcan': async () => (await import('./evtv/evtv-types')).evtvSlcan,
  'jbd-serial': async () => (await import('./jbd/jbd-serial')).jbdSerial,
  'jbd-ble': async () => (await import('./jbd/jbd-ble')).jbdBle,
  'litime-ble': async () => (await import('./litime/litime-ble')).litimeBle,
  'thornwave-ble': async () => (await import('./thornwave/thornwave-ble')).thornwaveBle,
  bluenova: async () => (await import('./bluenova/bluenova')).bluenova,
  'mqtt-json': async () => (await import('./mqtt-json/mqtt-json')).mqttJson,
};

/** Loads a type; undefined when there is none of the name. */
export async function loadDeviceType(name: string): Promise<AnyDeviceType | undefined> {
  return Object.hasOwn(deviceTypes, name) ? deviceTypes[name]?.() : undefined;
}

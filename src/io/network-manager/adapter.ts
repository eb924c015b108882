import { Variant } from '@jellybrick/dbus-next';
import type { WifiTrouble } from '../../model/wifi-reports';
import type { BusObjects } from '../system-bus/bus-objects';
import {
  deviceInterface,
  ip4Interface,
  ip6Interface,
  managerInterface,
  managerPath,
  noObject,
  wirelessInterface,
} from './names';
import { deviceStates } from './states';

/** Path of the machine's Wi-Fi adapter: the first that NetworkManager manages, else the first. `undefined` without one. */
export function adapterPath(objects: BusObjects): string | undefined {
  const all = objects.paths(wirelessInterface).filter((path) => !isPeerToPeer(objects, path));
  return all.find((path) => stateOf(objects, path) > deviceStates.unmanaged) ?? all[0];
}

function isPeerToPeer(objects: BusObjects, path: string): boolean {
  return interfaceOf(objects, path).startsWith('p2p-');
}

function interfaceOf(objects: BusObjects, path: string): string {
  const { Interface: name } = objects.get(path, deviceInterface) ?? {};
  return typeof name === 'string' ? name : '';
}

/** The state of an adapter, as NetworkManager numbers it; 0 while it is unknown. */
export function stateOf(objects: BusObjects, device: string): number {
  return Number(objects.get(device, deviceInterface)?.['State'] ?? 0);
}

/** What keeps this adapter from being used; `undefined` where nothing does. */
export function adapterTrouble(objects: BusObjects, device: string | undefined): WifiTrouble | undefined {
  if (!objects.isRunning) return { code: 'wifi-no-manager', values: {} };
  if (device === undefined) return { code: 'wifi-no-adapter', values: {} };
  const { WirelessEnabled, WirelessHardwareEnabled } = objects.get(managerPath, managerInterface) ?? {};
  if (WirelessEnabled === false || WirelessHardwareEnabled === false)
    return { code: 'wifi-blocked', values: {} };
  const name = interfaceOf(objects, device);
  const state = stateOf(objects, device);
  if (state <= deviceStates.unmanaged) return { code: 'wifi-unmanaged', values: { interface: name } };
  if (state <= deviceStates.unavailable) return { code: 'wifi-not-ready', values: { interface: name } };
  return undefined;
}

/** The address that an adapter has: of IPv4, else of IPv6, else empty. */
export function addressOf(objects: BusObjects, device: string): string {
  const { Ip4Config, Ip6Config } = objects.get(device, deviceInterface) ?? {};
  const four = addresses(objects, Ip4Config, ip4Interface);
  const six = addresses(objects, Ip6Config, ip6Interface).filter((address) => !address.startsWith('fe80:'));
  return four[0] ?? six[0] ?? '';
}

function addresses(objects: BusObjects, path: unknown, name: string): string[] {
  const { AddressData: data } = objects.get(typeof path === 'string' ? path : noObject, name) ?? {};
  return (Array.isArray(data) ? (data as Record<string, unknown>[]) : []).flatMap(({ address }) => {
    const text: unknown = address instanceof Variant ? address.value : undefined;
    return typeof text === 'string' ? [text] : [];
  });
}

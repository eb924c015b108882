import type { WifiNetwork } from '../../model/wifi';
import type { BusObjects, Properties } from '../system-bus/bus-objects';
import { accessPointInterface, noObject, wirelessInterface } from './names';
import { securityOf, type SecurityFlags } from './states';

/** An access point that is in the air. */
export interface AccessPoint {
  readonly path: string;
  /** The bytes of its network's name in hexadecimal; empty where it does not tell it. */
  readonly id: string;
  /** % */
  readonly strength: number;
  readonly security: SecurityFlags;
}

/** Bytes as D-Bus delivers them, in hexadecimal. */
export function hexOf(bytes: unknown): string {
  if (Buffer.isBuffer(bytes)) return bytes.toString('hex');
  return Array.isArray(bytes) ? Buffer.from(bytes as number[]).toString('hex') : '';
}

/** A network's name as it is shown. What is no text of UTF-8 is shown with marks in its place. */
export function nameOf(id: string): string {
  return Buffer.from(id, 'hex').toString('utf8');
}

/** The access points that an adapter receives, the strongest first. @param device path of the adapter */
export function accessPoints(objects: BusObjects, device: string): AccessPoint[] {
  const { AccessPoints: paths } = objects.get(device, wirelessInterface) ?? {};
  return (Array.isArray(paths) ? paths : [])
    .map(String)
    .flatMap((path) => {
      const properties = objects.get(path, accessPointInterface);
      return properties === undefined ? [] : [accessPoint(path, properties)];
    })
    .sort((a, b) => b.strength - a.strength);
}

function accessPoint(path: string, { Ssid, Strength, Flags, WpaFlags, RsnFlags }: Properties): AccessPoint {
  const number = (value: unknown): number => (typeof value === 'number' ? value : 0);
  return {
    path,
    id: hexOf(Ssid),
    strength: number(Strength),
    security: { flags: number(Flags), wpa: number(WpaFlags), rsn: number(RsnFlags) },
  };
}

/** The network of the access point that an adapter uses; `undefined` without one. */
export function usedNetwork(objects: BusObjects, device: string): string | undefined {
  const { ActiveAccessPoint: path = noObject } = objects.get(device, wirelessInterface) ?? {};
  const { Ssid } = objects.get(String(path), accessPointInterface) ?? {};
  return Ssid === undefined ? undefined : hexOf(Ssid);
}

/** Networks of access points, in their order. Those that do not tell their names are left out. */
export function networksOf(
  points: readonly AccessPoint[],
  isKnown: (id: string) => boolean,
  joined: string | undefined,
): WifiNetwork[] {
  const networks = new Map<string, WifiNetwork>();
  for (const { id, strength, security } of points) {
    if (/^(?:00)*$/.test(id) || networks.has(id)) continue;
    networks.set(id, {
      id,
      name: nameOf(id),
      strength,
      security: securityOf(security),
      isKnown: isKnown(id),
      isJoined: id === joined,
    });
  }
  return [...networks.values()];
}

import { Battery } from '../../model/battery';
import type { Device, ListName } from '../../model/device';
import type { MeterRole } from '../../model/meter-role';
import type { DeviceJson } from '../device-json';

/**
 * What is known of one device, under `EVTV/<BMS ID>/Devices/<name>`: the object that `/api/devices` has too, with what a
 * receiver needs beside, so that each value ages there as it does here.
 */
export interface DeviceMessage extends DeviceJson {
  readonly bmsId: string;
  /** Of a meter: what it measures. */
  readonly role?: MeterRole;
  /** Cells in a module, where modules mean something. */
  readonly perModule?: number;
  /** By the names in `age`: what each group consists of. A bank, which is computed from others, has none. */
  readonly groups: Readonly<Record<string, GroupJson>>;
}

/** A group of values that are told together and are as old as each other. */
export interface GroupJson {
  /** Seconds between two until the device has shown its own habit; null for what is told once and does not age. */
  readonly every: number | null;
  /** Names of its quantities, flags and switches among them, which the object has in lists of their own. */
  readonly values: readonly string[];
  readonly lists?: readonly ListName[];
  /** It tells the cells. */
  readonly cells?: true;
  /** Names of its texts. */
  readonly texts?: readonly string[];
  /** Seconds for which it is preferred to other groups that tell the same. */
  readonly preferred?: number;
  /** The smallest difference that it can tell, by quantity. */
  readonly resolution?: Readonly<Record<string, number>>;
}

/**
 * The message of a device.
 *
 * @param json the same device at the same time
 * @param now monotonic ms
 */
export function deviceMessage(bmsId: string, json: DeviceJson, device: Device, now: number): string {
  const perModule = device instanceof Battery ? device.cells.perModule : undefined;
  const message: DeviceMessage = {
    ...json,
    bmsId,
    ...(device.role !== undefined && { role: device.role }),
    ...(perModule !== undefined && { perModule }),
    groups: groupsOf(device, now),
  };
  return JSON.stringify(message);
}

function groupsOf(device: Device, now: number): DeviceMessage['groups'] {
  return Object.fromEntries(
    device.toldGroups(now).map(({ name, period, quantities, lists, cells, texts, preferred, resolution }) => {
      const group: GroupJson = {
        every: Number.isFinite(period) ? period / 1000 : null,
        values: quantities,
        ...(lists.length > 0 && { lists }),
        ...(cells && { cells }),
        ...(Object.keys(texts).length > 0 && { texts: Object.keys(texts) }),
        ...(preferred > 0 && { preferred: preferred / 1000 }),
        ...(Object.keys(resolution).length > 0 && { resolution }),
      };
      return [name, group];
    }),
  );
}

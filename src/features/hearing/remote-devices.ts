import { loadDeviceType } from '../../devices/all';
import type { DeviceValues } from '../../devices/device-type';
import type { Kind } from '../../model/reading';
import type { DescribedDevice } from '../../protocol/device-json';
import type { RemoteSite } from '../../protocol/mqtt/site-message';
import type { SiteDevices } from './site-devices';

/** A device that a sender reads and a receiver shows. */
export interface RemoteDevice {
  readonly name: string;
  readonly type: RemoteType;
  /** Its role, where it is a meter that has one. */
  readonly values: DeviceValues;
  readonly removed: false;
}

/** Its type, which may be one that this display does not know. */
export interface RemoteType {
  readonly link: 'broker';
  readonly type: string;
  readonly kind: Kind;
  /** As in `DeviceType`. */
  readonly tells?: readonly string[];
}

/** A sender's devices as those of the display that shows them. */
export async function remoteDevices({ devices, bank }: RemoteSite): Promise<SiteDevices> {
  const remote = await Promise.all(
    devices.map(async ({ name, kind, type, role }): Promise<RemoteDevice> => {
      const known = await loadDeviceType(type);
      const tells = known !== undefined && 'tells' in known && known.kind === kind ? known.tells : undefined;
      return {
        name,
        type: { link: 'broker', type, kind, ...(tells !== undefined && { tells }) },
        values: role === undefined ? {} : { role },
        removed: false,
      };
    }),
  );
  return {
    devices: remote,
    bank: bank === null ? undefined : { members: bank.members, meter: bank.meter ?? undefined },
  };
}

/** How JSON names it. */
export function describedRemote({ name, type }: RemoteDevice): DescribedDevice {
  const { kind, tells } = type;
  return { name, kind, type: type.type, ...(tells !== undefined && { tells }) };
}

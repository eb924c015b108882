import { deviceTypes, type AnyDeviceType } from './all';
import type { Advertisement, DeviceType } from './device-type';

/** A type that knows its devices by what they advertise. */
export interface Recogniser {
  readonly type: string;
  recognises(advertisement: Advertisement): boolean;
}

/** The types of Bluetooth devices, each with what it takes for its own. */
export async function bluetoothTypes(): Promise<(Recogniser & Pick<DeviceType, 'kind' | 'settings'>)[]> {
  const types = await Promise.all(Object.values(deviceTypes).map((load) => load()));
  return types.flatMap((type: AnyDeviceType) =>
    type.link === 'gatt' && type.recognises !== undefined
      ? [
          {
            type: type.type,
            kind: type.kind,
            settings: type.settings,
            recognises: (advertisement) => type.recognises?.(advertisement) === true,
          },
        ]
      : [],
  );
}

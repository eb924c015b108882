import { UserError } from '../../base/user-error';
import type { DeviceType, DeviceValues, Link } from '../../devices/device-type';
import type { ConfiguredDevice } from '../../devices/parse-device';
import { systemDeviceClock } from '../../io/links/device-clock';
import { DeviceSource } from '../../io/links/device-source';
import type { LinkOpener } from '../../io/links/link-opener';
import type { DescribedDevice } from '../../protocol/device-json';
import type { OwnBroker } from '../../settings/own-broker';

/** A device that is read over a link of its own. */
export interface LinkedDevice extends ConfiguredDevice {
  readonly type: DeviceType;
}

/** What JSON says of a device beside its values. */
export function describedDevice(name: string, { kind, type, tells }: DeviceType): DescribedDevice {
  return { name, kind, type, ...(tells !== undefined && { tells }) };
}

/**
 * The source of a device. Only the code of its kind of link is loaded.
 *
 * @param own the display's own broker, for a device at it
 * @param through takes the place of each link that was opened, such as one that is written down
 * @param opener another way to it than over its own kind of link
 */
export async function createDeviceSource(
  { name, type, values }: LinkedDevice,
  own: OwnBroker,
  through?: (link: Link) => Link,
  opener?: LinkOpener,
): Promise<DeviceSource> {
  return new DeviceSource({
    type,
    context: { name, values, clock: systemDeviceClock },
    opener: opener ?? (await linkOpener(type, values, own)),
    ...(through !== undefined && { through }),
  });
}

/** Opens a device's kind of link. */
async function linkOpener(type: DeviceType, values: DeviceValues, own: OwnBroker): Promise<LinkOpener> {
  if (type.link !== 'mqtt') return localOpener(type, type.link, values);
  const { brokerOpener } = await import('./broker-openers');
  return brokerOpener(type, values, own);
}

async function localOpener(
  type: DeviceType,
  link: Exclude<DeviceType['link'], 'mqtt'>,
  values: DeviceValues,
): Promise<LinkOpener> {
  switch (link) {
    case 'serial': {
      const { SerialLinkOpener } = await import('../../io/links/serial-link');
      return new SerialLinkOpener({
        device: String(values['port']),
        baudRate: type.baudRate ?? 9600,
      });
    }
    case 'websocket': {
      const { WebsocketLinkOpener } = await import('../../io/links/websocket-link');
      const { host, port } = values;
      return new WebsocketLinkOpener({ host: String(host), port: Number(port), path: type.path ?? '/' });
    }
    case 'gatt': {
      const { BluetoothLinkOpener } = await import('../../io/links/bluetooth-link');
      return new BluetoothLinkOpener(String(values['address']));
    }
  }
}

/** Opens the link of a device that this machine plays. */
export async function playedLinkOpener(type: DeviceType, values: DeviceValues): Promise<LinkOpener> {
  const offer = type.simulation?.offer?.(values);
  if (offer === undefined) {
    if (type.link === 'mqtt') throw new UserError(`${type.type} can't be played.`);
    return localOpener(type, type.link, values);
  }
  const { PlayedBluetoothOpener } = await import('../../io/links/bluetooth-link');
  return new PlayedBluetoothOpener(String(values['address']), offer);
}

/**
 * Those of the devices that have a link of their own, without the removed ones.
 *
 * @throws UserError for a battery on a CAN bus or behind a controller, which `--source` reads
 */
export function linkedDevices(devices: readonly ConfiguredDevice[]): LinkedDevice[] {
  return devices
    .filter(({ removed }) => !removed)
    .map((device) => {
      const { type } = device;
      if (type.link !== 'frames') return { ...device, type };
      throw new UserError(`${type.type} is not read by this command; use --source udp, can or slcan here.`);
    });
}

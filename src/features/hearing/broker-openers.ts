import { join } from 'node:path';
import type { BrokerWish, DeviceType, DeviceValues } from '../../devices/device-type';
import { brokerPlace } from '../../io/mqtt/broker-access';
import { BrokerChoice, noBrokerFiles } from '../../io/mqtt/broker-choice';
import { BrokerStore } from '../../io/mqtt/broker-store';
import { MqttLinkOpener } from '../../io/links/mqtt-link';
import { dataDir } from '../../settings/data-dir';
import { ownBroker, type OwnBroker } from '../../settings/own-broker';

/** Without an address of the device's own its broker is the display's, with the files from the stick. */
export function brokerOpener(type: DeviceType, values: DeviceValues, own: OwnBroker): MqttLinkOpener {
  const wish = type.broker?.(values);
  if (wish === undefined) throw new Error(`${type.type} is at no broker`);
  const { topics, keepAlive } = wish;
  const choice = wish.url === '' ? ownChoice(own) : new BrokerChoice(wish, noBrokerFiles);
  return new MqttLinkOpener({
    host: hostOf(wish, own),
    access: () => choice.access(),
    topics,
    ...(keepAlive !== undefined && { keepAlive }),
  });
}

function ownChoice(own: OwnBroker): BrokerChoice {
  return new BrokerChoice(ownBroker(own), new BrokerStore(join(folderOf(own), 'mqtt', 'broker')));
}

/** Where the files from the stick are; a folder that is not there has none. */
function folderOf(own: OwnBroker): string {
  try {
    return dataDir(own);
  } catch {
    return '/dev/null';
  }
}

function hostOf({ url }: BrokerWish, { mqttUrl }: OwnBroker): string {
  const address = url === '' ? mqttUrl : url;
  return address === '' ? 'the broker' : brokerPlace(address).host;
}

import { join } from 'node:path';
import type { BrokerWish, DeviceType, DeviceValues } from '../../devices/device-type';
import { brokerPlace } from '../../io/mqtt/broker-access';
import { BrokerChoice, noBrokerFiles, type BrokerSettings } from '../../io/mqtt/broker-choice';
import { BrokerStore } from '../../io/mqtt/broker-store';
import { MqttLinkOpener } from '../../io/links/mqtt-link';
import { dataDir } from '../../settings/data-dir';
import type { Settings } from '../../settings/settings';

/** The display's own broker, as its settings have it. */
export type OwnBroker = Pick<
  Settings,
  'mqttUrl' | 'mqttUser' | 'mqttPassword' | 'mqttCa' | 'mqttCert' | 'mqttKey' | 'dataDir'
>;

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
  const {
    mqttUrl: url,
    mqttUser: user,
    mqttPassword: password,
    mqttCa: ca,
    mqttCert: cert,
    mqttKey: key,
  } = own;
  const settings: BrokerSettings = { url, user, password, ca, cert, key };
  return new BrokerChoice(settings, new BrokerStore(join(folderOf(own), 'mqtt', 'broker')));
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

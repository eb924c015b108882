import { batteryTopics } from './topics';

/** What Home Assistant is told of one value: its name there, the key in CompleteStatus, and what it is. */
interface Entity {
  readonly key: string;
  readonly name: string;
  readonly unit?: string;
  readonly deviceClass?: string;
  readonly decimals?: number;
}

const entities: readonly Entity[] = [
  { key: 'soc', name: 'State of charge', unit: '%', deviceClass: 'battery', decimals: 1 },
  { key: 'packVoltage', name: 'Voltage', unit: 'V', deviceClass: 'voltage', decimals: 1 },
  { key: 'packCurrent', name: 'Current', unit: 'A', deviceClass: 'current', decimals: 1 },
  { key: 'packPower', name: 'Power', unit: 'W', deviceClass: 'power', decimals: 0 },
  { key: 'ampHours', name: 'Charge taken', unit: 'Ah', decimals: 1 },
  { key: 'tempMax', name: 'Hottest terminal', unit: '°C', deviceClass: 'temperature', decimals: 0 },
  { key: 'tempMin', name: 'Coldest terminal', unit: '°C', deviceClass: 'temperature', decimals: 0 },
  { key: 'cellLow', name: 'Lowest cell', unit: 'V', deviceClass: 'voltage', decimals: 3 },
  { key: 'cellHigh', name: 'Highest cell', unit: 'V', deviceClass: 'voltage', decimals: 3 },
  { key: 'cellAverage', name: 'Mean cell', unit: 'V', deviceClass: 'voltage', decimals: 3 },
];

/** s after which a value that is not renewed is unavailable there. */
const expires = 30;

/** A retained message by which Home Assistant finds an entity (its MQTT discovery: `<prefix>/sensor/<node>/<object>/config`). */
export interface DiscoveryMessage {
  readonly topic: string;
  readonly payload: string;
}

/** The messages by which a battery appears in Home Assistant by itself, as one device. */
export function discoveryMessages(bmsId: string, version: string): DiscoveryMessage[] {
  const { status, availability } = batteryTopics(bmsId);
  const node = `packdial_${plainId(bmsId)}`;
  return entities.map(({ key, name, unit, deviceClass, decimals }) => ({
    topic: `homeassistant/sensor/${node}/${key}/config`,
    payload: JSON.stringify({
      name,
      unique_id: `${node}_${key}`,
      object_id: `${node}_${key}`,
      state_topic: status,
      // What is not known is null, which Home Assistant takes for unknown.
      value_template: `{{ value_json.${key} }}`,
      availability_topic: availability,
      expire_after: expires,
      state_class: 'measurement',
      ...(unit !== undefined && { unit_of_measurement: unit }),
      ...(deviceClass !== undefined && { device_class: deviceClass }),
      ...(decimals !== undefined && { suggested_display_precision: decimals }),
      device: {
        identifiers: [node],
        name: bmsId,
        model: 'Battery',
        manufacturer: 'packdial',
        sw_version: version,
      },
    }),
  }));
}

/** A name of the letters that Home Assistant's topics may have, unlike that of any other battery. */
function plainId(bmsId: string): string {
  return bmsId.replaceAll(/[^a-zA-Z0-9]/gu, (letter) => `_${letter.codePointAt(0)?.toString(16) ?? ''}`);
}

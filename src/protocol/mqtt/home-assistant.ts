import { batteryQuantities } from '../../model/quantities';
import type { Kind } from '../../model/reading';
import { statusQuantities } from '../complete-status';
import { batteryTopics } from './topics';

/** s after which a value that is not renewed is unavailable there. */
const expires = 30;

/** A retained message by which Home Assistant finds an entity (its MQTT discovery: `<prefix>/sensor/<node>/<object>/config`). */
export interface DiscoveryMessage {
  readonly topic: string;
  readonly payload: string;
}

/** Something that Home Assistant shows as a device. */
export interface DiscoveredDevice {
  readonly bmsId: string;
  /** packdial's. */
  readonly version: string;
  /** As `deviceNode` has it. */
  readonly node: string;
  /** A device beside the battery that the BMS ID stands for. */
  readonly device?: { readonly name: string; readonly kind: Kind };
}

/** One number of it. */
export interface DiscoveredValue {
  readonly key: string;
  readonly topic: string;
  /** Where it is in the JSON of the topic. */
  readonly path: string;
  readonly name: string;
  readonly unit: string;
  readonly glance: number;
  readonly deviceClass?: string;
  readonly stateClass?: string;
}

const models: Readonly<Record<Kind, string>> = {
  battery: 'Battery',
  'solar-charger': 'Solar charger',
  meter: 'Meter',
};

/** The messages by which a battery appears in Home Assistant by itself, as one device. */
export function discoveryMessages(bmsId: string, version: string): DiscoveryMessage[] {
  const { status } = batteryTopics(bmsId);
  const device = { bmsId, version, node: deviceNode(bmsId) };
  return entities().map(({ key, ...form }) =>
    discoveryMessage(device, { key, topic: status, path: key, ...form }),
  );
}

/** The name of a device in topics and identifiers there. @param device beside the battery that the BMS ID stands for */
export function deviceNode(bmsId: string, device?: string): string {
  return ['packdial', plainId(bmsId), ...(device === undefined ? [] : [plainId(device)])].join('_');
}

/** The message by which one number of a device appears. */
export function discoveryMessage(
  { bmsId, version, node, device }: DiscoveredDevice,
  { key, topic, path, name, unit, glance, deviceClass, stateClass }: DiscoveredValue,
): DiscoveryMessage {
  return {
    topic: `homeassistant/sensor/${node}/${key}/config`,
    payload: JSON.stringify({
      name,
      unique_id: `${node}_${key}`,
      // Home Assistant 2025.10 and newer name the entity by the second, older ones by the first.
      object_id: `${node}_${key}`,
      default_entity_id: entityId(`${node}_${key}`),
      state_topic: topic,
      // What is not known is null, which Home Assistant takes for unknown.
      value_template: `{{ value_json.${path} }}`,
      availability_topic: batteryTopics(bmsId).availability,
      expire_after: expires,
      state_class: stateClass ?? 'measurement',
      unit_of_measurement: unit,
      ...(deviceClass !== undefined && { device_class: deviceClass }),
      suggested_display_precision: glance,
      device: {
        identifiers: [node],
        name: device === undefined ? bmsId : `${bmsId} ${device.name}`,
        model: models[device?.kind ?? 'battery'],
        manufacturer: 'packdial',
        sw_version: version,
      },
    }),
  };
}

/** What it is told of, by the key in CompleteStatus, as the table of quantities has it. */
function entities() {
  return Object.entries(statusQuantities).flatMap(([key, quantity]) => {
    const form = batteryQuantities[quantity];
    return form.homeAssistant === undefined ? [] : [{ key, ...form, ...form.homeAssistant }];
  });
}

/** An entity's name has small letters, and one underscore at a time. */
function entityId(name: string): string {
  return `sensor.${name.toLowerCase().replaceAll(/_+/g, '_')}`;
}

/** A name of the letters that Home Assistant's topics may have, unlike that of any other battery. */
function plainId(bmsId: string): string {
  return bmsId.replaceAll(/[^a-zA-Z0-9]/gu, (letter) => `_${letter.codePointAt(0)?.toString(16) ?? ''}`);
}

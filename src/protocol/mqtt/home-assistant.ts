import { batteryQuantities } from '../../model/quantities';
import type { Kind } from '../../model/reading';
import { statusQuantities } from '../complete-status';
import { batteryTopics } from './topics';

/** s after which a value that is not renewed is unavailable there: those of CompleteStatus and the energies. */
const expires = 30;
/** The same of messages that come every half minute at least. */
export const slowlyExpires = 90;

/** What its Energy dashboard shows where the house has Wh: 0.001 of it are to be seen. */
export const kilowattHours = { unit: 'kWh', per: 1000, glance: 3 } as const;

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
  /** Where it is in the JSON of the topic: what stands behind `value_json`. */
  readonly path: string;
  /** How many of the unit in the JSON make one of `unit`. Default: one. */
  readonly per?: number;
  /** s after which it is unavailable where it is not renewed. Default: 30. */
  readonly expires?: number;
  readonly name: string;
  readonly unit: string;
  readonly glance: number;
  readonly deviceClass?: string;
  readonly stateClass?: string;
}

/** What Home Assistant is told of an entity, by its own names, but for what all have. */
interface EntityConfig extends Readonly<Record<string, string | number>> {
  readonly key: string;
  readonly name: string;
  readonly state_topic: string;
  readonly value_template: string;
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
    discoveryMessage(device, { key, topic: status, path: `.${key}`, ...form }),
  );
}

/** The name of a device in topics and identifiers there. @param device beside the battery that the BMS ID stands for */
export function deviceNode(bmsId: string, device?: string): string {
  return ['packdial', plainId(bmsId), ...(device === undefined ? [] : [plainId(device)])].join('_');
}

/** The message by which one number of a device appears. */
export function discoveryMessage(
  device: DiscoveredDevice,
  { key, topic, path, per, name, unit, glance, deviceClass, stateClass, expires: after }: DiscoveredValue,
): DiscoveryMessage {
  return entityMessage('sensor', device, {
    key,
    name,
    state_topic: topic,
    value_template: per === undefined ? `{{ value_json${path} }}` : divided(`value_json${path}`, per),
    expire_after: after ?? expires,
    state_class: stateClass ?? 'measurement',
    unit_of_measurement: unit,
    ...(deviceClass !== undefined && { device_class: deviceClass }),
    suggested_display_precision: glance,
  });
}

/** The message by which it appears whether anything is wrong with a device, and what. @param name of the device within its site */
export function alarmDiscovery(device: DiscoveredDevice, name: string): DiscoveryMessage {
  const { alarms } = batteryTopics(device.bmsId);
  const own = `value_json.devices[${JSON.stringify(name)}]`;
  return entityMessage('binary_sensor', device, {
    key: 'alarms',
    name: 'Alarms',
    state_topic: alarms,
    value_template: `{{ 'ON' if ${own}.count > 0 else 'OFF' }}`,
    json_attributes_topic: alarms,
    json_attributes_template: `{{ ${own} | tojson }}`,
    expire_after: slowlyExpires,
    device_class: 'problem',
  });
}

function divided(value: string, per: number): string {
  return `{{ (${value} / ${per}) | round(4) if ${value} is number else none }}`;
}

function entityMessage(
  component: 'sensor' | 'binary_sensor',
  { bmsId, version, node, device }: DiscoveredDevice,
  { key, name, state_topic, value_template, ...others }: EntityConfig,
): DiscoveryMessage {
  return {
    topic: `homeassistant/${component}/${node}/${key}/config`,
    payload: JSON.stringify({
      name,
      unique_id: `${node}_${key}`,
      // Home Assistant 2025.10 and newer name the entity by the second, older ones by the first.
      object_id: `${node}_${key}`,
      default_entity_id: entityId(component, `${node}_${key}`),
      state_topic,
      // What is not known is null, which Home Assistant takes for unknown.
      value_template,
      availability_topic: batteryTopics(bmsId).availability,
      ...others,
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
function entityId(component: string, name: string): string {
  return `${component}.${name.toLowerCase().replaceAll(/_+/g, '_')}`;
}

/** A name of the letters that Home Assistant's topics may have, unlike that of any other battery. */
function plainId(bmsId: string): string {
  return bmsId.replaceAll(/[^a-zA-Z0-9]/gu, (letter) => `_${letter.codePointAt(0)?.toString(16) ?? ''}`);
}

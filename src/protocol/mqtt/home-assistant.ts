import { batteryQuantities } from '../../model/quantities';
import { statusQuantities } from '../complete-status';
import { batteryTopics } from './topics';

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
  return entities().map(({ key, name, deviceClass, unit, glance }) => ({
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
      unit_of_measurement: unit,
      ...(deviceClass !== undefined && { device_class: deviceClass }),
      suggested_display_precision: glance,
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

/** What it is told of, by the key in CompleteStatus, as the table of quantities has it. */
function entities() {
  return Object.entries(statusQuantities).flatMap(([key, quantity]) => {
    const form = batteryQuantities[quantity];
    return form.homeAssistant === undefined ? [] : [{ key, ...form, ...form.homeAssistant }];
  });
}

/** A name of the letters that Home Assistant's topics may have, unlike that of any other battery. */
function plainId(bmsId: string): string {
  return bmsId.replaceAll(/[^a-zA-Z0-9]/gu, (letter) => `_${letter.codePointAt(0)?.toString(16) ?? ''}`);
}

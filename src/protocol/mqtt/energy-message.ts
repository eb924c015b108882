import { quantities, computedQuantities } from '../../model/quantities';
import type { Kind } from '../../model/reading';
import type { ComputedValues } from '../energy-json';
import { deviceNode, discoveryMessage, kilowattHours, type DiscoveryMessage } from './home-assistant';
import { batteryTopics } from './topics';

/** The message of the energies of a site, by device. */
export function energyMessage(devices: readonly ComputedValues[], wall: Date): string {
  return JSON.stringify({
    schema: 1,
    timestamp: wall.toISOString(),
    devices: Object.fromEntries(devices.map(({ device, values }) => [device, values])),
  });
}

/**
 * The messages by which the energies and times of a site's devices appear in Home Assistant: those of the main battery beside
 * its other values, each other device as one of its own.
 *
 * @param main name of the device whose values CompleteStatus has
 */
export function energyDiscovery(
  bmsId: string,
  version: string,
  main: string,
  devices: readonly { readonly name: string; readonly kind: Kind }[],
): DiscoveryMessage[] {
  const { energy } = batteryTopics(bmsId);
  return devices.flatMap(({ name, kind }) => {
    const own = name === main ? undefined : name;
    return computedQuantities[kind].flatMap((quantity) => {
      const form = quantities[kind][quantity];
      if (form?.homeAssistant === undefined) return [];
      return [
        discoveryMessage(
          {
            bmsId,
            version,
            node: deviceNode(bmsId, own),
            ...(own !== undefined && { device: { name: own, kind } }),
          },
          {
            key: quantity,
            topic: energy,
            path: `.devices[${JSON.stringify(name)}].${quantity}`,
            ...form,
            ...form.homeAssistant,
            ...(form.unit === 'Wh' && kilowattHours),
          },
        ),
      ];
    });
  });
}

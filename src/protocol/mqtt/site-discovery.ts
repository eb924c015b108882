import { alwaysIn, quantities } from '../../model/quantities';
import type { DescribedDevice } from '../device-json';
import {
  alarmDiscovery,
  deviceNode,
  discoveryMessage,
  kilowattHours,
  slowlyExpires,
  type DiscoveredDevice,
  type DiscoveryMessage,
} from './home-assistant';
import { batteryTopics } from './topics';

/**
 * The messages by which every device of a site but the main battery appears in Home Assistant with its values, and every one
 * with its alarms.
 *
 * @param main name of the battery whose values CompleteStatus has: it stands for the whole there
 * @param devices the bank among them
 * @param withValues false where devices are not published one by one: only their alarms appear then
 */
export function siteDiscovery(
  bmsId: string,
  version: string,
  main: string,
  devices: readonly DescribedDevice[],
  withValues: boolean,
): DiscoveryMessage[] {
  const { devices: base } = batteryTopics(bmsId);
  return devices.flatMap(({ name, kind, tells = alwaysIn('json', kind) }) => {
    const own = name === main ? undefined : name;
    const device: DiscoveredDevice = {
      bmsId,
      version,
      node: deviceNode(bmsId, own),
      ...(own !== undefined && { device: { name: own, kind } }),
    };
    const told = own === undefined || !withValues ? [] : tells;
    const values = told.flatMap((quantity) => {
      const form = quantities[kind][quantity];
      if (form?.homeAssistant === undefined || form.computed === true) return [];
      // Not `.values`, which would be the object's own method there.
      const path = `['values']['${quantity}']`;
      const topic = `${base}/${name}`;
      const value = { key: quantity, topic, path, expires: slowlyExpires, ...form, ...form.homeAssistant };
      return [discoveryMessage(device, { ...value, ...(form.unit === 'Wh' && kilowattHours) })];
    });
    return [...values, alarmDiscovery(device, name)];
  });
}

import type { Clock } from '../../base/clock';
import type { Site } from '../../model/site';
import { describedAs, deviceJson, type DescribedDevice, type DeviceJson } from '../../protocol/device-json';

/**
 * Every device of a site as JSON, the bank first where there is one.
 *
 * @param described what the devices are; one that is missing here is left out
 */
export function devicesJson(
  site: Site,
  described: readonly DescribedDevice[],
  clock: Pick<Clock, 'monotonic' | 'wall'>,
): readonly DeviceJson[] {
  const [now, wall] = [clock.monotonic(), clock.wall()];
  return Array.from(site.devices()).flatMap((device) => {
    const found = describedAs(device, described);
    return found === undefined ? [] : [deviceJson(found, device, now, wall)];
  });
}

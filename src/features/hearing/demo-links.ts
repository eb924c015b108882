import { systemDeviceClock } from '../../io/links/device-clock';
import type { LinkOpener } from '../../io/links/link-opener';
import type { SimulatedLinks } from '../../io/links/simulated-links';
import { localDay } from '../../model/energy/local-day';
import type { Settings } from '../../settings/settings';
import type { LinkedDevice } from './device-sources';
import { simulatedSpeed } from './frame-sources';

/** Makes the way to a device. */
export type MakesOpener = (device: LinkedDevice) => Promise<LinkOpener>;

/**
 * The ways to the devices of the boat of `--demo boat`, which share one sun and one load; `undefined` without. The simulation is
 * loaded with the first.
 *
 * @param batteries names of those among its devices @param chargers how many of them are solar chargers
 */
export function demoLinks(
  settings: Settings,
  batteries: readonly string[],
  chargers: number,
): MakesOpener | undefined {
  if (settings.demo !== 'boat') return undefined;
  const { seed } = settings;
  const monotonic = (): number => systemDeviceClock.monotonic();
  let links: Promise<SimulatedLinks> | undefined;
  return async ({ name, type, values }) => {
    links ??= import('../../io/links/simulated-links').then(({ SimulatedLinks }) => {
      const now = Date.now();
      const wallTimeOfDay = (now - localDay(now).from) / 1000;
      const speed = simulatedSpeed(settings);
      return SimulatedLinks.make({ batteries, chargers, seed, speed, monotonic, wallTimeOfDay });
    });
    return (await links).opener(type, { name, values, clock: systemDeviceClock });
  };
}

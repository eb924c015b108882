import type { LinkedDevice } from '../features/hearing/device-sources';
import { boatCells, SimulatedBoat, type SimulatedBoatOptions } from '../simulation/simulated-boat';

/** True for what makes a boat of devices. */
export function isBattery({ type }: LinkedDevice): boolean {
  return type.kind === 'battery';
}

/** A battery that can't be in parallel with the boat's own: one with another number of cells. */
export function misfit(devices: readonly LinkedDevice[]): LinkedDevice | undefined {
  return devices.filter(isBattery).find(({ values }) => (values['cells'] ?? boatCells) !== boatCells);
}

/** The boat that has these devices, a battery that fits among them at least. */
export function boatOf(
  devices: readonly LinkedDevice[],
  time: Pick<SimulatedBoatOptions, 'seed' | 'speed' | 'monotonic'>,
): SimulatedBoat {
  return new SimulatedBoat({
    ...time,
    batteries: devices.filter(isBattery).map(({ name }) => name),
    // Without one the sun charges the batteries all the same, by a charger that nobody reads.
    chargers: Math.max(1, devices.filter(({ type }) => type.kind === 'solar-charger').length),
  });
}

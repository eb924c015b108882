import type { Device } from '../../model/device';
import { sampleDevice, type DeviceSample } from '../../model/history/device-sample';
import { computedQuantities } from '../../model/quantities';

/**
 * What is known of a device for a row: what the history keeps, and what packdial computes of it, such as the energies of the
 * day. `undefined` when the device tells nothing.
 *
 * @param name to write it under @param now monotonic ms
 */
export function databaseSample(device: Device, name: string, now: number): DeviceSample | undefined {
  const sample = sampleDevice(device, name, now);
  if (sample === undefined) return undefined;
  const computed = computedQuantities[device.kind];
  const values = computed.map((quantity) => {
    const { value, freshness } = device.quantity(quantity, now);
    return freshness === 'fresh' && value !== undefined ? value : NaN;
  });
  return {
    ...sample,
    names: [...sample.names, ...computed],
    values: Float64Array.from([...sample.values, ...values]),
  };
}

import type { Device } from '../model/device';
import type { Amount, EnergyDay } from '../model/energy/energy-days';
import { computedQuantities, quantities } from '../model/quantities';
import type { Kind } from '../model/reading';
import { rounded } from './rounded';

type Known = number | null;

/** What went in and out of a device, and how long it lasts. */
export interface EnergyJson {
  readonly device: string;
  readonly kind: Kind;
  /** By quantity, as of now: sums of the local day, times. Null is unknown. */
  readonly values: Readonly<Record<string, Known>>;
  /** By local day, the earliest first. */
  readonly days: readonly EnergyDayJson[];
}

/** A local day: Wh, Ah and the hours of it that are known. */
export interface EnergyDayJson {
  readonly date: string;
  readonly energyIn: Known;
  readonly energyOut: Known;
  readonly energyHours: number;
  readonly chargeIn: Known;
  readonly chargeOut: Known;
  readonly chargeHours: number;
}

/** @param now monotonic ms */
export function energyJson(device: Device, days: readonly EnergyDay[], now: number): EnergyJson {
  return {
    device: device.name,
    kind: device.kind,
    values: computedValues(device, now),
    days: days.map(({ date, energy, charge }) => ({
      date,
      energyIn: known(energy, energy.in),
      energyOut: known(energy, energy.out),
      energyHours: hours(energy),
      chargeIn: known(charge, charge.in),
      chargeOut: known(charge, charge.out),
      chargeHours: hours(charge),
    })),
  };
}

/** What packdial computes of one device. */
export type ComputedValues = Pick<EnergyJson, 'device' | 'values'>;

/** What packdial computes of each device. @param now monotonic ms */
export function computedOf(devices: Iterable<Device>, now: number): readonly ComputedValues[] {
  return Array.from(devices, (device) => ({ device: device.name, values: computedValues(device, now) }));
}

function computedValues(device: Device, now: number): EnergyJson['values'] {
  const forms = quantities[device.kind];
  return Object.fromEntries(
    computedQuantities[device.kind].map((name) => [
      name,
      rounded(device.quantity(name, now).value, forms[name]?.decimals ?? 0),
    ]),
  );
}

const hours = ({ covered }: Amount): number => Number((covered / 3_600_000).toFixed(2));

function known({ covered }: Amount, value: number): Known {
  return covered > 0 ? rounded(value, 2) : null;
}

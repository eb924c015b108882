import type { Device } from '../model/device';
import type { Amount, EnergyDay } from '../model/energy/energy-days';
import type { EnergyPeriod } from '../model/energy/energy-periods';
import { localDay } from '../model/energy/local-day';
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

/** What went in and out of a device by day, week, month or year. */
export interface EnergyPeriodsJson {
  readonly device: string;
  readonly kind: Kind;
  /** The earliest first, the one under way last; none while the display does not know the day. */
  readonly periods: readonly EnergyPeriodJson[];
}

/** A day, week, month or year: Wh, and the hours of it that are known. */
export interface EnergyPeriodJson {
  /** Its first and its last day, such as `2026-11-23`. */
  readonly from: string;
  readonly to: string;
  readonly energyIn: Known;
  readonly energyOut: Known;
  readonly energyHours: number;
  /** Of the same days a year before, or for a week of 52 weeks before; for a year null. */
  readonly energyInBefore: Known;
  readonly energyOutBefore: Known;
}

/** Periods as JSON. */
export function energyPeriodsJson(
  { name, kind }: Pick<Device, 'name' | 'kind'>,
  periods: readonly EnergyPeriod[],
): EnergyPeriodsJson {
  const unknown: Amount = { in: 0, out: 0, covered: 0 };
  return {
    device: name,
    kind,
    periods: periods.map(({ from, to, energy = unknown, before }) => ({
      from: localDay(from.getTime()).date,
      to: localDay(to.getTime()).date,
      energyIn: known(energy, energy.in),
      energyOut: known(energy, energy.out),
      energyHours: hours(energy),
      energyInBefore: before === undefined ? null : rounded(before.in, 2),
      energyOutBefore: before === undefined ? null : rounded(before.out, 2),
    })),
  };
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

import type { LiveStatus } from '../io/web/web-parts';
import { batteryQuantities } from '../model/quantities';
import { fixed, formatEnergy, formatTimeLeft, formatTimeToFull, missing } from '../screens/format';
import type { ValueRow } from './value-rows';

/** A line of the table of energies: a device, and what went in and out of it today. */
export interface EnergyRow {
  readonly device: string;
  /** kWh in and out, Ah in and out, hours that are counted. */
  readonly texts: readonly string[];
}

type DeviceEnergy = LiveStatus['display']['energy'][number];

/** What went in and out of each device of which anything is known. */
export function energyRows({ display: { energy } }: LiveStatus): EnergyRow[] {
  return energy
    .filter(({ values }) => typeof values['countedToday'] === 'number')
    .map(({ device, values }) => ({
      device,
      texts: [
        kilowattHours(values['energyInToday']),
        kilowattHours(values['energyOutToday']),
        decimals(values['chargeInToday'], 1),
        decimals(values['chargeOutToday'], 1),
        decimals(values['countedToday'], 1),
      ],
    }));
}

/** How long the battery lasts, and takes to be full. */
export function timeRows({ status, display: { device, energy } }: LiveStatus): ValueRow[] {
  const { timeToEmpty, timeToFull } = ownValues(energy, device);
  const row = (name: 'timeToEmpty' | 'timeToFull', text: string | undefined): ValueRow => {
    return { label: batteryQuantities[name].label, text: text ?? missing, unit: '', age: '' };
  };
  return [
    row('timeToEmpty', typeof timeToEmpty === 'number' ? formatTimeLeft(timeToEmpty) : undefined),
    row(
      'timeToFull',
      typeof timeToFull === 'number' ? formatTimeToFull(timeToFull, status.soc ?? undefined) : undefined,
    ),
  ];
}

/** Those of the battery that is shown: the only one where it has no name there. */
function ownValues(energy: readonly DeviceEnergy[], name: string | null): DeviceEnergy['values'] {
  const batteries = energy.filter(({ values }) => 'timeToEmpty' in values);
  return (
    (batteries.find(({ device }) => device === name) ?? (name === null ? batteries[0] : undefined))?.values ??
    {}
  );
}

function kilowattHours(wattHours: number | null | undefined): string {
  return typeof wattHours === 'number' ? formatEnergy(wattHours / 1000) : missing;
}

function decimals(value: number | null | undefined, count: number): string {
  return typeof value === 'number' ? fixed(value, count) : missing;
}

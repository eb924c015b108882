import type { Battery } from '../battery';
import type { Quantity } from '../freshness';
import { batteryQuantities, cellQuantities, type BatteryQuantity } from './quantities';

/** What was known of one device at one moment. */
export interface DeviceSample {
  /** Name of the device. */
  readonly device: string;
  /** Names of the quantities; the same array as long as they are the same. */
  readonly names: readonly string[];
  /** One for each name, in its unit; NaN where nothing fresh was known. */
  readonly values: Float64Array;
}

const single = Object.keys(batteryQuantities) as BatteryQuantity[];
const namesOf = new Map<number, readonly string[]>();

/**
 * Every value of a battery that is fresh now, its cells among them. What is late or lost is no news, so it is nowhere in
 * the history: a gap, not a line. `undefined` when nothing is fresh.
 *
 * @param device name to keep it under @param now monotonic ms
 */
export function sampleBattery(battery: Battery, device: string, now: number): DeviceSample | undefined {
  const { voltages } = battery.cells.freshVoltages(now);
  const values = new Float64Array(single.length + voltages.length).fill(NaN);
  const keep = (index: number, value: number | undefined): void => {
    if (value === undefined || !Number.isFinite(value)) return;
    values[index] = value;
  };
  for (const [i, name] of single.entries()) {
    const { value, freshness } = quantityOf(battery, name, now);
    if (freshness === 'fresh') keep(i, value);
  }
  for (let cell = 0; cell < voltages.length; cell++) keep(single.length + cell, voltages[cell]);
  return values.some((value) => !Number.isNaN(value))
    ? { device, names: names(voltages.length), values }
    : undefined;
}

function quantityOf(battery: Battery, name: BatteryQuantity, now: number): Quantity {
  switch (name) {
    case 'voltage':
      return battery.voltage(now);
    case 'current':
      return battery.current(now);
    case 'power':
      return battery.power(now);
    case 'cellAverage':
      return battery.cellAverage(now);
    case 'cellLow':
      return battery.cellLow(now);
    case 'cellHigh':
      return battery.cellHigh(now);
    case 'stateOfCharge':
    case 'ampHours':
    case 'temperatureMax':
    case 'temperatureMin':
    case 'chargerAmps':
    case 'maxCells':
    case 'activeCells':
    case 'highCutoff':
    case 'lowCutoff':
    case 'frequencyShiftVolts':
      return battery.quantity(name, now);
  }
}

function names(cells: number): readonly string[] {
  let all = namesOf.get(cells);
  if (all === undefined) {
    all = [...single, ...cellQuantities.slice(0, cells)];
    namesOf.set(cells, all);
  }
  return all;
}

import { maxCells } from '../cell-voltages';

/**
 * What becomes of a value when many are put together into one entry of a coarser tier. A `measurement` keeps mean, least,
 * greatest and last; a `state` (a set point, a count, a switch) keeps the last; `flags` keep every bit that was ever set.
 */
export type QuantityKind = 'measurement' | 'state' | 'flags';

/** How a quantity is kept. */
export interface QuantityForm {
  readonly kind: QuantityKind;
  /** Decimals that are kept, 0..6: one more than the wire has, so that a mean is worth keeping. */
  readonly decimals: number;
}

const measurement = (decimals: number): QuantityForm => ({ kind: 'measurement', decimals });
const state = (decimals: number): QuantityForm => ({ kind: 'state', decimals });

/** The single numbers of a battery, in the house's units and signs , by name. */
export const batteryQuantities = {
  /** V of the pack. */
  voltage: measurement(2),
  /** A, + charging. */
  current: measurement(2),
  /** W, + charging. */
  power: measurement(1),
  /** %. */
  stateOfCharge: measurement(1),
  /** Ah since full. */
  ampHours: measurement(2),
  /** °C. */
  temperatureMax: measurement(1),
  /** °C. */
  temperatureMin: measurement(1),
  /** V. */
  cellAverage: measurement(3),
  /** V. */
  cellLow: measurement(3),
  /** V. */
  cellHigh: measurement(3),
  /** A that the charger is asked for. */
  chargerAmps: measurement(1),
  maxCells: state(0),
  activeCells: state(0),
  /** V per cell. */
  highCutoff: state(3),
  /** V per cell. */
  lowCutoff: state(3),
  /** V. */
  frequencyShiftVolts: state(2),
} as const satisfies Readonly<Record<string, QuantityForm>>;

/** A number of a battery that has a history. */
export type BatteryQuantity = keyof typeof batteryQuantities;

/** V of one cell. */
const cell = measurement(3);
/** For what a later release has recorded, or another device. */
const other = measurement(3);

/** The name of a cell's voltage in the history; @param index from 0, as in CellVoltages. The first is `cell1`. */
export function cellQuantity(index: number): string {
  return `cell${index + 1}`;
}

/** The names of all cells that can have one. */
export const cellQuantities: readonly string[] = Array.from({ length: maxCells }, (_, i) => cellQuantity(i));

/** How a quantity of this name is kept; an unknown one as a measurement with three decimals. */
export function quantityForm(name: string): QuantityForm {
  if (Object.hasOwn(batteryQuantities, name)) return batteryQuantities[name as BatteryQuantity];
  return /^cell\d+$/.test(name) ? cell : other;
}

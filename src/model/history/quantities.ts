import { maxCells } from '../cell-voltages';
import { quantities, type BatteryQuantity } from '../quantities';
import type { Kind } from '../reading';

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

/** The numbers that every battery's history has, known or not, in the order of its samples and exports. */
export const usualQuantities = [
  'voltage',
  'current',
  'power',
  'stateOfCharge',
  'ampHours',
  'temperatureMax',
  'temperatureMin',
  'cellAverage',
  'cellLow',
  'cellHigh',
  'chargerAmps',
  'maxCells',
  'activeCells',
  'highCutoff',
  'lowCutoff',
  'frequencyShiftVolts',
] as const satisfies readonly BatteryQuantity[];

/** V of one cell. */
const cell: QuantityForm = { kind: 'measurement', decimals: 3 };
/** For what a later release has recorded. */
const other: QuantityForm = { kind: 'measurement', decimals: 3 };

/** The name of a cell's voltage in the history; @param index from 0, as in CellVoltages. The first is `cell1`. */
export function cellQuantity(index: number): string {
  return `cell${index + 1}`;
}

/** The name of a probe's temperature in the history; @param index from 0. The first is `temperature1`. */
export function probeQuantity(index: number): string {
  return `temperature${index + 1}`;
}

/** The names of all cells that can have one. */
export const cellQuantities: readonly string[] = Array.from({ length: maxCells }, (_, i) => cellQuantity(i));

const kinds = Object.keys(quantities) as Kind[];

/**
 * How a quantity of this name is kept: as the table of quantities says, of the first kind that has it; an unknown one as a
 * measurement with three decimals.
 */
export function quantityForm(name: string): QuantityForm {
  for (const kind of kinds) {
    if (!Object.hasOwn(quantities[kind], name)) continue;
    const { kept, decimals } = quantities[kind][name] ?? { kept: 'measurement', decimals: 3 };
    return { kind: typeof kept === 'object' ? 'flags' : kept, decimals };
  }
  if (/^temperature\d+$/.test(name)) return { kind: 'measurement', decimals: 1 };
  return /^cell\d+$/.test(name) ? cell : other;
}

import { maxCells } from '../cell-voltages';
import type { QuantityForm } from '../quantity-form';
import { alwaysIn, cellForm, probeForm, quantities } from '../quantities';
import type { Kind } from '../reading';

/**
 * What becomes of a value when many are put together into one entry of a coarser tier. A `measurement` keeps mean, least,
 * greatest and last; a `state` (a set point, a count, a switch) keeps the last; `flags` keep every bit that was ever set.
 */
export type QuantityKind = 'measurement' | 'state' | 'flags';

/** How a quantity is kept. */
export interface KeptForm {
  readonly kind: QuantityKind;
  /** Decimals that are kept, 0..6: one more than the wire has, so that a mean is worth keeping. */
  readonly decimals: number;
}

/** The numbers that every battery's history has, known or not, in the order of its samples and exports. */
export const usualQuantities = alwaysIn('history', 'battery');

/** For what a later release has recorded. */
const other: KeptForm = { kind: 'measurement', decimals: 3 };

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
const cellNames: ReadonlySet<string> = new Set(cellQuantities);

/**
 * How a device's quantity of this name is kept: as the table of its kind says; an unknown one as a measurement with three
 * decimals.
 */
export function keptForm(kind: Kind, name: string): KeptForm {
  const form = formOf(kind, name);
  if (form === undefined) return other;
  const { kept, decimals } = form;
  return { kind: typeof kept === 'object' ? 'flags' : kept, decimals };
}

/** Whether a device of the kind can have a past of this name; what packdial computes has none. */
export function canBeKept(kind: Kind, name: string): boolean {
  const form = formOf(kind, name);
  return form !== undefined && form.computed !== true;
}

function formOf(kind: Kind, name: string): QuantityForm | undefined {
  if (Object.hasOwn(quantities[kind], name)) return quantities[kind][name];
  if (/^temperature[1-9]\d*$/.test(name)) return probeForm;
  return kind === 'battery' && cellNames.has(name) ? cellForm : undefined;
}

import type { Battery } from './battery';
import { extremesOf } from './cell-voltages';

/** V by which the same cell may differ: one by one, cells come in hundredths of a volt that are cut off. */
const cutHundredths = 0.0105;

/** The highest or the lowest cell of a battery. */
export interface Cell {
  /** From 1; `undefined` where only the voltage is known. */
  readonly number: number | undefined;
  readonly volts: number;
  /** No other cell can be worse. */
  readonly complete: boolean;
}

/**
 * The highest (1) or lowest (-1) cell: by number where the cells that are told one by one hold it, else as the controller
 * sums all of them up. `undefined` when neither is fresh.
 */
export function worstCell(battery: Battery, sign: 1 | -1, now: number): Cell | undefined {
  const summed = summedUpCell(battery, sign, now);
  const { voltages, complete } = battery.cells.freshVoltages(now);
  const extremes = extremesOf(voltages);
  const index = sign > 0 ? extremes?.highest : extremes?.lowest;
  const volts = index === undefined ? undefined : voltages[index];
  if (index === undefined || volts === undefined) return summed;
  // It is in a module that was not heard, or in one of those that are not kept.
  if (summed !== undefined && (summed.volts - volts) * sign > cutHundredths) return summed;
  const whole = summed !== undefined || (complete && battery.cells.beyond === 0);
  return { number: index + 1, volts, complete: whole };
}

function summedUpCell(battery: Battery, sign: 1 | -1, now: number): Cell | undefined {
  const { value, freshness } = battery.quantity(sign > 0 ? 'cellHigh' : 'cellLow', now);
  if (value === undefined || freshness !== 'fresh') return undefined;
  return { number: undefined, volts: value, complete: true };
}

import type { Cutoffs } from '../model/cutoffs';

/** A voltage scale of the dial, V per cell. */
export interface VoltageScale {
  readonly low: number;
  readonly high: number;
  /** Between two numbered marks. */
  readonly step: number;
}

const usualScale: VoltageScale = { low: 3.0, high: 4.4, step: 0.2 };

/** The scale that shows both cut-offs with some room beyond them; the usual one of lithium cells while they are unknown. */
export function voltageScale(cutoffs: Cutoffs | undefined): VoltageScale {
  if (cutoffs === undefined) return usualScale;
  const fifth = (value: number): number => Math.round(value * 5);
  const low = Math.max(0, fifth(cutoffs.low) - 1) / 5;
  const high = (fifth(cutoffs.high) + 1) / 5;
  return { low, high, step: high - low > 2 ? 0.5 : 0.2 };
}

const powerSteps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000];

/** The smallest full scale, in kW, that shows `power` (W); never smaller than `least` (kW), at most 5000. */
export function powerScale(power: number, least: number): number {
  const wanted = Math.max(least, Math.abs(power) / 1000);
  return powerSteps.find((step) => step >= wanted) ?? 5000;
}

/** What the cell bars stand between, V. */
export interface CellWindow {
  readonly bottom: number;
  readonly top: number;
}

const windowSpans = [0.1, 0.2, 0.5, 1, 2, 5];

/**
 * A window around the cells in which their differences can be seen: 0.1 V high or more, its edges on round voltages, the highest
 * cell at 70 to 90 % of it, so that the bars fill the height that they are given. The window before is kept as long as the cells stand well inside it and fill a fair part of it.
 */
export function cellWindow(low: number, high: number, before: CellWindow | undefined): CellWindow {
  if (before !== undefined) {
    const span = before.top - before.bottom;
    const inside = low >= before.bottom + span * 0.08 && high <= before.top - span * 0.02;
    if (inside && (high - low >= span * 0.12 || span <= 0.11)) return before;
  }
  for (const span of windowSpans) {
    const grid = span / 5;
    const bottom = Math.max(0, Math.ceil((high - span * 0.9) / grid - 1e-9) * grid);
    if (low >= bottom + span * 0.08) return { bottom, top: bottom + span };
  }
  return { bottom: 0, top: 5 };
}

const energyDigits = [1, 1.5, 2, 3, 4, 5, 6, 8, 10];

/** The smallest full scale of a chart, kWh, that shows `most`; 0.01 at the least. */
export function energyScale(most: number): number {
  const decade = 10 ** Math.floor(Math.log10(Math.max(0.01, most)));
  const digit = energyDigits.find((each) => each * decade >= most) ?? 10;
  return Number((digit * decade).toPrecision(3));
}

import type { EnergyPeriodJson } from '../protocol/energy-json';
import { energyScale } from '../screens/scales';

/** How the bars of a device stand. */
export interface PlotForm {
  /** kWh at the upper and the lower end; 0 where nothing goes that way. */
  readonly up: number;
  readonly down: number;
  /** From above, 0 to 1. */
  readonly zero: number;
}

/** What goes up: what a battery or meter gives out, or what a solar charger brings in. Below is the other way. */
export function plotForm(periods: readonly EnergyPeriodJson[], isOneWay: boolean): PlotForm {
  const most = (values: readonly (number | null)[]): number =>
    Math.max(0, ...values.map((value) => value ?? 0));
  const into = most(periods.flatMap(({ energyIn, energyInBefore }) => [energyIn, energyInBefore]));
  const out = most(periods.flatMap(({ energyOut, energyOutBefore }) => [energyOut, energyOutBefore]));
  const [above, below] = isOneWay ? [into, 0] : [out, into];
  const full = energyScale(Math.max(above, below) / 1000);
  // What only goes one way has all the room for it.
  const [up, down] = [above > 0 || below === 0 ? full : 0, below > 0 ? full : 0];
  return { up, down, zero: up / (up + down) };
}

import { periodCounts, type PeriodLength } from '../../model/energy/energy-periods';
import type { EnergyJson, EnergyPeriodsJson } from '../../protocol/energy-json';
import type { Refusal } from './history-answer';
import type { WebParts } from './web-parts';

/** Sums of the latest days, or of periods. */
export type EnergyAnswer =
  | { readonly devices: readonly EnergyJson[] }
  | { readonly by: PeriodLength; readonly devices: readonly EnergyPeriodsJson[] };

/**
 * What went in and out.
 *
 * @param question what stands in the address: `device` (all), and `by` (day, week, month or year), without which there are the
 * days that packdial itself keeps
 */
export async function energyAnswer(
  { energy, energyPeriods }: Pick<WebParts, 'energy' | 'energyPeriods'>,
  { by, device }: Readonly<Record<string, string>>,
): Promise<EnergyAnswer | Refusal> {
  const all = energy();
  if (device !== undefined && all.every((each) => each.device !== device))
    return { status: 404, problem: 'There is no device of this name.' };
  if (by === undefined)
    return { devices: device === undefined ? all : all.filter((each) => each.device === device) };
  if (!isLength(by)) return { status: 400, problem: 'by must be day, week, month or year.' };
  return { by, devices: await energyPeriods(by, device) };
}

function isLength(text: string): text is PeriodLength {
  return Object.hasOwn(periodCounts, text);
}

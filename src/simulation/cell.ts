// The 18650 cells of a Tesla Model S module: six groups in series, 74 cells in parallel in each.

/** V at rest, for a charge of 0, 10, 20 … 100 %: what such a cell is worked between. */
const restVoltages = [3.2, 3.41, 3.52, 3.59, 3.65, 3.71, 3.8, 3.89, 3.98, 4.07, 4.15] as const;

/** Ah of one group, and so of a module. */
export const groupCapacity = 232;
/** Ohm of one group. */
export const groupResistance = 0.00065;

/** V of a group at rest; below empty and above full the curve goes on straight. */
export function restVoltage(stateOfCharge: number): number {
  const place = stateOfCharge * (restVoltages.length - 1);
  const left = Math.min(Math.max(Math.floor(place), 0), restVoltages.length - 2);
  const low = restVoltages[left] ?? 0;
  const high = restVoltages[left + 1] ?? 0;
  return low + (high - low) * (place - left);
}

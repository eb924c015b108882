/** V at rest of a lithium iron phosphate cell by its charge: flat in the middle, steep at both ends. */
const curve = [
  [0, 2.8],
  [0.05, 3.1],
  [0.1, 3.2],
  [0.2, 3.25],
  [0.3, 3.28],
  [0.5, 3.305],
  [0.7, 3.335],
  [0.9, 3.35],
  [0.95, 3.365],
  [0.98, 3.41],
  [1, 3.55],
] as const;

/** V of a cell at rest, for a charge of 0..1; beyond that the curve goes on straight. */
export function lithiumIronVoltage(stateOfCharge: number): number {
  const above = curve.findIndex(([charge]) => charge > stateOfCharge);
  const right = above < 0 ? curve.length - 1 : Math.max(above, 1);
  const [[from, low], [to, high]] = [curve[right - 1] ?? curve[0], curve[right] ?? curve[1]];
  return low + ((high - low) * (stateOfCharge - from)) / (to - from);
}

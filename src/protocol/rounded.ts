/**
 * A number with so many decimals, as JSON has it; null for what is not known. Products of round numbers are not round in
 * binary: 41.1 V x -34 A is -1397.4 W, not -1397.4000000000001.
 */
export function rounded(value: number | undefined, decimals: number): number | null {
  return value === undefined || !Number.isFinite(value) ? null : Number(value.toFixed(decimals));
}

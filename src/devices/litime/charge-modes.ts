/**
 * Names of the charging mode. The maker documents none. The register has the form that SRNE's has (load in the high byte,
 * mode in the low one), so that SRNE's names are the default; `venus` is the list of the first public decoder.
 */
const chargeModes = {
  srne: ['off', 'active', 'MPPT', 'equalize', 'boost', 'float', 'current-limited'],
  venus: ['standby', 'float', 'boost', 'equalize', 'absorption'],
} as const;

/** A list of names. */
export type ChargeModeNames = keyof typeof chargeModes;

/** All lists, the default first. */
export const chargeModeLists = Object.keys(chargeModes) as [ChargeModeNames, ...ChargeModeNames[]];

/** The name of a mode; its number where the list has none, or there is no such list. */
export function chargeModeName(mode: number, list: unknown): string {
  const names: readonly string[] = chargeModes[list === 'venus' ? 'venus' : 'srne'];
  return names[mode] ?? String(mode);
}

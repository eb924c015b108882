/** What a meter can measure. The first is assumed: the role of a battery, which replaces its current, is to be given. */
export const meterRoles = ['other', 'battery', 'solar', 'inverter', 'load'] as const;

/** What a meter measures. */
export type MeterRole = (typeof meterRoles)[number];

/** A setting as a role; `undefined` for what is none. */
export function meterRole(value: unknown): MeterRole | undefined {
  return meterRoles.find((role) => role === value);
}

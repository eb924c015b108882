/** Bits of a JBD battery's protection word, bit 0 first: the names that JSON, history and alarms use. */
export const protectionFlags = [
  'cell-over-voltage',
  'cell-under-voltage',
  'pack-over-voltage',
  'pack-under-voltage',
  'charge-over-temperature',
  'charge-under-temperature',
  'discharge-over-temperature',
  'discharge-under-temperature',
  'charge-over-current',
  'discharge-over-current',
  'short-circuit',
  'front-end-error',
  'fet-locked',
  'charge-timeout',
  'bit-14',
  'bit-15',
] as const;

/** The name of one of them. */
export type ProtectionFlag = (typeof protectionFlags)[number];

/** Bits of a JBD battery's alarm word, bit 0 first: it is close to a limit, and has not switched anything off. */
export const warningFlags = [
  'cell-high',
  'cell-low',
  'pack-high',
  'pack-low',
  'charge-hot',
  'charge-cold',
  'discharge-hot',
  'discharge-cold',
  'charge-current-high',
  'discharge-current-high',
  'cells-differ',
  'charge-low',
  'bit-12',
  'bit-13',
  'bit-14',
  'bit-15',
] as const;

/** The name of one of them. */
export type WarningFlag = (typeof warningFlags)[number];

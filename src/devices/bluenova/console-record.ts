/** Cells that a console line can name. */
export const mostCells = 16;
/** Analogue inputs that a console line can name. */
export const converterInputs = 5;

/** What a battery's console has told since the last record; `undefined` is what it has not. */
export interface ConsoleRecord {
  /** 32 bits. */
  mcuId?: number;
  units?: number;
  rank?: number;
  cellCount?: number;
  /** V by cell, `mostCells` of them. */
  readonly cellVolts: (number | undefined)[];
  /** °C by cell. */
  readonly cellTemperatures: (number | undefined)[];
  /** V */
  packVoltage?: number;
  /** A, with the sign that the battery tells. */
  current?: number;
  /** °C */
  temperature?: number;
  /** V */
  cellMax?: number;
  /** V */
  cellMin?: number;
  /** % */
  charge?: number;
  /** % */
  health?: number;
  errors?: string;
  systemState?: string;
  breaker?: string;
  chargeState?: string;
  /** V */
  adcPack?: number;
  /** V by input, `converterInputs` of them. */
  readonly adc: (number | undefined)[];
  badCrc: number;
  parseFail: number;
  badCell: number;
  /** In a unit that is not documented. */
  energyOut?: number;
  energyIn?: number;
}

/** One in which nothing is told yet. */
export function emptyRecord(): ConsoleRecord {
  return {
    cellVolts: Array<undefined>(mostCells).fill(undefined),
    cellTemperatures: Array<undefined>(mostCells).fill(undefined),
    adc: Array<undefined>(converterInputs).fill(undefined),
    badCrc: 0,
    parseFail: 0,
    badCell: 0,
  };
}

/** What the newer tells, and from the older what the newer does not; of counts the greater. */
export function mergeRecords(older: ConsoleRecord, newer: ConsoleRecord): ConsoleRecord {
  const list = (name: 'cellVolts' | 'cellTemperatures' | 'adc'): (number | undefined)[] =>
    newer[name].map((value, i) => value ?? older[name][i]);
  const count = (name: 'badCrc' | 'parseFail' | 'badCell'): number => Math.max(older[name], newer[name]);
  return {
    ...older,
    ...newer,
    cellVolts: list('cellVolts'),
    cellTemperatures: list('cellTemperatures'),
    adc: list('adc'),
    badCrc: count('badCrc'),
    parseFail: count('parseFail'),
    badCell: count('badCell'),
  };
}

/** A column of the table `battery_pack`, as BlueNovaBatteryMonitor made it. */
export interface BatteryPackColumn {
  readonly name: string;
  readonly type: 'TIMESTAMP' | 'BIGINT' | 'SMALLINT' | 'REAL' | 'VARCHAR(32)' | 'VARCHAR(16)';
}

/** A row without its time: what was not told is null. */
export type BatteryPackValues = Readonly<Record<string, number | string | null>>;

/** One with the time at which it came about. */
export interface BatteryPackRow {
  /** ms since 1970. */
  readonly at: number;
  readonly values: BatteryPackValues;
}

/** The table's name. */
export const batteryPackTable = 'battery_pack';

const all = (type: BatteryPackColumn['type'], ...names: readonly string[]): readonly BatteryPackColumn[] =>
  names.map((name) => ({ name, type }));
const cells = (letter: string): readonly string[] =>
  Array.from({ length: 16 }, (_, i) => `cell_${String(i + 1).padStart(2, '0')}_${letter}`);

/** All columns, in the order of the table. */
export const batteryPackColumns: readonly BatteryPackColumn[] = [
  ...all('TIMESTAMP', 'insert_time_utc'),
  ...all('BIGINT', 'mcu_id'),
  ...all('SMALLINT', 'n_units', 'unit_rank', 'cell_count'),
  ...all('REAL', ...cells('v')),
  ...all('SMALLINT', ...cells('t')),
  ...all('REAL', 'v_pack', 'i_pack'),
  ...all('SMALLINT', 'temp'),
  ...all('REAL', 'v_cell_min', 'v_cell_max'),
  ...all('SMALLINT', 'soc'),
  ...all('REAL', 'health'),
  ...all('VARCHAR(32)', 'errors', 'system_state', 'breaker'),
  ...all('VARCHAR(16)', 'charge_state'),
  ...all('REAL', 'energy_in', 'energy_out', 'adc_vp', 'adc_0', 'adc_1', 'adc_2', 'adc_3', 'adc_4'),
  ...all('SMALLINT', 'bad_crc', 'parse_fail', 'bad_vcell'),
];

/** The statements that make it, as the original has it. */
export const createBatteryPack: readonly string[] = [
  `CREATE TABLE ${batteryPackTable} (${batteryPackColumns.map(({ name, type }) => `${name} ${type}`).join(', ')})`,
  `CREATE INDEX battery_pack_time ON ${batteryPackTable} (insert_time_utc)`,
];

const arrayTypes: Readonly<Record<BatteryPackColumn['type'], string>> = {
  TIMESTAMP: 'timestamp[]',
  BIGINT: 'bigint[]',
  SMALLINT: 'smallint[]',
  REAL: 'real[]',
  'VARCHAR(32)': 'text[]',
  'VARCHAR(16)': 'text[]',
};

/**
 * Inserts rows that are not there yet; parameters are a list for each column. The original's table has no key: a row is the
 * same when its time and its controller are.
 */
export const insertBatteryPack = ((): string => {
  const names = batteryPackColumns.map(({ name }) => name).join(', ');
  const lists = batteryPackColumns.map(({ type }, i) => `$${i + 1}::${arrayTypes[type]}`).join(', ');
  return `INSERT INTO ${batteryPackTable} (${names}) SELECT ${names} FROM unnest(${lists}) AS new (${names})
    WHERE NOT EXISTS (SELECT 1 FROM ${batteryPackTable} AS old
      WHERE old.insert_time_utc = new.insert_time_utc AND old.mcu_id = new.mcu_id)`;
})();

/** What PostgreSQL calls the types that hold what is written. */
const takenTypes: Readonly<Record<BatteryPackColumn['type'], RegExp>> = {
  TIMESTAMP: /^timestamp(\([3-6]\))? with(out)? time zone$/,
  BIGINT: /^(bigint|numeric)$/,
  SMALLINT: /^(smallint|integer|bigint|real|double precision|numeric)$/,
  REAL: /^(real|double precision|numeric)$/,
  'VARCHAR(32)': /^(character varying(\((3[2-9]|[4-9]\d|\d{3,})\))?|text)$/,
  'VARCHAR(16)': /^(character varying(\((1[6-9]|[2-9]\d|\d{3,})\))?|text)$/,
};

/**
 * The first column that a table of this name lacks, or that can't hold what is written.
 *
 * @param columns PostgreSQL's types by name
 */
export function unfitColumn(columns: ReadonlyMap<string, string>): string | undefined {
  return batteryPackColumns.find(({ name, type }) => !takenTypes[type].test(columns.get(name) ?? ''))?.name;
}

/** A row as a text for the spool. */
export function batteryPackText(values: BatteryPackValues): string {
  return JSON.stringify({ table: batteryPackTable, values });
}

/** Reads such a text. @throws Error for one of anything else */
export function parseBatteryPack({
  at,
  text,
}: {
  readonly at: number;
  readonly text: string;
}): BatteryPackRow {
  const { table, values } = JSON.parse(text) as { readonly table?: unknown; readonly values?: unknown };
  if (table !== batteryPackTable || typeof values !== 'object' || values === null)
    throw new Error('not a row of battery_pack');
  return { at, values: values as BatteryPackValues };
}

import { converterInputs, mostCells, type ConsoleRecord } from './console-record';

/** A column of the table `battery_pack`, as BlueNovaBatteryMonitor made it. */
export interface BatteryPackColumn {
  readonly name: string;
  readonly type: 'TIMESTAMP' | 'BIGINT' | 'SMALLINT' | 'REAL' | 'VARCHAR(32)' | 'VARCHAR(16)';
  /** The value in a row; `undefined` is NULL. The time is not in the record. */
  readonly of?: (record: ConsoleRecord) => number | string | undefined;
}

const numbers = (
  type: 'BIGINT' | 'SMALLINT',
  name: string,
  of: (record: ConsoleRecord) => number | undefined,
): BatteryPackColumn => ({ name, type, of });

const real = (
  name: string,
  decimals: number,
  of: (record: ConsoleRecord) => number | undefined,
): BatteryPackColumn => ({
  name,
  type: 'REAL',
  of: (record) => {
    const value = of(record);
    return value === undefined ? undefined : rounded(value, decimals);
  },
});

const text = (
  length: 16 | 32,
  name: string,
  of: (record: ConsoleRecord) => string | undefined,
): BatteryPackColumn => ({ name, type: `VARCHAR(${length})`, of });

const digits = (i: number): string => String(i + 1).padStart(2, '0');
const cells = (make: (i: number) => BatteryPackColumn): BatteryPackColumn[] =>
  Array.from({ length: mostCells }, (_, i) => make(i));

/** All columns, in the order of the table. */
export const batteryPackColumns: readonly BatteryPackColumn[] = [
  { name: 'insert_time_utc', type: 'TIMESTAMP' },
  numbers('BIGINT', 'mcu_id', (record) => record.mcuId),
  numbers('SMALLINT', 'n_units', (record) => record.units),
  numbers('SMALLINT', 'unit_rank', (record) => record.rank),
  numbers('SMALLINT', 'cell_count', (record) => record.cellCount),
  ...cells((i) => real(`cell_${digits(i)}_v`, 3, (record) => record.cellVolts[i])),
  ...cells((i) => numbers('SMALLINT', `cell_${digits(i)}_t`, (record) => record.cellTemperatures[i])),
  real('v_pack', 3, (record) => record.packVoltage),
  real('i_pack', 2, (record) => record.current),
  numbers('SMALLINT', 'temp', (record) => record.temperature),
  real('v_cell_min', 3, (record) => record.cellMin),
  real('v_cell_max', 3, (record) => record.cellMax),
  numbers('SMALLINT', 'soc', (record) => record.charge),
  real('health', 3, (record) => record.health),
  text(32, 'errors', (record) => record.errors),
  text(32, 'system_state', (record) => record.systemState),
  text(32, 'breaker', (record) => record.breaker),
  text(16, 'charge_state', (record) => record.chargeState),
  real('energy_in', 3, (record) => record.energyIn),
  real('energy_out', 3, (record) => record.energyOut),
  real('adc_vp', 3, (record) => record.adcPack),
  ...Array.from({ length: converterInputs }, (_, i) => real(`adc_${i}`, 4, (record) => record.adc[i])),
  numbers('SMALLINT', 'bad_crc', (record) => record.badCrc),
  numbers('SMALLINT', 'parse_fail', (record) => record.parseFail),
  numbers('SMALLINT', 'bad_vcell', (record) => record.badCell),
];

const mostOf = { BIGINT: 0xffffffff, SMALLINT: 0x7fff, REAL: 3.4e38 } as const;

/**
 * The values of a record by column, null where they are unknown or no column of the type holds them; without the time.
 * `undefined` for a record that does not say whose it is: it is not inserted.
 */
export function batteryPackRow(record: ConsoleRecord): Record<string, number | string | null> | undefined {
  if (record.mcuId === undefined) return undefined;
  return Object.fromEntries(
    batteryPackColumns.flatMap(({ name, type, of }) => {
      if (of === undefined) return [];
      const value = of(record);
      const fits = typeof value !== 'number' || Math.abs(value) <= mostOf[type as keyof typeof mostOf];
      return [[name, value === undefined || !fits ? null : value]];
    }),
  );
}

function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}

import { batteryPackColumns, type BatteryPackValues } from '../../protocol/battery-pack-table';
import type { ConsoleRecord } from './console-record';

type Of = (record: ConsoleRecord) => number | string | undefined;

/** What columns hold whose names are not numbered. */
const single: Readonly<Record<string, Of>> = {
  mcu_id: (record) => record.mcuId,
  n_units: (record) => record.units,
  unit_rank: (record) => record.rank,
  cell_count: (record) => record.cellCount,
  v_pack: (record) => record.packVoltage,
  i_pack: (record) => record.current,
  temp: (record) => record.temperature,
  v_cell_min: (record) => record.cellMin,
  v_cell_max: (record) => record.cellMax,
  soc: (record) => record.charge,
  health: (record) => record.health,
  errors: (record) => record.errors,
  system_state: (record) => record.systemState,
  breaker: (record) => record.breaker,
  charge_state: (record) => record.chargeState,
  energy_in: (record) => record.energyIn,
  energy_out: (record) => record.energyOut,
  adc_vp: (record) => record.adcPack,
  bad_crc: (record) => record.badCrc,
  parse_fail: (record) => record.parseFail,
  bad_vcell: (record) => record.badCell,
};

/** Decimals of a REAL where they are not 3. */
const decimals: Readonly<Record<string, number>> = {
  i_pack: 2,
  adc_0: 4,
  adc_1: 4,
  adc_2: 4,
  adc_3: 4,
  adc_4: 4,
};

const mostOf = { BIGINT: 0xffffffff, SMALLINT: 0x7fff, REAL: 3.4e38 } as const;

/**
 * The values of a record by column, null where they are unknown or no column of the type holds them; without the time.
 * `undefined` for a record that does not say whose it is: it is not inserted.
 */
export function batteryPackRow(record: ConsoleRecord): BatteryPackValues | undefined {
  if (record.mcuId === undefined) return undefined;
  return Object.fromEntries(
    batteryPackColumns
      .filter(({ type }) => type !== 'TIMESTAMP')
      .map(({ name, type }): readonly [string, number | string | null] => {
        const value = valueOf(name, record);
        if (typeof value !== 'number') return [name, value ?? null];
        if (Math.abs(value) > mostOf[type as keyof typeof mostOf]) return [name, null];
        return [name, type === 'REAL' ? Number(value.toFixed(decimals[name] ?? 3)) : value];
      }),
  );
}

function valueOf(name: string, record: ConsoleRecord): number | string | undefined {
  const [, cell = '', what] = /^cell_(\d\d)_([vt])$/.exec(name) ?? [];
  if (what !== undefined)
    return (what === 'v' ? record.cellVolts : record.cellTemperatures)[Number(cell) - 1];
  const [, input] = /^adc_(\d)$/.exec(name) ?? [];
  return input === undefined ? single[name]?.(record) : record.adc[Number(input)];
}

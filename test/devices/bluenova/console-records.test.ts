import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { batteryPackRow } from '../../../src/devices/bluenova/battery-pack-row';
import type { ConsoleRecord } from '../../../src/devices/bluenova/console-record';
import { ConsoleRecords } from '../../../src/devices/bluenova/console-records';
import { batteryPackColumns } from '../../../src/protocol/battery-pack-table';

interface Vector {
  readonly console: readonly { readonly t: number; readonly line: string }[];
  readonly connect_time: number;
  readonly interval_s: number;
  readonly expect: {
    readonly records: readonly {
      readonly time: number;
      readonly inserted: boolean;
      readonly row: Readonly<Record<string, number | string>>;
    }[];
  };
}
const [vector] = JSON.parse(
  readFileSync(path.join(__dirname, '../../fixtures/bluenova-console.json'), 'utf8'),
) as [Vector];

/** Lines at seconds, and the records that they lead to. */
function records(
  lines: readonly (readonly [t: number, line: string])[],
  interval = 10,
  connected = 1000,
): { readonly time: number; readonly record: ConsoleRecord }[] {
  const console = new ConsoleRecords(interval, connected);
  return lines.flatMap(([time, line]) => {
    const { due } = console.line(line, time);
    return due === undefined ? [] : [{ time, record: due }];
  });
}

/** The record that these lines lead to. */
function recordOf(...lines: string[]): ConsoleRecord {
  const all = records([...lines.map((line) => [1015, line] as const), [1021, '']]);
  return all[0]!.record;
}

function rowOf(...lines: string[]): Record<string, number | string | null> {
  return batteryPackRow(recordOf('MCU ID: 1', ...lines))!;
}

describe('records of a BlueNova console', () => {
  it('are those of the transcript, at its times and with its values', () => {
    const due = records(
      vector.console.map(({ t, line }) => [t, line] as const),
      vector.interval_s,
      vector.connect_time,
    );
    expect(due.map(({ time }) => time)).toEqual(vector.expect.records.map(({ time }) => time));
    due.forEach(({ record }, i) => {
      const { inserted, row: expected } = vector.expect.records[i]!;
      const row = batteryPackRow(record);
      expect(row !== undefined).toBe(inserted);
      for (const { name } of batteryPackColumns.slice(1)) {
        const value = expected[name] ?? null;
        if (typeof value === 'number') expect(row![name]).toBeCloseTo(value, 3);
        else expect(row![name]).toBe(value);
      }
    });
  });

  it('come a second after each boundary, the first 12 to 21 s after connecting, and none without lines', () => {
    const every = (from: number, to: number): (readonly [number, string])[] =>
      Array.from({ length: to - from + 1 }, (_, i) => [from + i, 'noise'] as const);
    const times = (connected: number): number[] =>
      records(every(connected, 1065), 10, connected).map(({ time }) => time);
    expect(times(1000)).toEqual([1021, 1031, 1041, 1051, 1061]);
    expect(times(1009)).toEqual([1021, 1031, 1041, 1051, 1061]);
    expect(times(1010)).toEqual([1031, 1041, 1051, 1061]);
    expect(records([...every(1000, 1015), ...every(1050, 1052)]).map(({ time }) => time)).toEqual([1050]);
    expect(records(every(1000, 1200), 60).map(({ time }) => time)).toEqual([1081, 1141]);
  });

  it('go on after the clock was set back by a day', () => {
    const due = records(
      [[1021, 'SOC: 80'], ...Array.from({ length: 60 }, (_, i) => [-85_000 + i, 'SOC: 81'] as const)],
      10,
    );
    expect(due.map(({ time }) => time)).toEqual([1021, -84_979, -84_969, -84_959, -84_949]);
  });

  it('hold only what was told since the last', () => {
    const due = records([
      [1005, 'MCU ID: A'],
      [1006, 'SOC: 87'],
      [1021, 'Vpack: 52000'],
      [1025, 'SOH: 99'],
      [1031, 'noise'],
    ]);
    expect(due.map(({ record }) => [record.charge, record.packVoltage, record.health])).toEqual([
      [87, 52, undefined],
      [undefined, undefined, 99],
    ]);
    expect(due.map(({ record }) => batteryPackRow(record) === undefined)).toEqual([false, true]);
  });
});

describe('lines of a BlueNova console', () => {
  it.each([
    ['MCU ID: 1A2B3C4D', 'mcu_id', 0x1a2b3c4d],
    ['MCU ID: ffffffff', 'mcu_id', 0xffffffff],
    ['--- PO PARAMS --- (i=3)', 'n_units', 3],
    ['after assignRank() --> own rank = 2', 'unit_rank', 2],
    ['CellCount: 16', 'cell_count', 16],
    ['Vpack: 52344', 'v_pack', 52.344],
    ['Current: -12.355', 'i_pack', -12.36],
    ['Current: .5', 'i_pack', 0.5],
    ['Temp: -1', 'temp', -1],
    ['Vc_max: 3316', 'v_cell_max', 3.316],
    ['Vc_min: 3301 mV', 'v_cell_min', 3.301],
    ['SOC: 87', 'soc', 87],
    ['SOC:  87%', 'soc', 87],
    ['SOH: 99.125', 'health', 99.125],
    ['Errors: "OV; UT" and more', 'errors', 'OV; UT'],
    ['Errors: ""', 'errors', ''],
    ['Errors: "x\'); DROP TABLE battery_pack;--"', 'errors', "x'); DROP TABLE battery_pack;--"],
    [`Errors: "${'e'.repeat(40)}"`, 'errors', 'e'.repeat(32)],
    ['System_State: RUN AND GO\r', 'system_state', 'RUN AND GO'],
    ['Breaker: \u0000CLOSED', 'breaker', 'CLOSED'],
    ['Charge State: DISCHARGE (2)', 'charge_state', 'DISCHARGE'],
    [`Charge State: ${'c'.repeat(20)}`, 'charge_state', 'c'.repeat(16)],
    ['Vp_adc: 52816', 'adc_vp', 52.816],
    ['DEBUG: ADC[0]: 1023 = 2500.5', 'adc_0', 2.5005],
    ['DEBUG: ADC[4]: 17 = 41.2', 'adc_4', 0.0412],
    ['C16) T: -1, V: 3316', 'cell_16_t', -1],
    ['C16) T: -1, V: 3316', 'cell_16_v', 3.316],
  ])('%j is %s %j', (line, column, value) => {
    expect(rowOf(line)[column]).toBe(value);
  });

  it.each([
    'mcu id: 1A',
    ' SOC: 87',
    'SOC:87',
    'soc: 87',
    'X SOC: 87',
    'C1) T: 25, V: 3300',
    'C00) T: 25, V: 3300',
    'C17) T: 25, V: 3300',
    'DEBUG: ADC[5]: 1 = 2',
    'MCU ID: ',
    'MCU ID: 123456789',
    'Vpack: ',
    'Vpack: none',
    'Current: nan',
    'Current: inf',
    'Current: 1e999',
    'SOC: 99999999999',
    'DEBUG: ADC[0]: x = 1',
    'Errors: none',
  ])('%j tells nothing', (line) => {
    const untouched = rowOf();
    expect(rowOf(line)).toEqual(untouched);
  });

  it('of a cell without a voltage keep the voltage that was told before', () => {
    const row = rowOf('C01) T: 25, V: 3301', 'C01) T: 26', 'C02) T: 20');
    expect([row['cell_01_t'], row['cell_01_v'], row['cell_02_t'], row['cell_02_v']]).toEqual([
      26,
      3.301,
      20,
      null,
    ]);
  });

  it('are counted where they tell of faults, anew for each record', () => {
    const due = records([
      [1005, 'MCU ID: A'],
      [1005, 'INFO: BAD CRC'],
      [1006, 'INFO: BAD CRC at 12'],
      [1006, 'INFO: cellcomms parse FAIL'],
      [1021, 'DEBUG: REJECT BAD V'],
      [1022, 'INFO: BAD CRC'],
      [1031, 'noise'],
    ]);
    expect(due.map(({ record: { badCrc, parseFail, badCell } }) => [badCrc, parseFail, badCell])).toEqual([
      [2, 1, 1],
      [1, 0, 0],
    ]);
  });

  it('tell energy as a pair, out first, only after it was said to be stored, and until the connection ends', () => {
    const arm = 'DEBUG: CALC PACK_CHARGE, STORE IN FLASH';
    const write = (value: number): string => `Write EnergyOut: ${value}`;
    const pairOf = (...lines: string[]): unknown[] => {
      const { energyOut, energyIn } = recordOf(...lines);
      return [energyOut, energyIn];
    };
    expect(pairOf(write(1), write(2))).toEqual([undefined, undefined]);
    expect(pairOf(write(1), arm, write(2))).toEqual([2, undefined]);
    expect(pairOf(arm, write(2), write(3), write(4), write(5))).toEqual([2, 3]);
    expect(pairOf(arm, write(2), write(3), arm, write(4))).toEqual([4, 3]);
    expect(pairOf(arm, write(2), arm, write(3))).toEqual([3, undefined]);
    const [, later] = records([
      [1005, arm],
      [1005, write(2.5)],
      [1021, ''],
      [1031, ''],
    ]);
    expect(later!.record.energyOut).toBe(2.5);
  });

  it('that no column holds leave it NULL', () => {
    const row = rowOf('SOC: 100000', 'Current: 1e99', 'Vpack: 1');
    expect([row['soc'], row['i_pack'], row['v_pack']]).toEqual([null, null, 0.001]);
  });
});

describe('the table battery_pack', () => {
  it('has the columns of the original, in its order', () => {
    const cells = (letter: string): string[] =>
      Array.from({ length: 16 }, (_, i) => `cell_${String(i + 1).padStart(2, '0')}_${letter}`);
    expect(batteryPackColumns.map(({ name }) => name)).toEqual([
      ...['insert_time_utc', 'mcu_id', 'n_units', 'unit_rank', 'cell_count'],
      ...cells('v'),
      ...cells('t'),
      ...['v_pack', 'i_pack', 'temp', 'v_cell_min', 'v_cell_max', 'soc', 'health', 'errors', 'system_state'],
      ...['breaker', 'charge_state', 'energy_in', 'energy_out', 'adc_vp'],
      ...['adc_0', 'adc_1', 'adc_2', 'adc_3', 'adc_4', 'bad_crc', 'parse_fail', 'bad_vcell'],
    ]);
    expect(new Set(batteryPackColumns.map(({ type }) => type))).toEqual(
      new Set(['TIMESTAMP', 'BIGINT', 'SMALLINT', 'REAL', 'VARCHAR(32)', 'VARCHAR(16)']),
    );
  });
});

import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { jbdBle } from '../../../src/devices/jbd/jbd-ble';
import { jbdSerial } from '../../../src/devices/jbd/jbd-serial';
import { decodeBasic } from '../../../src/devices/jbd/registers';
import { answerFrame, frameAt, registers } from '../../../src/devices/jbd/frame';
import { contextOf, FakeDeviceClock } from '../fake-device';
import { RecordingReadingSink } from '../recording-reading-sink';
import { protectionFlags } from '../../../src/model/flag-names';

interface Vector {
  readonly source: string;
  readonly hex: readonly string[];
  readonly note?: string;
  readonly expect: {
    readonly valid: boolean;
    readonly register: number;
    readonly pack_voltage_v: number;
    readonly current_a: number;
    readonly remaining_ah: number;
    readonly nominal_ah: number;
    readonly cycles: number;
    readonly production_date: string;
    readonly balancing_cells: readonly number[];
    readonly protection_raw: number;
    readonly software_version_raw: number;
    readonly soc_pct: number;
    readonly charge_fet: boolean;
    readonly discharge_fet: boolean;
    readonly cell_count: number;
    readonly ntc_count: number;
    readonly temps_c: readonly number[];
    readonly cells_v?: readonly number[];
    readonly model?: string;
    readonly ext?: {
      readonly humidity_pct: number;
      readonly alarm_raw: number;
      readonly full_charge_ah: number;
      readonly remaining_ah: number;
      readonly balance_current_raw: number;
    };
  };
}

const vectors = JSON.parse(
  readFileSync(path.join(__dirname, '../../fixtures/jbd.json'), 'utf8'),
) as readonly Vector[];

describe.each(vectors.map((vector) => [`${vector.source} ${vector.hex[0] ?? ''}`, vector] as const))(
  '%s',
  (_name, { hex, expect: told }) => {
    const sink = new RecordingReadingSink();
    const listen = jbdSerial.listen(contextOf(new FakeDeviceClock()), sink);
    for (const [i, piece] of hex.entries()) listen({ at: 1000 + 20 * i, bytes: Buffer.from(piece, 'hex') });
    const [reading] = sink.readings;

    test('is one reading of its group, at the time of its last piece', () => {
      expect(told.valid).toBe(true);
      expect(sink.causes).toEqual([]);
      const group = { 3: 'basic', 4: 'cells', 5: 'version' }[told.register];
      expect(sink.readings).toMatchObject([{ device: 'house', group, at: 1000 + 20 * (hex.length - 1) }]);
    });

    test('says the same through a Bluetooth module', () => {
      const other = new RecordingReadingSink();
      const listenThere = jbdBle.listen(contextOf(new FakeDeviceClock()), other);
      for (const [i, piece] of hex.entries())
        listenThere({ at: 1000 + 20 * i, bytes: Buffer.from(piece, 'hex'), characteristic: 'ff01' });
      expect(other.readings.map(({ values, cells, texts }) => [values, cells, texts])).toEqual(
        sink.readings.map(({ values, cells, texts }) => [values, cells, texts]),
      );
    });

    if (told.register === 3) {
      test('has the values of register 03', () => {
        expect(reading?.values).toMatchObject({
          voltage: told.pack_voltage_v,
          current: told.current_a,
          remainingCapacity: told.remaining_ah,
          nominalCapacity: told.nominal_ah,
          cycles: told.cycles,
          stateOfCharge: told.soc_pct,
          protection: told.protection_raw,
          chargeSwitch: Number(told.charge_fet),
          dischargeSwitch: Number(told.discharge_fet),
        });
        expect(reading?.values['fullCapacity']).toBe(told.ext?.full_charge_ah);
        expect(reading?.balancing).toEqual(told.balancing_cells);
        expect(reading?.temperatures).toEqual(told.temps_c);
        expect(reading?.texts).toEqual({
          firmware: `${told.software_version_raw >> 4}.${told.software_version_raw & 15}`,
          produced: told.production_date,
        });
      });

      test('has the numbers that no reading holds', () => {
        const bytes = Buffer.from(hex.join(''), 'hex');
        const frame = frameAt(bytes, 0, bytes.length);
        if ('wrong' in frame) throw new Error(frame.wrong);
        const info = decodeBasic(frame.data);
        expect(info).toMatchObject({ cells: told.cell_count, probes: told.ntc_count });
        expect(info?.tail).toEqual(
          told.ext && {
            humidity: told.ext.humidity_pct,
            alarms: told.ext.alarm_raw,
            full: told.ext.full_charge_ah,
            remaining: told.ext.remaining_ah,
            balanceCurrent: told.ext.balance_current_raw,
          },
        );
      });
    }

    if (told.cells_v !== undefined) {
      test('has the cells, and none where a cell is not there', () => {
        const volts = told.cells_v?.map((value) => (value === 0 ? undefined : value));
        expect(reading?.cells).toEqual({ first: 0, total: volts?.length, volts });
      });
    }

    if (told.model !== undefined) {
      test('has the model', () => expect(reading?.texts).toEqual({ model: told.model }));
    }
  },
);

describe('answers that are not what was expected', () => {
  function answered(register: number, data: Uint8Array): RecordingReadingSink {
    const sink = new RecordingReadingSink();
    const listen = jbdSerial.listen(contextOf(new FakeDeviceClock()), sink);
    const bytes = answerFrame({ register, status: 0, data });
    // In pieces of twenty bytes, as a Bluetooth module cuts them.
    for (let from = 0; from < bytes.length; from += 20)
      listen({ at: from, bytes: bytes.subarray(from, from + 20) });
    return sink;
  }
  const basicOf = (cells: number, more: readonly number[]): Uint8Array =>
    Uint8Array.from([5, 40, ...Array<number>(18).fill(0), 3, cells, 0, ...more]);
  const cellsOf = (count: number): Uint8Array =>
    Uint8Array.from(Array.from({ length: count }, () => [0x0c, 0xe4]).flat());

  test('a longer register 03 is read as far as it is known', () => {
    const tail = [40, 0, 0, 0x27, 0x10, 0, 0, 0, 0];
    const sink = answered(registers.basic, basicOf(16, [...tail, ...Array<number>(120).fill(0xab)]));
    expect(sink.causes).toEqual([]);
    expect(sink.readings[0]?.values).toMatchObject({ voltage: 13.2, fullCapacity: 100, humidity: 40 });
  });

  test('32 cells of a battery that says 16 are 32 cells; more than that are none, and counted', () => {
    expect(answered(registers.basic, basicOf(16, [])).causes).toEqual([]);
    const { readings, causes } = answered(registers.cells, cellsOf(32));
    expect([readings[0]?.cells?.total, readings[0]?.cells?.volts[31], causes]).toEqual([32, 3.3, []]);
    const many = answered(registers.cells, cellsOf(33));
    expect([many.readings, many.causes]).toEqual([[], ['implausible']]);
  });
});

test('the first flag is the lowest bit', () => {
  expect(protectionFlags[0]).toBe('cell-over-voltage');
  expect(vectors.find(({ expect: { protection_raw } }) => protection_raw === 1)).toBeDefined();
});

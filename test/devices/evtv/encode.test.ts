import * as fc from 'fast-check';
import type { BatteryMeasurement } from '../../../src/devices/evtv/measurement';
import { dataFrame, type CanFrame } from '../../../src/protocol/can-frame';
import { decodeEvtvFrame } from '../../../src/devices/evtv/decode';
import * as encode from '../../../src/devices/evtv/encode';
import { evtvIds, type EvtvOptions } from '../../../src/devices/evtv/messages';

const hex = (frame: CanFrame): string =>
  `${frame.id.toString(16)}#${Buffer.from(frame.data).toString('hex')}`;

describe("the manual's examples", () => {
  it('cuts what does not fit the wire, towards zero', () => {
    const pack = {
      packCurrent: 57,
      packVoltage: 48.76,
      ampHours: -114.56,
      temperatureMax: 41,
      temperatureMin: 18,
    };
    expect(hex(encode.encodePack(pack))).toBe('150#3900e70187fb2912');
    expect(hex(encode.encodeStateOfCharge({ stateOfCharge: 77.75 }))).toBe('650#9b');
    expect(hex(encode.encodeCellSummary({ cellLow: 3.214, cellHigh: 3.274, cellAverage: 3.262 }))).toBe(
      '651#8e0cca0cbe0c',
    );
    expect(hex(encode.encodeCutoffs({ highCutoff: 4.2, lowCutoff: 3.25 }))).toBe('652#000000002a002000');
    const voltages = [3.475, 3.47, 3.48, 3.46, 3.47, 3.49];
    expect(hex(encode.encodeModule({ index: 0, total: 7, voltages }))).toBe('68f#0007939394929395');
  });

  it('sends what the field sends besides', () => {
    expect(hex(encode.encodeFinePower({ fineCurrent: 25, finePower: 9927.17 }))).toBe('151#c4090000cd250f00');
    expect(hex(encode.encodeSetPoints({ frequencyShiftVolts: 57.77, chargerAmps: 884.2 }))).toBe(
      '683#000091168a22',
    );
    expect(
      hex(
        encode.encodeCellSummary({
          cellLow: 3.214,
          cellHigh: 3.274,
          cellAverage: 3.262,
          maxCells: 42,
          activeCells: 41,
        }),
      ),
    ).toBe('651#8e0cca0cbe0c2a29');
  });
});

describe('values that a field has no room for', () => {
  it('sends the nearest that it has', () => {
    const pack = {
      packCurrent: -1e9,
      packVoltage: -3,
      ampHours: 1e9,
      temperatureMax: 300,
      temperatureMin: -12,
    };
    expect(hex(encode.encodePack(pack))).toBe('150#00800000ff7fff00');
    expect(hex(encode.encodeModule({ index: 300, total: 300, voltages: [9, -1] }))).toBe(
      '68f#ffffff0000000000',
    );
  });

  it('sends temperatures below zero when the receiver reads them so', () => {
    const pack = { packCurrent: 0, packVoltage: 0, ampHours: 0, temperatureMax: 3, temperatureMin: -12 };
    expect(hex(encode.encodePack(pack, { signedTemperatures: true }))).toBe('150#00000000000003f4');
  });

  it.each([Number.NaN, Infinity, -Infinity])('throws for %d', (value) => {
    expect(() => encode.encodeStateOfCharge({ stateOfCharge: value })).toThrow(RangeError);
  });
});

describe('decoding and encoding', () => {
  const options = fc.record<EvtvOptions>({
    invertCurrent150: fc.boolean(),
    invert151: fc.boolean(),
    signedTemperatures: fc.boolean(),
  });

  function encodeAgain(frame: CanFrame, how: EvtvOptions): CanFrame | undefined {
    const m = decodeEvtvFrame(frame, how);
    if ('rejected' in m) return undefined;
    // Each message has exactly the values that its own encoder takes.
    const values = m as Required<BatteryMeasurement>;
    switch (m.message) {
      case '0x150':
        return encode.encodePack(values, how);
      case '0x151':
        return encode.encodeFinePower(values, how);
      case '0x650':
        return encode.encodeStateOfCharge(values);
      case '0x651':
        return encode.encodeCellSummary(values);
      case '0x652':
        return encode.encodeCutoffs(values);
      case '0x683':
        return encode.encodeSetPoints(values);
      case '0x68F':
        return encode.encodeModule(m.module!);
    }
  }

  it('undo one another, to the last bit of every field', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...evtvIds),
        fc.uint8Array({ minLength: 8, maxLength: 8 }),
        options,
        (id, bytes, how) => {
          const again = encodeAgain(dataFrame(id, bytes), how);
          if (again === undefined) return id === 0x68f;
          const meaningless = { 0x652: [0, 4], 0x683: [0, 2] }[id] ?? [0, 0];
          bytes.fill(0, meaningless[0], meaningless[1]);
          // -32768 turned has no place in 16 bits: the one value that can't come back.
          const words = new DataView(bytes.buffer);
          if (id === 0x150 && how.invertCurrent150 === true) {
            for (const at of [0, 4]) if (words.getInt16(at, true) === -32768) return true;
          }
          if (id === 0x151 && how.invert151 === true) {
            for (const at of [0, 4]) if (words.getInt32(at, true) === -(2 ** 31)) return true;
          }
          expect(hex(again)).toBe(hex(dataFrame(id, bytes.subarray(0, again.data.length))));
          return true;
        },
      ),
      { numRuns: 2000 },
    );
  });
});

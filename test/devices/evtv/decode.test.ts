import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import fc from 'fast-check';
import type { BatteryMeasurement } from '../../../src/devices/evtv/measurement';
import { dataFrame, type CanFrame } from '../../../src/protocol/can-frame';
import { evtvReading, whatIsTold } from '../../../src/devices/evtv/readings';
import { Site } from '../../../src/model/site';
import { decodeEvtvFrame } from '../../../src/devices/evtv/decode';
import { evtvIds, type EvtvOptions } from '../../../src/devices/evtv/messages';
import { decodeDatagram } from '../../../src/protocol/udp-frame';

interface Vector {
  readonly hex: readonly string[];
  readonly expect: Readonly<Record<string, number | boolean | string | number[]>>;
  readonly note?: string;
}

const vectors = JSON.parse(
  readFileSync(path.join(__dirname, '../../fixtures/evtv-udp.json'), 'utf8'),
) as Vector[];

const fieldOf: Readonly<Record<string, keyof BatteryMeasurement>> = {
  pack_current_a: 'packCurrent',
  pack_voltage_v: 'packVoltage',
  pack_ah: 'ampHours',
  max_temp_c: 'temperatureMax',
  min_temp_c: 'temperatureMin',
  soc_pct: 'stateOfCharge',
  low_cell_v: 'cellLow',
  high_cell_v: 'cellHigh',
  avg_cell_v: 'cellAverage',
  high_cutoff_v: 'highCutoff',
  low_cutoff_v: 'lowCutoff',
};

function frameOf(hex: string): CanFrame {
  const frame = decodeDatagram(Buffer.from(hex, 'hex'));
  if ('rejected' in frame) throw new Error(`rejected: ${frame.rejected}`);
  return frame;
}

function measured(frame: CanFrame, options?: EvtvOptions): BatteryMeasurement {
  const measurement = decodeEvtvFrame(frame, options);
  if ('rejected' in measurement) throw new Error(`rejected: ${measurement.rejected}`);
  return measurement;
}

describe('the known datagrams mean what the manual says', () => {
  it.each(vectors.map((vector) => [vector.note ?? vector.hex[0], vector] as const))('%s', (_, vector) => {
    const wanted = vector.expect;
    if ('rejected' in wanted) {
      expect(decodeDatagram(Buffer.from(vector.hex[0]!, 'hex'))).toEqual({ rejected: 'wrong length' });
      return;
    }
    const measurements = vector.hex.map((hex) => measured(frameOf(hex)));
    const [first] = measurements;
    if ('can_id' in wanted) expect(frameOf(vector.hex[0]!).id).toBe(wanted['can_id']);
    if ('dlc_byte' in wanted) expect(frameOf(vector.hex[0]!).declaredLength).toBe(wanted['dlc_byte']);
    for (const [key, field] of Object.entries(fieldOf)) {
      // Object.is: 41.1 is 41.1 and 0 is not -0.
      if (key in wanted) expect(first![field]).toBe(wanted[key]);
    }
    if ('cells_v' in wanted)
      expect(measurements.flatMap((m) => m.module!.voltages)).toEqual(wanted['cells_v']);
    if ('power_w_exact' in wanted) {
      expect(first!.packCurrent! * first!.packVoltage!).toBeCloseTo(wanted['power_w_exact'] as number, 6);
    }
  });
});

describe('0x150', () => {
  const frame = dataFrame(0x150, Uint8Array.of(0xde, 0xff, 0x9b, 0x01, 0xb3, 0xc8, 0xfb, 0x21));

  it('has no value but its own', () => {
    expect(measured(frame)).toEqual({
      message: '0x150',
      packCurrent: -34,
      packVoltage: 41.1,
      ampHours: -1415.7,
      temperatureMax: 251,
      temperatureMin: 33,
    });
  });

  it('turns current and ampere-hours when inverted, and nothing else', () => {
    expect(measured(frame, { invertCurrent150: true, invert151: true })).toEqual({
      ...measured(frame),
      packCurrent: 34,
      ampHours: 1415.7,
    });
  });

  it('has temperatures below zero only when told so', () => {
    expect(measured(frame, { signedTemperatures: true })).toMatchObject({
      temperatureMax: -5,
      temperatureMin: 33,
    });
  });

  it('never gives -0', () => {
    const zeros = dataFrame(0x150, new Uint8Array(8));
    const options = { invertCurrent150: true, invert151: true, signedTemperatures: true };
    for (const value of Object.values(measured(zeros, options)).slice(1)) expect(value).toBe(0);
    const fine = measured(dataFrame(0x151, new Uint8Array(8)), options);
    expect([fine.fineCurrent, fine.finePower]).toEqual([0, 0]);
  });

  it('turns the most negative current there is', () => {
    const extreme = dataFrame(0x150, Uint8Array.of(0, 0x80, 0, 0, 0, 0x80, 0, 0));
    expect(measured(extreme, { invertCurrent150: true })).toMatchObject({
      packCurrent: 32768,
      ampHours: 3276.8,
    });
  });
});

describe('0x151', () => {
  const frame = frameOf('74caffff725deaff51010000000000000000000000000008');

  it('is current and power in hundredths', () => {
    expect(measured(frame)).toEqual({ message: '0x151', fineCurrent: -137.08, finePower: -14178.7 });
  });

  it('turns both when inverted, and not for the option of 0x150', () => {
    expect(measured(frame, { invert151: true })).toMatchObject({ fineCurrent: 137.08, finePower: 14178.7 });
    expect(measured(frame, { invertCurrent150: true })).toEqual(measured(frame));
  });
});

describe('0x651', () => {
  const sixBytes = [0x8e, 0x0c, 0xca, 0x0c, 0xbe, 0x0c];
  const decode = (extra: readonly number[], declaredLength?: number): BatteryMeasurement =>
    measured({
      ...dataFrame(0x651, Uint8Array.of(...sixBytes, ...extra)),
      ...(declaredLength === undefined ? {} : { declaredLength }),
    });

  it('counts cells only when all eight bytes were sent', () => {
    expect(decode([])).toEqual({ message: '0x651', cellLow: 3.214, cellHigh: 3.274, cellAverage: 3.262 });
    expect(decode([94])).not.toHaveProperty('maxCells');
    expect(decode([94, 37])).toMatchObject({ maxCells: 94, activeCells: 37 });
    expect(decode([0, 0])).toMatchObject({ maxCells: 0, activeCells: 0 });
  });

  it('S0.87, S0.101: takes no junk behind the length that a datagram says', () => {
    for (let length = 1; length < 8; length++)
      for (const behind of [
        [94, 37],
        [0, 0],
        [255, 1],
      ])
        expect(decode(behind, length)).toEqual(decode([]));
    expect(decode([94, 37], 8)).toMatchObject({ maxCells: 94, activeCells: 37 });
    expect(decode([0, 0], 8)).toMatchObject({ maxCells: 0, activeCells: 0 });
  });

  it('takes two zeros for nothing when the length byte makes no sense', () => {
    expect(decode([0, 0], 0)).not.toHaveProperty('maxCells');
    expect(decode([94, 0], 0)).toMatchObject({ maxCells: 94, activeCells: 0 });
  });

  it('has its cells though the length byte of the datagram is too small', () => {
    expect(decode([0, 0], 1)).toMatchObject({ cellLow: 3.214, cellHigh: 3.274, cellAverage: 3.262 });
  });
});

describe('the module BMS of a GEVCU', () => {
  const moduleBms = { moduleBms: true } as const;
  const pack = (fault = 0): CanFrame =>
    dataFrame(0x650, Uint8Array.of(0x9b, 0x0e, 0x38, 0xff, 155, 0x1f, 0xfb, fault));
  const cells = (contactors: number): CanFrame =>
    dataFrame(0x651, Uint8Array.of(0x8e, 0x0c, 0xca, 0x0c, 0xbe, 0x0c, contactors, 0));
  const told = (frame: CanFrame, options: EvtvOptions = moduleBms) => whatIsTold(measured(frame, options));

  it('has the whole pack in 0x650', () => {
    expect(told(pack())).toMatchObject({
      group: '0x650',
      values: { voltage: 373.9, current: -20, stateOfCharge: 77.5, temperatureMax: 31, temperatureMin: -5 },
      texts: { errors: 'none' },
    });
    expect(told(pack(), { ...moduleBms, invertCurrent150: true }).values).toMatchObject({ current: 20 });
  });

  it.each([
    [1, 'Pack voltage too low'],
    [2, 'Pack voltage too high'],
    [3, 'Too cold'],
    [4, 'Too hot'],
    [0x85, 'Isolation fault'],
    [9, 'Fault 9'],
    [0x40, 'Fault 64'],
  ])('has fault %i in words', (fault, text) => {
    expect(told(pack(fault)).texts).toEqual({ errors: text });
  });

  it('is switched off unless all four bits of the contactors are set', () => {
    for (let bits = 0; bits < 16; bits++) {
      const on = bits === 15 ? 1 : 0;
      expect(told(cells(bits)).values).toEqual({
        ...{ cellLow: 3.214, cellHigh: 3.274, cellAverage: 3.262 },
        ...{ chargeSwitch: on, dischargeSwitch: on },
      });
    }
  });

  it('is read so only where it is asked for, and a shorter message not at all', () => {
    expect(measured(pack())).toEqual({ message: '0x650', stateOfCharge: 0x9b / 2 });
    expect(measured(cells(15))).toMatchObject({ maxCells: 15 });
    expect(decodeEvtvFrame(dataFrame(0x650, Uint8Array.of(155)), moduleBms)).toEqual({
      rejected: 'short frame',
    });
    expect(measured(frameOf('deff9b01b3c8242150010000000000000000000000000008'), moduleBms)).toMatchObject({
      packCurrent: -34,
    });
  });

  it('has an alarm while it tells a fault', () => {
    const { battery, alarms } = new Site().battery('battery');
    const hear = (fault: number, at: number): void => {
      battery.apply(evtvReading(measured(pack(fault), moduleBms), at));
      alarms.look(battery, at);
    };
    hear(0, 0);
    expect(alarms.alarming).toBe(false);
    for (let at = 1000; at < 10_000; at += 1000) hear(5, at);
    expect(alarms.log.list.map(({ report }) => report)).toEqual([
      { code: 'battery-error', values: { text: 'Isolation fault' } },
    ]);
  });
});

describe('0x683', () => {
  it('is the set points of inverter and charger', () => {
    expect(measured(frameOf('de798f1615018a2283060000000000000000000000000008'))).toEqual({
      message: '0x683',
      frequencyShiftVolts: 57.75,
      chargerAmps: 27.7,
    });
  });
});

describe('0x68F', () => {
  const decode = (sequence: number, total: number): unknown =>
    decodeEvtvFrame(dataFrame(0x68f, Uint8Array.of(sequence, total, 0, 255, 147, 148, 100, 1)));

  it('gives six cells of 2.00 to 4.55 V and their place', () => {
    expect(decode(6, 7)).toEqual({
      message: '0x68F',
      module: { index: 6, total: 7, voltages: [2, 4.55, 3.47, 3.48, 3, 2.01] },
    });
    expect(decode(254, 255)).toMatchObject({ module: { index: 254, total: 255 } });
  });

  it.each([
    [0, 0],
    [7, 7],
    [255, 255],
    [40, 6],
  ])('with number %i of %i is out of sequence', (sequence, total) => {
    expect(decode(sequence, total)).toEqual({ rejected: 'bad sequence' });
  });
});

describe('what is not a message of the battery', () => {
  const required: Readonly<Record<number, number>> = {
    0x150: 8,
    0x151: 8,
    0x650: 1,
    0x651: 6,
    0x652: 8,
    0x683: 6,
    0x68f: 8,
  };

  it('knows exactly these ids', () => {
    expect([...evtvIds].sort()).toEqual(Object.keys(required).map(Number).sort());
    for (let id = 0; id <= 0x7ff; id++) {
      if (evtvIds.includes(id)) continue;
      expect(decodeEvtvFrame(dataFrame(id, new Uint8Array(8)))).toEqual({ rejected: 'unknown id' });
    }
  });

  it('rejects each message that is shorter than its fields', () => {
    for (const id of evtvIds) {
      for (let length = 0; length <= 8; length++) {
        const data = new Uint8Array(length);
        if (length > 1) data[1] = 1;
        const result = decodeEvtvFrame(dataFrame(id, data));
        if (length < required[id]!) expect(result).toEqual({ rejected: 'short frame' });
        else expect(result).not.toHaveProperty('rejected');
      }
    }
  });

  it('S0.135: tolerates whatever is in bytes that no message uses', () => {
    // Of 0x652 the first four, of 0x683 all but the middle; behind the fields there may be more.
    const used: Readonly<Record<number, readonly number[]>> = {
      0x650: [0],
      0x651: [0, 1, 2, 3, 4, 5, 6, 7],
      0x652: [4, 5, 6, 7],
      0x683: [2, 3, 4, 5],
    };
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(used).map(Number)),
        fc.uint8Array({ minLength: 8, maxLength: 8 }),
        fc.uint8Array({ minLength: 8, maxLength: 8 }),
        (id, data, noise) => {
          const noisy = data.map((byte, i) => (used[id]!.includes(i) ? byte : noise[i]!));
          expect(decodeEvtvFrame(dataFrame(id, noisy))).toEqual(decodeEvtvFrame(dataFrame(id, data)));
          expect(decodeEvtvFrame(dataFrame(id, noisy))).not.toHaveProperty('rejected');
        },
      ),
    );
  });

  it('S0.80: takes CAN 2.0A, 11-bit ids, and rejects remote requests and extended ids that look alike', () => {
    for (const id of evtvIds) {
      const frame = dataFrame(id, new Uint8Array(8));
      expect(decodeEvtvFrame({ ...frame, remote: true })).toEqual({ rejected: 'remote request' });
      expect(decodeEvtvFrame({ ...frame, extended: true })).toEqual({ rejected: 'extended id' });
      expect(decodeEvtvFrame({ ...frame, id: 0x18ff0000 + id, extended: true })).toEqual({
        rejected: 'extended id',
      });
    }
  });
});

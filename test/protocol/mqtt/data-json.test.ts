import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jbdSerial } from '../../../src/devices/jbd/jbd-serial';
import { oldLayout } from '../../../src/devices/thornwave/payload';
import { thornwaveBle } from '../../../src/devices/thornwave/thornwave-ble';
import type { DeviceType } from '../../../src/devices/device-type';
import { Battery } from '../../../src/model/battery';
import { Device } from '../../../src/model/device';
import { batteryData, meterData } from '../../../src/protocol/mqtt/data-json';
import { telegrafValues } from '../../../src/protocol/telegraf-values';
import { VirtualClock } from '../../devices/virtual-clock';

const [four, eight, meter] = JSON.parse(
  readFileSync(join(__dirname, '../../fixtures/telegraf-csv.json'), 'utf8'),
) as { readonly hex: readonly string[] }[];

/** What is published of a device that has said this. */
function publishedOf(device: Device, type: Pick<DeviceType, 'listen'>, pieces: readonly string[] = []) {
  const nothing = (): void => undefined;
  const sink = { reading: device.apply.bind(device), rejected: nothing, trouble: nothing };
  const listener = type.listen({ name: device.name, values: {}, clock: new VirtualClock() }, sink);
  for (const hex of pieces)
    listener({ at: 1000, bytes: Buffer.from(hex, 'hex'), characteristic: oldLayout.characteristic });
  const values = telegrafValues(device, 1500);
  if (values === undefined) return [];
  const all =
    'battery' in values ? batteryData(device.name, values.battery) : meterData(device.name, values.meter);
  return all.map(({ topic, payload }) => `${topic} ${payload}`);
}

// As Python writes what the functions of jbdbms-8-mqtt-2temps.py make of the frame.
test('S3.7, S3.8: a battery of eight cells is published byte for byte as the original does', () => {
  // How many cells there are is told by their voltages.
  const cells = 'dd0400100cf40cf50cf60cf70cf80cf90cfa0cfbf79077';
  const sum = Buffer.from(cells.slice(6, -6), 'hex').reduce((total, byte) => total + byte, 0);
  const whole = `${cells.slice(0, -6)}${(0x10000 - sum).toString(16)}77`;
  const messages = publishedOf(new Battery('bms'), jbdSerial, [...(eight?.hex ?? []), whole]);
  expect(messages.slice(4)).toEqual([
    'data/bms/gauge {"meter": "bms", "cell1": 3316, "cell2": 3317, "cell3": 3318, "cell4": 3319, "cell5": 3320, "cell6": 3321, "cell7": 3322, "cell8": 3323}',
    'data/bms/gauge {"meter": "bms", "mincell": 1, "cellsmin": 3316, "maxcell": 8, "cellsmax": 3323, "delta": 7}',
    'data/bms/gauge {"meter": "bms", "cellmin": 3316, "cellmax": 3323}',
  ]);
  expect(messages.slice(0, 4)).toEqual([
    'data/bms/gauge {"meter": "bms", "volts": 26.53, "amps": -0.28, "watts": -7.428400000000001, "remain": 58.8, "capacity": 60.0, "cycles": 1}',
    'data/bms/gauge {"meter": "bms", "c16": 0, "c15": 0, "c14": 0, "c13": 0, "c12": 0, "c11": 0, "c10": 0, "c09": 0, "c08": 0, "c07": 0, "c06": 0, "c05": 0, "c04": 0, "c03": 0, "c02": 0, "c01": 0}',
    'data/bms {"meter": "bms", "ovp": 0, "uvp": 0, "bov": 0, "buv": 0, "cot": 0, "cut": 0, "dot": 0, "dut": 0, "coc": 0, "duc": 0, "sc": 0, "ic": 0, "cnf": 0}',
    'data/bms {"meter": "bms", "protect": 0, "percent": 98, "fet": 3, "cells": 8, "temp1": 4.7, "temp2": 4.8}',
  ]);
});

test('S3.7, S3.8: cells in millivolts, with the lowest and the highest in both spellings', () => {
  expect(publishedOf(new Battery('bms'), jbdSerial, four?.hex)).toEqual([
    'data/bms {"meter": "bms", "cells": 4}',
    'data/bms/gauge {"meter": "bms", "cell1": 3430, "cell2": 3425, "cell3": 3432, "cell4": 3417}',
    'data/bms/gauge {"meter": "bms", "mincell": 4, "cellsmin": 3417, "maxcell": 3, "cellsmax": 3432, "delta": 15}',
    'data/bms/gauge {"meter": "bms", "cellmin": 3417, "cellmax": 3432}',
  ]);
  const sixteen = batteryData('bms', {
    temperatures: [],
    cells: Array.from({ length: 16 }, (_, i) => 3.3 + i / 1000),
    cellsComplete: true,
    balancing: 0x8001,
    protection: 0b1_0000_0000_0010,
  });
  expect(sixteen.map(({ topic, payload }) => `${topic} ${payload}`)).toEqual([
    expect.stringMatching(/^data\/bms \{"meter": "bms", "c16": 1, "c15": 0.*"c01": 1\}$/) as string,
    expect.stringMatching(/^data\/bms \{"meter": "bms", "ovp": 0, "uvp": 1,.*"cnf": 1\}$/) as string,
    'data/bms {"meter": "bms", "protect": 4098, "cells": 16}',
    expect.stringContaining('"cell1": 3300') as string,
    expect.stringMatching(/^data\/bms\/gauge \{"meter": "bms", "cell9": 3308, .*"cell16": 3315\}$/) as string,
    expect.stringContaining('"mincell": 1, "cellsmin": 3300, "maxcell": 16, "cellsmax": 3315') as string,
    expect.stringContaining('"cellmin": 3300') as string,
  ]);
});

test('S3.7: the balancing bits of eight cells stand under gauge, as there', () => {
  const cells = Array.from({ length: 8 }, () => 3.3);
  const [balance] = batteryData('bms', { temperatures: [], cells, cellsComplete: true, balancing: 0 });
  expect(balance?.topic).toBe('data/bms/gauge');
});

test('S3.7: a meter is published under its own name, unrounded', () => {
  expect(publishedOf(new Device('solar', 'meter'), thornwaveBle, meter?.hex)).toEqual([
    'data/solar {"meter": "solar", "volts": 12.876044273376465, "amps": 0.8077787756919861, "watts": 10.400995254516602, "temp": 35.50144958496094, "kwh": 1014.636, "ah": 77.421, "peak": 34.83530044555664}',
  ]);
});

test.each([
  [1e-5, '1e-05'],
  [1e16, '1e+16'],
  [1.5e-7, '1.5e-07'],
  [1e22, '1e+22'],
  [100, '100.0'],
  [123_456_789.5, '123456789.5'],
])('%d is %s, as Python writes it', (volts, text) => {
  expect(meterData('m', { volts })[0]?.payload).toBe(`{"meter": "m", "volts": ${text}}`);
});

test('hostile names and unknown values make no broken JSON', () => {
  expect(meterData('a"b\n\u{1f600}', { volts: 1 })[0]?.payload).toBe(
    '{"meter": "a\\"b\\n\\ud83d\\ude00", "volts": 1.0}',
  );
  expect(meterData('m', { volts: NaN, amps: Infinity })).toEqual([]);
  expect(batteryData('bms', { temperatures: [], cells: [], cellsComplete: true })).toEqual([]);
});

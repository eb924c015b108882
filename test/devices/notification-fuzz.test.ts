import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as fc from 'fast-check';
import { bluenova } from '../../src/devices/bluenova/bluenova';
import { ConsoleListener } from '../../src/devices/bluenova/console-listener';
import type { CapturedPiece, DeviceType } from '../../src/devices/device-type';
import { Authentication } from '../../src/devices/jbd/authentication';
import { jbdBle } from '../../src/devices/jbd/jbd-ble';
import { jbdSerial } from '../../src/devices/jbd/jbd-serial';
import { litimeBle } from '../../src/devices/litime/litime-ble';
import { newLayout, oldLayout } from '../../src/devices/thornwave/payload';
import { MeterPieces } from '../../src/devices/thornwave/pieces';
import { thornwaveBle } from '../../src/devices/thornwave/thornwave-ble';
import type { Reading } from '../../src/model/reading';
import { ModbusAssembler, withCrc } from '../../src/protocol/modbus-rtu';
import { again, fuzzTimeout } from '../fuzz-runs';
import { CollectingSink } from './collecting-sink';
import { bytesOf, heldBytes, sequences, type PlannedPiece } from './notification-sequences';
import { VirtualClock } from './virtual-clock';

const numRuns = 50_000;

interface Vector {
  readonly hex: readonly string[];
  readonly console?: readonly { readonly line: string }[];
}
const fixture = (name: string): Vector[] =>
  JSON.parse(readFileSync(path.join(__dirname, '../fixtures', name), 'utf8')) as Vector[];
const messagesOf = (name: string): Uint8Array[] =>
  fixture(name).flatMap(({ hex }) => hex.map((text) => Buffer.from(text, 'hex')));

const controller = [...messagesOf('litime-mppt.json'), withCrc(Uint8Array.of(1, 3, 22, ...Buffer.alloc(22)))];
const battery = fixture('jbd.json').map(({ hex }) => Buffer.from(hex.join(''), 'hex'));
const meter = messagesOf('thornwave.json');
const handshake = messagesOf('jbd-authentication.json');
const lines = fixture('bluenova-console.json')
  .flatMap((vector) => vector.console ?? [])
  .map(({ line }) => Buffer.from(line));

function checkReading({ values, cells, temperatures = [], cellTemperatures = [] }: Reading): void {
  for (const [name, value] of Object.entries(values))
    if (!Number.isFinite(value) || Object.is(value, -0)) throw new Error(`${name} is ${value}`);
  const { stateOfCharge = 0 } = values;
  if (stateOfCharge < 0 || stateOfCharge > 100) throw new Error(`charge ${stateOfCharge}`);
  if (cells !== undefined && (cells.total > 32 || cells.volts.length > cells.total)) throw new Error('cells');
  for (const number of [...(cells?.volts ?? []), ...temperatures, ...cellTemperatures])
    if (number !== undefined && !Number.isFinite(number)) throw new Error(`${number}`);
}

type MakePiece = (bytes: Uint8Array, planned: PlannedPiece) => Omit<CapturedPiece, 'at'>;

function listenTo(type: DeviceType, pieces: readonly CapturedPiece[]): void {
  const sink = new CollectingSink();
  const listener = type.listen({ name: 'it', values: {}, clock: new VirtualClock() }, sink);
  for (const piece of pieces) listener(piece);
  sink.readings.forEach(checkReading);
}

const asCharacteristic =
  (...names: (string | undefined)[]): MakePiece =>
  (bytes, { seed }) => {
    const characteristic = names[seed % names.length];
    return { bytes, ...(characteristic !== undefined && { characteristic }) };
  };
const asText: MakePiece = (bytes, { seed }) =>
  seed % 50 === 0 ? { bytes } : { text: Buffer.from(bytes).toString(seed % 2 === 0 ? 'utf8' : 'latin1') };

describe('no sequence of notifications breaks anything or makes a value that is none', () => {
  it.each<[string, DeviceType, readonly Uint8Array[], MakePiece]>([
    ['jbd-serial', jbdSerial, battery, asCharacteristic(undefined)],
    ['jbd-ble', jbdBle, [...battery, ...handshake], asCharacteristic('ff01', 'fff1', undefined)],
    ['litime-ble', litimeBle, controller, asCharacteristic('ffe1')],
    [
      'thornwave-ble',
      thornwaveBle,
      meter,
      asCharacteristic(oldLayout.characteristic, newLayout.characteristic, undefined),
    ],
    ['bluenova', bluenova, lines, asText],
  ])(
    '%s',
    (_, type, messages, make) =>
      again(() => {
        fc.assert(
          fc.property(sequences, (planned) => {
            let at = 0;
            const pieces = bytesOf(planned, messages).map((bytes, i) => ({
              ...make(bytes, planned[i]!),
              at: (at += planned[i]!.gap),
            }));
            listenTo(type, pieces);
          }),
          { numRuns },
        );
        return Promise.resolve();
      }),
    fuzzTimeout,
  );

  it(
    'the handshake of a JBD module, which ends after seven steps at most',
    () =>
      again(() => {
        fc.assert(
          fc.property(sequences, (planned) => {
            const authentication = new Authentication({ address: 'A4:C1:37:04:2D:BE', password: '123123' });
            let step = authentication.start();
            let steps = 1;
            for (const bytes of bytesOf(planned, handshake)) {
              const next = authentication.received(bytes);
              if (next === undefined) continue;
              step = next;
              if (step.is === 'send') steps++;
            }
            for (; step.is === 'send'; steps++) step = authentication.silence();
            if (steps > 8) throw new Error(`${steps} steps`);
          }),
          { numRuns },
        );
        return Promise.resolve();
      }),
    fuzzTimeout,
  );
});

describe('what is held between notifications stays small', () => {
  const planned = fc.sample(sequences, { numRuns: 5000, seed: 20261128 }).flat();

  it('of a controller', () => {
    const assembler = new ModbusAssembler(
      { address: 1, dataLengths: [22, 38] },
      { crc: () => undefined, noise: () => undefined },
    );
    let most = 0;
    for (const bytes of bytesOf(planned, controller)) {
      assembler.push(bytes);
      most = Math.max(most, heldBytes(assembler));
    }
    expect(most).toBeLessThan(300);
  });

  it('of a meter', () => {
    for (const layout of [oldLayout, newLayout]) {
      const pieces = new MeterPieces(layout, () => undefined);
      const empty = heldBytes(pieces);
      let most = 0;
      for (const bytes of bytesOf(planned, meter)) {
        pieces.push(bytes, 0);
        most = Math.max(most, heldBytes(pieces) - empty);
      }
      expect(most).toBeLessThan(2000);
    }
  });

  it('of a console', () => {
    const sink = { reading: () => undefined, rejected: () => undefined, trouble: () => undefined };
    const listener = new ConsoleListener({ name: 'stern', values: {} }, sink);
    let most = 0;
    bytesOf(planned, lines).forEach((bytes, i) => {
      listener.message(
        Buffer.from(bytes)
          .toString('latin1')
          .repeat(1 + (i % 3) * 20),
        i * 100,
      );
      if (i % 50 === 0) most = Math.max(most, heldBytes(listener));
    });
    expect(most).toBeLessThan(5000);
  });
});

import { statusReadings } from '../../../src/devices/evtv/status-readings';
import { evtvReading } from '../../../src/devices/evtv/readings';
import * as fc from 'fast-check';
import { Battery } from '../../../src/model/battery';
import type { BatteryMeasurement } from '../../../src/devices/evtv/measurement';
import { completeStatus } from '../../../src/protocol/complete-status';
import { decodeEvtvFrame } from '../../../src/devices/evtv/decode';
import { parseStatus } from '../../../src/protocol/mqtt/status-message';
import { StatusReceiver } from '../../../src/protocol/mqtt/status-receiver';
import { packFramesOfSecond } from '../../../src/simulation/pack-frames';
import { SimulatedPack } from '../../../src/simulation/simulated-pack';

const bytes = (value: unknown): Uint8Array =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
const start = Date.parse('2026-06-12T10:00:00Z');

/** A sender and a receiver on machines whose clocks have nothing to do with each other. */
class Pair {
  readonly sender = new Battery('battery');
  readonly receiver = new Battery('battery');
  readonly messages = new StatusReceiver('MorganOak', statusReadings);
  /** Of the receiver, at the sender's time 0. */
  readonly offset = 7_654_321;

  /** Publishes at the sender's monotonic `now`; it arrives `transit` ms later. */
  publish(now: number, transit = 3, wall = start + now): void {
    const origin = { bmsId: 'MorganOak', source: 'test' };
    const message = JSON.stringify(completeStatus(this.sender, origin, now, new Date(wall)));
    const received = this.messages.take(Buffer.from(message), false, now + transit + this.offset);
    if ('rejected' in received) throw new Error(received.rejected);
    for (const { reading, age } of received.readings)
      this.receiver.apply({ ...reading, device: 'battery', at: now + transit + this.offset - age });
  }

  hear(pack: SimulatedPack, now: number, finePower = false): void {
    for (const frame of packFramesOfSecond(pack, { finePower })) {
      const decoded = decodeEvtvFrame(frame, {});
      if (!('rejected' in decoded)) this.sender.apply(evtvReading(decoded, now));
    }
  }

  /** All that screens look at, of one of both. */
  view(battery: Battery, now: number): unknown {
    const plain = ({ value, freshness }: { value: number | undefined; freshness: string }): unknown => [
      value === undefined ? undefined : Number(value.toFixed(2)),
      freshness,
    ];
    return [
      battery.current(now), battery.voltage(now), battery.power(now), battery.cellAverage(now), battery.cellLow(now),
      battery.cellHigh(now), battery.quantity('stateOfCharge', now), battery.quantity('ampHours', now),
      battery.quantity('temperatureMax', now), battery.quantity('temperatureMin', now),
      battery.quantity('highCutoff', now), battery.quantity('lowCutoff', now),
    ].map(plain).concat([battery.cells.voltages(now), battery.cells.announced, battery.currentIsFine(now)]); // prettier-ignore
  }
}

test('S0.108: what a receiver shows is what its sender shows, fresh, late and lost', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.boolean(), fc.integer(), (modules, fine, seed) => {
      const pair = new Pair();
      const pack = new SimulatedPack({ modules, seed: Math.abs(seed) });
      for (let now = 0; now < 20_000; now += 500) {
        if (now % 1000 === 0) {
          pack.advance(1);
          pair.hear(pack, now, fine);
        }
        pair.publish(now + 1);
      }
      // The controller falls silent, and the sender goes on.
      for (let now = 20_000; now < 60_000; now += 500) {
        pair.publish(now + 1);
        // Not at the very moment when something turns late or lost: ages come in tenths of a second.
        if (now % 1000 === 0) continue;
        const [here, there] = [now + 4, now + 4 + pair.offset];
        expect(pair.view(pair.receiver, there)).toEqual(pair.view(pair.sender, here));
      }
    }),
    { numRuns: 15 },
  );
});

test('a value that the controller sends every five seconds is not called late on a receiver either', () => {
  const pair = new Pair();
  const say: BatteryMeasurement = { message: '0x150', packCurrent: 10, packVoltage: 50 };
  for (let now = 0; now < 60_000; now += 500) {
    if (now % 5000 === 0) pair.sender.apply(evtvReading(say, now));
    pair.publish(now + 1);
  }
  const now = 60_000 + 4000;
  expect(pair.sender.current(now).freshness).toBe('fresh');
  expect(pair.receiver.current(now + pair.offset).freshness).toBe('fresh');
});

test('S0.111: 240 cells at their longest, a configuration and a name of 64 letters stay under 5 kB', () => {
  const battery = new Battery('battery');
  for (let index = 0; index < 40; index++)
    battery.apply(
      evtvReading(
        { message: '0x68F', module: { index, total: 40, voltages: Array(6).fill(3.87) as number[] } },
        1,
      ),
    );
  battery.apply(evtvReading({ message: '0x150', packCurrent: -32768, packVoltage: 6553.5, ampHours: -3276.8, temperatureMax: 255, temperatureMin: 255 }, 1)); // prettier-ignore
  battery.apply(evtvReading({ message: '0x151', fineCurrent: -21474836.48, finePower: -21474836.48 }, 1));
  battery.apply(evtvReading({ message: '0x650', stateOfCharge: 127.5 }, 1));
  battery.apply(evtvReading({ message: '0x651', cellLow: 65.535, cellHigh: 65.535, cellAverage: 65.535, maxCells: 255, activeCells: 255 }, 1)); // prettier-ignore
  battery.apply(evtvReading({ message: '0x652', highCutoff: 6553.5, lowCutoff: 6553.5 }, 1));
  battery.apply(evtvReading({ message: '0x683', frequencyShiftVolts: 655.35, chargerAmps: 6553.5 }, 1));
  const text = 'x'.repeat(64);
  const config = { values: { HIVOLT: 4.2, LOVOLT: 3.2, BALVOLT: 4.1, HITEMP: 60, CAN0SPEED: '1000K', CAN1SPEED: '1000K', SSID: text, TIMEZONE: text, BMSID: text, UDPPORT: 65535 }, address: '192.168.100.200:65535', age: 29.9 }; // prettier-ignore
  const status = completeStatus(
    battery,
    { bmsId: 'ü'.repeat(64), source: 'evtv-simulate' },
    4321,
    new Date(start),
  );
  const message = Buffer.from(JSON.stringify({ ...status, config }));
  expect(message.length).toBeLessThanOrEqual(5000);
  expect(parseStatus(message)).toHaveProperty('soc', 127.5);
});

const good = (over: object): Uint8Array =>
  bytes({
    schema: 1,
    timestamp: new Date(start).toISOString(),
    bmsId: 'MorganOak',
    soc: 77.5,
    age: { '0x650': 0.4 },
    ...over,
  });

test('ages are those of the sender, and a receiver need not know the time', () => {
  const receiver = new StatusReceiver('MorganOak', statusReadings);
  const received = receiver.take(good({ age: { '0x650': 8.2 } }), false, 1_000_000);
  expect(received).toMatchObject({
    readings: [{ reading: { group: '0x650', values: { stateOfCharge: 77.5 } }, age: 8200 }],
  });
});

test('what has waited on its way is as old as it is', () => {
  const receiver = new StatusReceiver('MorganOak', statusReadings);
  const at = (sent: number): { timestamp: string; age: object } => ({
    timestamp: new Date(start + sent).toISOString(),
    age: { '0x650': 0.1 },
  });
  expect(receiver.take(good({ ...at(0), soc: 1 }), false, 5000)).toMatchObject({ readings: [{ age: 100 }] });
  // Half a minute in a line that was stuck.
  expect(receiver.take(good({ ...at(500), soc: 2 }), false, 35_500)).toMatchObject({
    readings: [{ age: 30_100 }],
  });
  expect(receiver.take(good({ ...at(30_500), soc: 3 }), false, 35_510)).toMatchObject({
    readings: [{ age: 110 }],
  });
});

test.each([
  ['not JSON', bytes('{'), 'not a status'],
  ['not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'not a status'],
  ['a list', bytes([]), 'not a status'],
  ['10 MB', Buffer.alloc(10_000_000, 0x20), 'too long'],
  ['another schema', good({ schema: 2 }), 'unknown schema'],
  ['no schema', bytes({ timestamp: new Date(start).toISOString() }), 'not a status'],
  ['a time that is none', good({ timestamp: 'yesterday' }), 'not a status'],
  ['a day that is none', good({ timestamp: '2026-13-45T00:00:00Z' }), 'not a status'],
  ['text for a number', good({ soc: '77' }), 'not a status'],
  ['not a number', bytes(`{"schema":1,"timestamp":"2026-06-12T10:00:00Z","soc":NaN}`), 'not a status'],
  [
    'an infinite number',
    bytes(`{"schema":1,"timestamp":"2026-06-12T10:00:00Z","soc":1e999}`),
    'not a status',
  ],
  ['a negative age', good({ age: { '0x650': -5 } }), 'not a status'],
  ['100000 cells', good({ cells: Array(9000).fill([3]) }), 'not a status'],
  ['five cells in a module', good({ modules: 1, cells: [[3, 3, 3, 3, 3]] }), 'not a status'],
  ['half a module', good({ modules: 1.5 }), 'not a status'],
  ["another battery's", good({ bmsId: 'Other' }), 'other battery'],
])('%s is counted and not used', (_, payload, rejected) => {
  expect(new StatusReceiver('MorganOak', statusReadings).take(payload, false, 0)).toMatchObject({ rejected });
});

test('a retained message is not used: nobody knows how long it has been lying there', () => {
  expect(new StatusReceiver('MorganOak', statusReadings).take(good({}), true, 0)).toMatchObject({
    rejected: 'retained',
  });
});

test('a message that is no newer than the newest is not used', () => {
  const receiver = new StatusReceiver('MorganOak', statusReadings);
  expect(receiver.take(good({}), false, 0)).toHaveProperty('readings');
  expect(receiver.take(good({}), false, 10)).toMatchObject({ rejected: 'older' });
  expect(receiver.take(good({ timestamp: '2026-06-12T09:59:59Z' }), false, 20)).toMatchObject({
    rejected: 'older',
  });
});

test('keys that nobody knows are no fault, and those of prototypes have no power', () => {
  const text = Buffer.from(good({ future: { nested: [1] } })).toString();
  const payload = bytes(
    text.replace('{', '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},'),
  );
  expect(new StatusReceiver('MorganOak', statusReadings).take(payload, false, 0)).toHaveProperty('readings');
  expect({}).not.toHaveProperty('polluted');
});

test('a value without an age is not shown: it could be of any time', () => {
  const received = new StatusReceiver('MorganOak', statusReadings).take(good({ age: {} }), false, 0);
  expect(received).toMatchObject({ readings: [] });
});

test('whatever comes, nothing is thrown, and what is passed on is finite', () => {
  const receiver = new StatusReceiver('MorganOak', statusReadings);
  const field = fc.oneof(fc.double(), fc.string(), fc.constant(null), fc.array(fc.double()), fc.jsonValue());
  const like = fc.record(
    { schema: fc.constantFrom(1, 2, '1'), timestamp: fc.oneof(fc.date({ noInvalidDate: true }).map((d) => d.toISOString()), fc.string()),
      soc: field, packCurrent: field, cells: field, modules: field, age: fc.oneof(field, fc.record({ '0x650': field, '0x68F': field, '0x150': field })) },
    { requiredKeys: [] },
  ); // prettier-ignore
  const anything = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.json().map((text) => bytes(text)),
    like.map((value) => bytes(value)),
  );
  let now = 0;
  fc.assert(
    fc.property(anything, fc.boolean(), (payload, retained) => {
      const received = receiver.take(payload, retained, (now += 500));
      if ('rejected' in received) return;
      for (const { reading, age } of received.readings) {
        expect(age).toBeGreaterThanOrEqual(0);
        for (const value of [...Object.values(reading.values), ...(reading.cells?.volts ?? [])])
          expect(Number.isFinite(value)).toBe(true);
      }
    }),
    { numRuns: 2000 },
  );
});

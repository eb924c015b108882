import fc from 'fast-check';
import { Battery } from '../../../src/model/battery';
import { Device } from '../../../src/model/device';
import type { Kind, Reading } from '../../../src/model/reading';
import { comparedJson, deviceJson } from '../../../src/protocol/device-json';
import { deviceMessage } from '../../../src/protocol/mqtt/device-message';
import { DevicesReceiver } from '../../../src/protocol/mqtt/devices-receiver';
import type { RemoteSite } from '../../../src/protocol/mqtt/site-message';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const epoch = 1_780_000_000_000;
const deviceOf = (kind: Kind): Device =>
  kind === 'battery' ? new Battery('house') : new Device('house', kind);

/** The message of a device at a time. */
function messageOf(device: Device, now: number): Uint8Array {
  const described = { name: 'house', kind: device.kind, type: 'jbd-ble' };
  const json = deviceJson(described, device, now, new Date(epoch + now));
  return bytes(deviceMessage('MorganOak', json, device, now));
}

/** What another program may send, that knows only what the object of a device is. */
function plain(more: object = {}): Uint8Array {
  const timestamp = new Date(epoch).toISOString();
  const house = {
    schema: 1,
    timestamp,
    device: 'house',
    kind: 'battery',
    type: 'other',
    values: { voltage: 13.3 },
  };
  return bytes(JSON.stringify({ ...house, ...more }));
}

function receive(payload: Uint8Array, name = 'house', receiver = new DevicesReceiver('MorganOak')) {
  return receiver.take(name, payload, false, 5000);
}

const volts = fc.integer({ min: 0, max: 5000 }).map((mv) => mv / 1000);
const some = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });
const battery: fc.Arbitrary<Partial<Reading>> = fc.record({
  group: fc.constantFrom('basic', 'cells', '0x150'),
  period: fc.constantFrom(1000, 7000, Infinity),
  values: fc.dictionary(
    fc.constantFrom(
      'voltage',
      'current',
      'stateOfCharge',
      'protection',
      'warnings',
      'chargeSwitch',
      'cycles',
    ),
    fc.integer({ min: 0, max: 1 }),
  ),
  texts: fc.constantFrom({}, { firmware: '1.0' }, { model: 'constructor' }),
  temperatures: fc.array(some(fc.integer({ min: -40, max: 90 })), { minLength: 1, maxLength: 4 }),
  cells: fc
    .array(some(volts), { minLength: 1, maxLength: 16 })
    .map((all) => ({ first: 0, total: all.length, volts: all })),
});

test('what a device told is the same at a receiver, with the same ages', () => {
  fc.assert(
    fc.property(fc.array(battery, { minLength: 1, maxLength: 8 }), (told) => {
      const [sent, received] = [new Battery('house'), new Battery('house')];
      const receiver = new DevicesReceiver('MorganOak');
      let now = 0;
      for (const reading of told) {
        now += 500;
        sent.apply({ device: 'house', at: now, group: 'basic', period: 1000, values: {}, ...reading });
        const taken = receiver.take('house', messageOf(sent, now), false, now);
        if ('rejected' in taken) throw new Error(taken.detail);
        for (const { reading: one, age } of taken.readings)
          received.apply({ ...one, device: 'house', at: now - age });
      }
      const json = (device: Battery) =>
        deviceJson({ name: 'house', kind: 'battery', type: 'jbd-ble' }, device, now, new Date(0));
      expect(JSON.parse(comparedJson(json(received)))).toEqual(JSON.parse(comparedJson(json(sent))));
      expect(json(received).age).toEqual(json(sent).age);
    }),
  );
});

test('a charger’s and a meter’s values, switch and alarm bits come through as well', () => {
  const readings: readonly [Kind, Reading['values']][] = [
    ['solar-charger', { pvPower: 120, loadSwitch: 1, alarmBits: 5, chargedTotal: 12_345 }],
    ['meter', { voltage: 12.876463, current: -0.809456, energy: 1014.636 }],
  ];
  for (const [kind, values] of readings) {
    const device = deviceOf(kind);
    device.apply({ device: 'house', at: 1000, group: 'status', period: 5000, values });
    const taken = receive(messageOf(device, 1000));
    expect('readings' in taken && taken.readings.map(({ reading }) => reading.values)).toEqual([values]);
  }
});

test('what is only repeated is not passed on, and ages go on', () => {
  const device = deviceOf('battery');
  device.apply({ device: 'house', at: 1000, group: 'basic', period: 7000, values: { voltage: 13 } });
  const receiver = new DevicesReceiver('MorganOak');
  const taken = (now: number) => receiver.take('house', messageOf(device, now), false, now);
  expect(taken(3000)).toMatchObject({ readings: [{ age: 2000, reading: { period: 7000 } }] });
  expect(taken(4000)).toMatchObject({ readings: [] });
});

test('a message without groups is one that is as old as its youngest, with its cells apart', () => {
  expect(receive(plain())).toMatchObject({ readings: [{ age: 0, reading: { values: { voltage: 13.3 } } }] });
  const more = {
    age: { basic: 3, counters: 9, cells: 1.5 },
    cells: [3.3, null],
    flags: ['cell-over-voltage'],
    switches: { charge: true, discharge: null },
  };
  expect(receive(plain(more))).toMatchObject({
    readings: [
      { age: 3000, reading: { group: 'basic', values: { voltage: 13.3, protection: 1, chargeSwitch: 1 } } },
      { age: 1500, reading: { group: 'cells', cells: { first: 0, total: 2, volts: [3.3, undefined] } } },
    ],
  });
});

test.each<[string, Uint8Array, string]>([
  ['no JSON', bytes('{"schema":1,'), 'not a device'],
  ['no text', Uint8Array.of(0xff, 0xfe), 'not a device'],
  ['a number', bytes('7'), 'not a device'],
  ['an array', bytes('[]'), 'not a device'],
  ['a text for a number', plain({ values: { voltage: '13' } }), 'not a device'],
  ['an infinite number', bytes('{"schema":1,"values":{"voltage":1e999}}'), 'not a device'],
  ['a name of 10 kB', plain({ device: 'h'.repeat(10_000) }), 'not a device'],
  ['another name than its topic', plain({ device: 'bow' }), 'not a device'],
  ['a name with a line break', plain({ device: 'ho\nuse' }), 'not a device'],
  ['another kind', plain({ kind: 'toaster' }), 'not a device'],
  ['no time', plain({ timestamp: 'yesterday' }), 'not a device'],
  ['5,000 cells', plain({ cells: Array.from({ length: 5000 }, () => 3) }), 'not a device'],
  [
    '300 quantities',
    plain({ values: Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`q${i}`, 1])) }),
    'not a device',
  ],
  ['a text of 10 kB', plain({ texts: { model: 'x'.repeat(10_000) } }), 'not a device'],
  ['100 kB', plain({ texts: { model: 'x'.repeat(100_000) } }), 'too long'],
  ['another schema', plain({ schema: 2 }), 'unknown schema'],
  ['another BMS ID', plain({ bmsId: 'OtherOak' }), 'other battery'],
])('%s is rejected', (_, payload, cause) => {
  expect(receive(payload)).toMatchObject({ rejected: cause });
});

test('kept messages, older ones and those of devices that are not in the list are left out', () => {
  const receiver = new DevicesReceiver('MorganOak');
  expect(receiver.take('house', plain(), true, 0)).toMatchObject({ rejected: 'retained' });
  expect(receive(plain(), 'house', receiver)).toHaveProperty('readings');
  expect(receive(plain(), 'house', receiver)).toMatchObject({ rejected: 'older' });
  receiver.list({ devices: [{ name: 'bow', kind: 'battery', type: 'jbd-ble' }], bank: null });
  const later = plain({ timestamp: new Date(epoch + 1000).toISOString() });
  expect(receive(later, 'house', receiver)).toMatchObject({ rejected: 'unknown device' });
});

test('thousands of names make no more than 32 devices, and thousands of groups and texts no more than 128 in one', () => {
  const receiver = new DevicesReceiver('MorganOak');
  let refused = 0;
  for (let i = 0; i < 5000; i++) {
    const name = `device ${i}`;
    if ('rejected' in receive(plain({ device: name }), name, receiver)) refused++;
  }
  expect(refused).toBe(5000 - 32);
  expect(receiver.site?.devices).toHaveLength(32);
  const groups = new Set<string>();
  for (let i = 0; i < 5000; i++) {
    const time = { timestamp: new Date(epoch + (i + 1) * 1000).toISOString() };
    const taken = receive(
      plain({ ...time, device: 'device 0', groups: { [`g${i}`]: {} }, age: { [`g${i}`]: 0 } }),
      'device 0',
      receiver,
    );
    if ('readings' in taken) for (const { reading } of taken.readings) groups.add(reading.group);
  }
  expect(groups.size).toBeLessThanOrEqual(128);
});

test('never throws, whatever JSON comes', () => {
  const receiver = new DevicesReceiver('MorganOak');
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (groups, age, values) => {
      for (const more of [{ groups }, { age, groups }, { values, age }, { bank: values }, { cells: age }])
        receive(plain(more), 'house', receiver);
    }),
  );
});

test('a sender without a list has the devices that it told of, those of before among them, batteries first', () => {
  const before: RemoteSite = {
    devices: [{ name: 'shunt', kind: 'meter', type: 'thornwave-ble' }],
    bank: null,
  };
  const receiver = new DevicesReceiver('MorganOak', before);
  receive(plain(), 'house', receiver);
  expect(receiver.site?.devices.map(({ name }) => name)).toEqual(['house', 'shunt']);
  receive(plain({ device: 'Bank', bank: { members: ['house', 'bow'], meter: 'shunt' } }), 'Bank', receiver);
  // Not before all of its members are known.
  expect(receiver.site?.bank).toBeNull();
  receive(plain({ device: 'bow' }), 'bow', receiver);
  expect(receiver.site?.bank).toEqual({ members: ['house', 'bow'], meter: 'shunt' });
});

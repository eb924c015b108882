import { alarmsTelling, devicesTelling, sentSite } from '../../../src/features/mqtt/site-tellings';
import { usualAlarmLimits } from '../../../src/model/alarm-limits';
import { Site } from '../../../src/model/site';
import type { DescribedDevice } from '../../../src/protocol/device-json';
import type { DeviceMessage } from '../../../src/protocol/mqtt/device-message';
import { parseSite, siteMessage } from '../../../src/protocol/mqtt/site-message';

const described: readonly DescribedDevice[] = [
  { name: 'house', kind: 'battery', type: 'jbd-ble' },
  { name: 'bow', kind: 'battery', type: 'evtv-udp' },
  { name: 'shunt', kind: 'meter', type: 'thornwave-ble' },
];

function boat() {
  const site = new Site(usualAlarmLimits);
  for (const { name, kind } of described) site.add(name, kind, kind === 'meter' ? 'battery' : undefined);
  site.join(undefined, 'shunt');
  const time = { now: 1_000_000 };
  const clock = { monotonic: () => time.now, wall: () => new Date(1_780_000_000_000 + time.now) };
  const house = (
    values: Readonly<Record<string, number>> = { voltage: 13.31, current: -2.87, protection: 5 },
  ) =>
    site.apply({
      device: 'house',
      at: time.now,
      group: 'basic',
      period: 7000,
      values: { ...values, chargeSwitch: 1 },
      temperatures: [22.4, undefined],
      texts: { firmware: '1.0' },
    });
  return { site, clock, time, house, parts: { bmsId: 'MorganOak', site, described, clock } };
}

test('a device is told as /api/devices has it, with what its groups are made of', () => {
  const { house, site, time, parts } = boat();
  house();
  time.now += 400;
  const volts = [3.33, 3.32];
  site.apply({
    device: 'house',
    at: time.now,
    group: 'cells',
    period: 7000,
    values: {},
    cells: { first: 0, total: 2, volts },
  });
  const [bank, own] = devicesTelling(parts).messages(true);
  expect([bank?.topic, own?.topic]).toEqual(['EVTV/MorganOak/Devices/Bank', 'EVTV/MorganOak/Devices/house']);
  const message = JSON.parse(String(own?.payload)) as DeviceMessage;
  expect(message).toMatchObject({
    schema: 1,
    bmsId: 'MorganOak',
    device: 'house',
    kind: 'battery',
    type: 'jbd-ble',
    freshness: 'fresh',
    values: { voltage: 13.31, current: -2.87, power: -38.2, stateOfCharge: null, cellLow: 3.32 },
    cells: volts,
    temperatures: [22.4, null],
    flags: ['cell-over-voltage', 'pack-over-voltage'],
    switches: { charge: true, discharge: null },
    texts: { firmware: '1.0' },
    age: { basic: 0.4, cells: 0 },
  });
  expect(message.groups).toEqual({
    basic: {
      every: 7,
      values: ['voltage', 'current', 'protection', 'chargeSwitch'],
      lists: ['temperatures'],
      texts: ['firmware'],
    },
    cells: { every: 7, values: [], cells: true },
  });
  expect(JSON.parse(String(bank?.payload))).toMatchObject({
    type: 'bank',
    groups: {},
    bank: { meter: 'shunt' },
  });
});

test('a device is told when it was received, and every half minute while it is silent; one that never was is not', () => {
  const { house, time, parts } = boat();
  const telling = devicesTelling(parts);
  const topics = (all = false) => telling.messages(all).map(({ topic }) => topic.split('/').at(-1));
  expect(topics(true)).toEqual([]);
  house();
  expect(topics()).toEqual(['Bank', 'house']);
  expect(topics()).toEqual([]);
  time.now += 7000;
  expect(topics()).toEqual([]);
  house();
  expect(topics()).toEqual(['Bank', 'house']);
  time.now += 29_000;
  expect(topics()).toEqual([]);
  expect(topics(true)).toEqual(['Bank', 'house']);
  time.now += 30_000;
  expect(topics()).toEqual(['Bank', 'house']);
});

test('the devices are told as they can be built again', () => {
  const { site } = boat();
  const sent = sentSite(site, described);
  expect(sent).toEqual({
    devices: [described[0], described[1], { ...described[2], role: 'battery' }],
    bank: { members: ['house', 'bow'], meter: 'shunt' },
  });
  const payload = new TextEncoder().encode(siteMessage('MorganOak', sent));
  expect(parseSite(payload, 'MorganOak')).toEqual(sent);
  expect(parseSite(payload, 'other')).toBeUndefined();
});

test('the alarms that stand are told when they change, and every ten seconds', () => {
  const { house, site, time, parts } = boat();
  const telling = alarmsTelling(parts);
  const told = () => telling.messages(false).map(({ payload }) => JSON.parse(String(payload)) as unknown);
  expect(told()).toMatchObject([
    { schema: 1, devices: { house: { count: 0, alarms: [] }, shunt: { count: 0 } } },
  ]);
  expect(told()).toEqual([]);
  house({ voltage: 13, temperatureMax: 70 });
  site.sample(time.now);
  time.now += 1000;
  expect(told()).toMatchObject([
    { devices: { house: { count: 1, alarms: ['Battery at 70 °C, above 60 °C'] }, bow: { count: 0 } } },
  ]);
  time.now += 9000;
  expect(told()).toEqual([]);
  time.now += 1000;
  expect(told()).toHaveLength(1);
});

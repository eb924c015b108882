import { decode } from '@msgpack/msgpack';
import { dataTelling, packTelling } from '../../../src/features/mqtt/other-tellings';
import { Site } from '../../../src/model/site';
import type { DescribedDevice } from '../../../src/protocol/device-json';

const described: readonly DescribedDevice[] = [
  { name: 'bow', kind: 'battery', type: 'evtv-udp' },
  { name: 'house', kind: 'battery', type: 'jbd-ble' },
  { name: 'roof', kind: 'solar-charger', type: 'litime-ble' },
  { name: 'port', kind: 'battery', type: 'jbd-serial' },
];

function boat() {
  const site = new Site();
  for (const { name, kind } of described) site.add(name, kind);
  site.join();
  const time = { now: 1_000_000, wall: 1_780_000_000_000 };
  const clock = { monotonic: () => time.now, wall: () => new Date(time.wall) };
  const devices = ['jbd-ble,name=house,address=A4:C1:37:04:2D:BE', 'jbd-serial,name=port,port=/dev/ttyUSB0'];
  const tell = (device: string, group: string) =>
    site.apply({ device, at: time.now, group, period: 27_000, values: { voltage: 13, batteryVoltage: 13 } });
  return { time, tell, parts: { site, described, devices, clock } };
}

test('S1.20: a sample is published once, when it is whole, under the number that the device has among those of its maker', () => {
  const { time, tell, parts } = boat();
  const telling = packTelling(parts);
  const topics = () => telling.messages(true).map(({ topic }) => topic);
  tell('house', 'basic');
  expect(topics()).toEqual([]);
  time.now += 100;
  tell('house', 'cells');
  const [first] = telling.messages(false);
  expect(first?.topic).toBe('JBD_BMS/1/msgpack');
  expect(decode(first?.payload as Uint8Array)).toMatchObject({ bus: { t: 'ble', a: 'A4:C1:37:04:2D:BE' } });
  expect(topics()).toEqual([]);
  time.now += 27_000;
  for (const group of ['basic', 'cells']) tell('port', group);
  tell('roof', 'status');
  expect(topics()).toEqual(['JBD_BMS/2/msgpack', 'LiTime_MPPT/1/msgpack']);
  // Without the time of day there is none.
  time.now += 27_000;
  time.wall = 0;
  tell('roof', 'status');
  expect(topics()).toEqual([]);
});

test('S3.7: each battery is published when it was received, five seconds apart; their bank is not', () => {
  const { time, tell, parts } = boat();
  const telling = dataTelling(parts);
  const payloads = () => telling.messages(true).map(({ payload }) => payload);
  tell('house', 'basic');
  expect(payloads()).toEqual(['{"meter": "house", "volts": 13.0}']);
  time.now += 1000;
  tell('house', 'basic');
  expect(payloads()).toEqual([]);
  time.now += 4000;
  expect(payloads()).toHaveLength(1);
  time.now += 5000;
  expect(payloads()).toEqual([]);
});

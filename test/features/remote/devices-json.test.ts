import { devicesJson } from '../../../src/features/remote/devices-json';
import { Site } from '../../../src/model/site';

const clock = { monotonic: () => 1000, wall: () => new Date('2026-11-28T05:31:02.125Z') };
const house = { name: 'house', kind: 'battery', type: 'jbd-serial' } as const;
const roof = { name: 'roof', kind: 'solar-charger', type: 'litime-ble' } as const;

test('one battery is one device, of the type that it is received as', () => {
  const site = new Site();
  site.add('battery', 'battery');
  site.join();
  const [only, ...others] = devicesJson(
    site,
    [{ name: 'battery', kind: 'battery', type: 'evtv-udp' }],
    clock,
  );
  expect(only).toMatchObject({ device: 'battery', type: 'evtv-udp', freshness: 'lost' });
  expect(only).not.toHaveProperty('bank');
  expect(others).toEqual([]);
});

test('of several the bank comes first, then the batteries, then the rest', () => {
  const site = new Site();
  const bow = { ...house, name: 'bow', tells: ['voltage'] };
  for (const { name, kind } of [roof, house, bow]) site.add(name, kind);
  site.join();
  site.apply({ device: 'roof', at: 900, group: 'state', period: 1000, values: { pvPower: 412 } });
  const all = devicesJson(site, [roof, house, bow], clock);
  expect(all.map(({ device, type }) => [device, type])).toEqual([
    [site.main.battery.name, 'bank'],
    ['house', 'jbd-serial'],
    ['bow', 'jbd-serial'],
    ['roof', 'litime-ble'],
  ]);
  expect(all[2]?.values).toEqual({ voltage: null });
  expect(all[3]).toMatchObject({ freshness: 'fresh', values: { pvPower: 412 }, age: { state: 0.1 } });
  expect(new Set(all.map(({ timestamp }) => timestamp))).toEqual(new Set(['2026-11-28T05:31:02.125Z']));
});

import { Device } from '../../src/model/device';
import { unknown } from '../../src/model/freshness';
import { siteFlows } from '../../src/model/site-flows';

const now = 100_000;
const told = (device: Device, values: Readonly<Record<string, number>>, age = 0): Device => {
  device.apply({ device: device.name, at: now - age, group: 'all', period: 1000, values });
  return device;
};
const charger = (name: string, values: Readonly<Record<string, number>>, age?: number): Device =>
  told(new Device(name, 'solar-charger'), values, age);
const meter = (role: 'solar' | 'load' | 'inverter' | 'other', power: number): Device =>
  told(new Device(role, 'meter', role), { power });

test('nothing is known of sun and loads where no device measures it', () => {
  expect(siteFlows([new Device('x', 'meter'), meter('other', 3)], now)).toEqual({});
  expect(siteFlows([], now)).toEqual({});
});

test('the chargers tell the sun, and a meter in their cable does not count twice', () => {
  const devices = [
    charger('a', { pvPower: 300, chargedToday: 900 }),
    charger('b', { chargePower: 100, chargedToday: 100 }),
    meter('solar', 390),
  ];
  expect(siteFlows(devices, now).solar).toEqual({
    power: { value: 400, age: 0, freshness: 'fresh' },
    today: 1000,
  });
  expect(siteFlows([meter('solar', -390)], now).solar?.power.value).toBe(390);
});

test('a sum is unknown while one part of it is', () => {
  const { solar } = siteFlows([charger('a', { pvPower: 300 }), charger('b', { pvPower: 1 }, 60_000)], now);
  expect(solar).toEqual({ power: unknown, today: undefined });
  expect(siteFlows([charger('volts', { batteryVoltage: 13 })], now).solar?.power.value).toBeUndefined();
});

test('loads are what their meter tells, else what an inverter takes, else the outputs of the chargers', () => {
  const output = charger('a', { loadPower: 20 });
  const loads = (...devices: Device[]): number | undefined => siteFlows(devices, now).loads?.power.value;
  expect(loads(output, meter('inverter', -146), meter('load', 182))).toBe(182);
  expect(loads(meter('load', -182))).toBe(182);
  expect(loads(output, meter('inverter', -146))).toBe(146);
  expect(loads(meter('inverter', 500))).toBe(-500);
  expect(loads(output)).toBe(20);
  expect(loads(charger('b', { pvPower: 1 }))).toBeUndefined();
});

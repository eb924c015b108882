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

test('what a meter of loads has counted today is the same whichever way round it is wired', () => {
  const today = (role: 'solar' | 'load', values: Readonly<Record<string, number>>) => {
    const device = told(new Device('x', 'meter', role), { power: -100 });
    for (const [name, value] of Object.entries(values))
      device.compute(name, () => ({ value, age: 0, freshness: 'fresh' }));
    const { solar, loads } = siteFlows([device], now);
    return (role === 'solar' ? solar : loads)?.today;
  };
  expect(today('load', { energyInToday: 0, energyOutToday: 700 })).toBe(700);
  expect(today('load', { energyInToday: 700, energyOutToday: 0 })).toBe(700);
  expect(today('solar', { energyInToday: 700, energyOutToday: 1 })).toBe(701);
  // Half of it is no sum.
  expect(today('load', { energyInToday: 700 })).toBeUndefined();
  expect(today('load', { energyOutToday: 700 })).toBeUndefined();
});

test('what the sun gave and the inverter took today is added up here where the device does not count', () => {
  const add = (device: Device, name: string, value: number): Device => {
    device.compute(name, () => ({ value, age: 0, freshness: 'fresh' }));
    return device;
  };
  const roof = add(charger('roof', { pvPower: 300 }), 'energyInToday', 850);
  expect(siteFlows([roof], now).solar?.today).toBe(850);
  const inverter = add(meter('inverter', -146), 'energyOutToday', 480);
  expect(siteFlows([inverter], now).loads?.today).toBe(480);
  expect(siteFlows([charger('a', { loadPower: 20, dischargedToday: 90 })], now).loads?.today).toBe(90);
});

test('a meter that is lost tells no power, not none', () => {
  const lost = (role: 'load' | 'inverter'): Device =>
    told(new Device(role, 'meter', role), { power: -146 }, 60_000);
  for (const role of ['load', 'inverter'] as const)
    expect(siteFlows([lost(role)], now).loads?.power.value).toBeUndefined();
});

test('a charger without a load output hides no other’s, and a sum is as old as its oldest part', () => {
  const devices = [
    charger('a', { pvPower: 300, loadPower: 20 }, 4000),
    charger('b', { pvPower: 100 }),
    charger('c', { pvPower: 0, loadPower: 5 }, 1000),
  ];
  const { solar, loads } = siteFlows(devices, now);
  expect(solar?.power).toEqual({ value: 400, age: 4000, freshness: 'late' });
  expect(loads?.power).toEqual({ value: 25, age: 4000, freshness: 'late' });
});

test('where nothing measures one of them, it is not even named', () => {
  expect(Object.keys(siteFlows([meter('load', 3)], now))).toEqual(['loads']);
  expect(Object.keys(siteFlows([meter('solar', 3)], now))).toEqual(['solar']);
});

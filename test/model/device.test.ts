import { usualAlarmLimits } from '../../src/model/alarm-limits';
import { Battery } from '../../src/model/battery';
import { Device } from '../../src/model/device';
import type { Reading } from '../../src/model/reading';
import { Site } from '../../src/model/site';
import { sampleDevice } from '../../src/model/history/device-sample';

const reading = (parts: Partial<Reading>): Reading => ({
  device: 'house',
  at: 0,
  group: 'basic',
  period: 5000,
  values: {},
  ...parts,
});

test('a group that comes every minute is fresh between two of its readings', () => {
  const device = new Device('shunt', 'meter');
  for (let minute = 0; minute < 6; minute++)
    device.apply(reading({ at: minute * 60_000, period: 60_000, values: { voltage: 13.2 } }));
  expect(device.quantity('voltage', 5 * 60_000 + 170_000).freshness).toBe('fresh');
  expect(device.quantity('voltage', 5 * 60_000 + 190_000).freshness).toBe('late');
});

test('what is told once, such as ratings, does not age', () => {
  const device = new Device('roof', 'solar-charger');
  for (let i = 0; i < 6; i++)
    device.apply(reading({ period: Infinity, at: i, values: { ratedChargeCurrent: 60 } }));
  expect(device.quantity('ratedChargeCurrent', 1e9)).toMatchObject({ value: 60, freshness: 'fresh' });
});

test('a value that is not a finite number is unknown, and what a group tells no more is forgotten', () => {
  const device = new Device('shunt', 'meter');
  device.apply(reading({ values: { voltage: 13, current: NaN, power: Infinity, temperature: 4 } }));
  expect(device.toldQuantities).toEqual(['voltage', 'temperature']);
  device.apply(reading({ values: { voltage: 13 } }));
  expect(device.quantity('temperature', 0).value).toBeUndefined();
  expect(device.changes).toBe(3);
});

test('a battery whose probes are told has its hottest and coldest from them', () => {
  const battery = new Battery('house');
  battery.apply(reading({ values: { voltage: 13 }, temperatures: [22.4, undefined, 21.7] }));
  expect(battery.quantity('temperatureMax', 0).value).toBe(22.4);
  expect(battery.quantity('temperatureMin', 0).value).toBe(21.7);
  expect(battery.quantity('temperatureMax', 50_000).value).toBeUndefined();
});

test('a sample of a charger has what it told, of a battery its probes and cells besides', () => {
  const charger = new Device('roof', 'solar-charger');
  charger.apply(reading({ values: { pvVoltage: 80.1, chargePower: 211 } }));
  const sample = sampleDevice(charger, 'roof', 0)!;
  expect([sample.names, Array.from(sample.values)]).toEqual([
    ['pvVoltage', 'chargePower'],
    [80.1, 211],
  ]);
  const battery = new Battery('house');
  battery.apply(
    reading({
      values: { cycles: 42 },
      temperatures: [22.4],
      cells: { first: 0, total: 2, volts: [3.3, 3.4] },
    }),
  );
  const { names, values } = sampleDevice(battery, 'house', 0)!;
  expect(names.slice(-4)).toEqual(['cycles', 'temperature1', 'cell1', 'cell2']);
  expect(Array.from(values.slice(-4))).toEqual([42, 22.4, 3.3, 3.4]);
  expect(sampleDevice(battery, 'house', 1)!.names).toBe(names);
});

test('a site takes the readings of its own devices, each under its name', () => {
  const site = new Site();
  site.add('house', 'battery');
  site.add('roof', 'solar-charger');
  site.apply(reading({ values: { voltage: 13.1 } }));
  site.apply(reading({ device: 'roof', values: { pvVoltage: 80 } }));
  site.apply(reading({ device: 'nobody', values: { voltage: 1 } }));
  expect(Array.from(site.devices(), ({ name, kind }) => [name, kind])).toEqual([
    ['house', 'battery'],
    ['roof', 'solar-charger'],
  ]);
  expect([site.main.battery.voltage(0).value, site.changes]).toEqual([13.1, 2]);
});

test('two batteries are a bank, which log, MQTT and screens take; a tap shows one of them', () => {
  const site = new Site();
  for (const name of ['house', 'bow']) site.add(name, 'battery');
  site.add('roof', 'solar-charger');
  site.join();
  for (const [device, current] of [
    ['house', 10],
    ['bow', -4],
  ] as const)
    site.apply(reading({ device, values: { voltage: 13.2, current, stateOfCharge: 50 } }));
  expect(Array.from(site.devices(), ({ name }) => name)).toEqual(['Bank', 'house', 'bow', 'roof']);
  expect([site.main.battery.name, site.main.battery.current(0).value]).toEqual(['Bank', 6]);
  expect(site.shown).toBe(site.main);
  site.show('bow');
  expect(site.shown.battery.current(0).value).toBe(-4);
  site.show('Bank');
  expect(site.shown).toBe(site.main);
  site.sample(0);
  expect(Array.from(site.all(), ({ socLog }) => socLog)).toHaveLength(3);
});

test('a battery with an alarm is shown until it is acknowledged', () => {
  const site = new Site({ ...usualAlarmLimits, stateOfChargeLow: 20 });
  for (const name of ['house', 'bow']) site.add(name, 'battery');
  site.join();
  for (const [device, stateOfCharge] of [
    ['house', 80],
    ['bow', 10],
  ] as const)
    site.apply(reading({ device, values: { voltage: 13.2, current: 0, stateOfCharge } }));
  site.sample(0);
  expect([site.alarming, site.shown.battery.name]).toEqual([true, 'bow']);
  site.shown.alarms.acknowledge();
  expect([site.alarming, site.shown.battery.name]).toEqual([false, 'Bank']);
});

test('one battery is no bank, and a battery called bank keeps its name', () => {
  const alone = new Site();
  alone.add('bank', 'battery');
  alone.join();
  expect(Array.from(alone.devices(), ({ name }) => name)).toEqual(['bank']);
  alone.add('bow', 'battery');
  alone.join();
  expect(Array.from(alone.devices(), ({ name }) => name)).toEqual(['Bank 2', 'bank', 'bow']);
});

test('the owner names the batteries of the bank, and the others stand beside it', () => {
  const site = new Site();
  for (const name of ['engine', 'house', 'bow']) site.add(name, 'battery');
  site.join(['house', 'bow']);
  expect(Array.from(site.devices(), ({ name }) => name)).toEqual(['Bank', 'engine', 'house', 'bow']);
  expect(site.bank?.members.map(({ name }) => name)).toEqual(['house', 'bow']);
});

test('of a bank that has one battery left, that one is the main battery', () => {
  const site = new Site();
  for (const name of ['engine', 'house']) site.add(name, 'battery');
  site.join(['house']);
  expect([site.bank, site.main.battery.name]).toEqual([undefined, 'house']);
  expect(Array.from(site.devices(), ({ name }) => name)).toEqual(['house', 'engine']);
});

test('without a bank the first battery is the main one', () => {
  const site = new Site();
  for (const name of ['engine', 'house']) site.add(name, 'battery');
  site.join([]);
  expect([site.bank, site.main.battery.name]).toEqual([undefined, 'engine']);
});

test('a meter of the bank takes the place of the sum of currents, and stays a device of its own', () => {
  const site = new Site();
  for (const name of ['house', 'bow']) site.add(name, 'battery');
  site.add('shunt', 'meter');
  site.join(['house', 'bow'], 'shunt');
  for (const device of ['house', 'bow'])
    site.apply(reading({ device, values: { voltage: 13.2, current: 4 } }));
  site.apply(reading({ device: 'shunt', values: { current: 5, power: 66 } }));
  expect([site.main.battery.current(0).value, site.main.battery.power(0).value]).toEqual([5, 66]);
  expect(Array.from(site.devices(), ({ name }) => name)).toEqual(['Bank', 'house', 'bow', 'shunt']);
});

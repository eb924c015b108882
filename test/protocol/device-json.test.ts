import { Battery } from '../../src/model/battery';
import { Device } from '../../src/model/device';
import { alwaysIn, quantities } from '../../src/model/quantities';
import type { Kind } from '../../src/model/reading';
import { comparedJson, deviceJson } from '../../src/protocol/device-json';

const wall = new Date('2026-11-28T05:31:02.125Z');

test.each(Object.keys(quantities) as Kind[])('an unknown %s has nothing but nulls', (kind) => {
  const json = deviceJson(
    { name: 'x', kind, type: 't' },
    kind === 'battery' ? new Battery('x') : new Device('x', kind),
    0,
    wall,
  );
  expect(Object.keys(json.values)).toEqual(alwaysIn('json', kind));
  expect(new Set(Object.values(json.values))).toEqual(new Set([null]));
  expect(json.freshness).toBe('lost');
  for (const name of alwaysIn('json', kind)) expect(quantities[kind]).toHaveProperty(name);
});

test('flags of a battery are names, switches are yes or no, and neither is a number besides', () => {
  const state = new Battery('x');
  state.apply({
    device: 'x',
    at: 0,
    group: 'basic',
    period: 1000,
    values: {
      protection: 0b0010_0000_0000_0001,
      chargeSwitch: 0,
      dischargeSwitch: 1,
      balancingCells: 3,
      humidity: 40,
    },
    balancing: [1, 2],
    temperatures: [undefined, 21.25],
    cellTemperatures: [20.04],
  });
  const json = deviceJson({ name: 'x', kind: 'battery', type: 't' }, state, 400, wall);
  expect(json).toMatchObject({
    flags: ['cell-over-voltage', 'charge-timeout'],
    switches: { charge: false, discharge: true },
    balancing: [1, 2],
    temperatures: [null, 21.3],
    cellTemperatures: [20],
    cells: null,
    age: { basic: 0.4 },
  });
  expect(Object.keys(json.values)).toEqual([...alwaysIn('json', 'battery'), 'humidity']);
});

test('a solar charger has its alarms as a number and as names, and its load switch', () => {
  const state = new Device('x', 'solar-charger');
  state.apply({
    device: 'x',
    at: 0,
    group: 'state',
    period: 1000,
    values: { alarmBits: 5, loadSwitch: 1, chargeCurrent: 14.8149 },
    texts: { mode: 'boost' },
  });
  const json = deviceJson({ name: 'x', kind: 'solar-charger', type: 't' }, state, 0, wall);
  expect(json).toMatchObject({
    flags: ['bit-0', 'bit-2'],
    switches: { load: true },
    texts: { mode: 'boost' },
  });
  expect(json.values).toMatchObject({ alarmBits: 5, chargeCurrent: 14.81 });
  expect(json).not.toHaveProperty('cells');
});

test('the passing of time is no change', () => {
  const state = new Device('x', 'meter');
  state.apply({ device: 'x', at: 0, group: 'a', period: 1000, values: { voltage: 13.1234 } });
  const of = (now: number): string =>
    comparedJson(deviceJson({ name: 'x', kind: 'meter', type: 't' }, state, now, new Date(now)));
  expect(of(5000)).toBe(of(0));
  expect(of(10_000)).not.toBe(of(0));
});

test('a type names what it tells', () => {
  const device = { name: 'x', kind: 'battery', type: 't', tells: ['voltage', 'rank'] } as const;
  expect(deviceJson(device, new Battery('x'), 0, wall).values).toEqual({
    voltage: null,
    rank: null,
  });
});

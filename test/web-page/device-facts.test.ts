import type { DeviceJson } from '../../src/protocol/device-json';
import { deviceFacts } from '../../src/web-page/device-facts';

const house: DeviceJson = {
  schema: 1,
  timestamp: '2026-11-29T06:52:37.840Z',
  device: 'house',
  kind: 'battery',
  type: 'jbd-ble',
  freshness: 'fresh',
  values: {
    stateOfCharge: 41,
    power: -322.5,
    current: -24.71,
    voltage: 13.05,
    temperatureMax: 24.6,
    cycles: 42,
  },
  cells: [3.263, 3.258],
  flags: ['cell-under-voltage'],
  texts: {},
  age: { basic: 0.1, version: 500 },
};
const charger: DeviceJson = {
  ...house,
  device: 'roof',
  kind: 'solar-charger',
  type: 'litime-ble',
  values: { chargePower: 511, pvPower: null, pvVoltage: 34.3, chargeCurrent: 39.18 },
  flags: [],
  texts: { mode: 'MPPT' },
};

test('a battery has its charge in front, its energies, and what is wrong in words', () => {
  const computed = { energyInToday: 12_340, energyOutToday: 0, timeToEmpty: 5400, timeToFull: null };
  expect(deviceFacts(house, computed, 'fahrenheit')).toEqual({
    name: 'house',
    kind: 'Battery',
    tone: 'live',
    state: 'live',
    main: ['41.0', '%'],
    rest: [
      ['Power', '−323 W'],
      ['Current', '−24.71 A'],
      ['Pack voltage', '13.05 V'],
      ['Highest temperature', '76 °F'],
      ['Cycles', '42'],
      ['Time to empty', '1 h 30 min'],
      ['In today', '12.34 kWh'],
      ['Out today', '0.00 kWh'],
    ],
    wrong: 'cell under voltage',
  });
});

test('a charger has what it gives, and nothing that it does not tell', () => {
  const { main, rest } = deviceFacts(charger, undefined, 'celsius');
  expect(main).toEqual(['511', 'W']);
  expect(rest.map(([label]) => label)).toEqual(['PV voltage', 'Charging current', 'Mode']);
});

test('a late device says how old its values are; a lost one has none', () => {
  expect(
    deviceFacts({ ...house, freshness: 'late', age: { basic: 12 } }, undefined, 'celsius'),
  ).toMatchObject({
    tone: 'late',
    state: 'late: heard 12 s ago',
    main: ['41.0', '%'],
  });
  expect(
    deviceFacts({ ...house, freshness: 'lost', age: { basic: 600 } }, undefined, 'celsius'),
  ).toMatchObject({
    tone: 'silent',
    state: 'lost: heard 10 min ago',
    main: ['—', '%'],
    rest: [],
    wrong: '',
  });
  expect(deviceFacts({ ...house, freshness: 'lost', age: { basic: null } }, undefined, 'celsius').state).toBe(
    'not heard yet',
  );
});

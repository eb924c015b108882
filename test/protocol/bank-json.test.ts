import { Bank } from '../../src/model/bank';
import { Battery } from '../../src/model/battery';
import { describedBank, deviceJson } from '../../src/protocol/device-json';

const wall = new Date('2026-11-28T05:31:02.125Z');
const now = 20_000;

function member(name: string, at: number, values: Readonly<Record<string, number>>): Battery {
  const battery = new Battery(name);
  battery.apply({
    device: name,
    at,
    group: 'basic',
    period: 1000,
    values: { voltage: 13.2, current: -10, stateOfCharge: 50, ...values },
    cells: { first: 0, total: 2, volts: [3.3, 3.31] },
  });
  return battery;
}

test('a bank is told as a battery, with what only a bank has beside', () => {
  const house = member('House', now - 400, { chargeSwitch: 1, dischargeSwitch: 1, lowCutoff: 2.8 });
  const bow = member('Bow', now, { chargeSwitch: 1, dischargeSwitch: 0, stateOfCharge: 90 });
  const json = deviceJson(describedBank('Bank'), new Bank('Bank', [house, bow]), now, wall);
  expect(json).toEqual({
    schema: 1,
    timestamp: '2026-11-28T05:31:02.125Z',
    device: 'Bank',
    kind: 'battery',
    type: 'bank',
    freshness: 'fresh',
    values: {
      voltage: 13.2,
      current: -20,
      power: -264,
      stateOfCharge: 70,
      ampHours: null,
      remainingCapacity: null,
      fullCapacity: null,
      nominalCapacity: null,
      cellLow: 3.3,
      cellHigh: 3.31,
      cellAverage: 3.305,
      temperatureMax: null,
      temperatureMin: null,
      lowCutoff: 2.8,
      highCutoff: null,
    },
    cells: [3.3, 3.31, 3.3, 3.31],
    temperatures: null,
    balancing: null,
    flags: null,
    switches: { charge: true, discharge: true },
    texts: {},
    age: { House: 0.4, Bow: 0 },
    bank: {
      members: ['House', 'Bow'],
      lost: [],
      meter: null,
      currentFrom: 'members',
      socFrom: 'mean',
      usableCharge: 50,
      usableCapacity: null,
      voltageDifference: null,
      chargeDifference: 40,
      cellSpread: 0.01,
      lowestCell: { device: 'House', cell: 1, voltage: 3.3 },
      highestCell: { device: 'House', cell: 2, voltage: 3.31 },
      off: { charge: { off: 0, of: 2 }, discharge: { off: 1, of: 2 } },
    },
  });
});

test('members that are not received are named, and what is missing in the sums is null', () => {
  const bank = new Bank('Bank', [member('House', now, {}), new Battery('Bow')]);
  const json = deviceJson(describedBank('Bank'), bank, now, wall);
  expect(json).toMatchObject({
    freshness: 'late',
    values: { voltage: 13.2, current: null, power: null, stateOfCharge: 50 },
    age: { House: 0, Bow: null },
    bank: { lost: ['Bow'], off: { charge: { off: 0, of: 0 } } },
  });
});

test('of a bank that was never received nothing is known', () => {
  const bank = new Bank('Bank', [new Battery('House'), new Battery('Bow')]);
  const json = deviceJson(describedBank('Bank'), bank, now, wall);
  expect(new Set(Object.values(json.values))).toEqual(new Set([null]));
  expect(json).toMatchObject({
    freshness: 'lost',
    cells: null,
    switches: { charge: null, discharge: null },
    bank: { lost: ['House', 'Bow'], socFrom: null, usableCharge: null, lowestCell: null, highestCell: null },
  });
});

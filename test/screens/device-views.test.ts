import { Bank } from '../../src/model/bank';
import { Battery } from '../../src/model/battery';
import { Device } from '../../src/model/device';
import { deviceViews } from '../../src/screens/device-views';

const now = 100_000;

function tell<D extends Device>(device: D, values: Readonly<Record<string, number>>, age = 0): D {
  device.apply({ device: device.name, at: now - age, group: 'all', period: 1000, values });
  return device;
}

test('a strip shows charge of batteries, watts of the others, and how each is received', () => {
  const house = tell(new Battery('House'), { voltage: 13, current: 2, stateOfCharge: 70 });
  const bow = tell(new Battery('Bow'), { voltage: 13, current: 2, stateOfCharge: 80 }, 5000);
  const roof = tell(new Device('Roof', 'solar-charger'), { pvPower: 412, chargePower: 400 });
  const fridge = tell(new Device('Fridge', 'meter'), { power: -31 }, 20_000);
  const views = deviceViews([new Bank('Bank', [house, bow]), house, bow, roof, fridge], 'Bow', now);
  expect(views).toMatchObject([
    { name: 'Bank', kind: 'bank', freshness: 'late', stateOfCharge: 75, shown: false },
    { name: 'House', kind: 'battery', freshness: 'fresh', stateOfCharge: 70, shown: false },
    { name: 'Bow', kind: 'battery', freshness: 'late', age: 5000, stateOfCharge: 80, shown: true },
    { name: 'Roof', kind: 'solar-charger', freshness: 'fresh', watts: 412 },
    { name: 'Fridge', kind: 'meter', freshness: 'lost', watts: undefined },
  ]);
  expect(views[0]?.presence).toBeUndefined();
});

test.each([
  [0, 'late', '1 of 2'],
  [60_000, 'lost', undefined],
] as const)(
  'a bank of which one member was never received and the other %d ms ago is %s',
  (age, freshness, presence) => {
    const house = tell(new Battery('House'), { voltage: 13 }, age);
    const [view] = deviceViews([new Bank('Bank', [house, new Battery('Bow')])], 'Bank', now);
    expect(view).toMatchObject({ freshness, presence, shown: true });
  },
);

test('a bank that is received in full is fresh', () => {
  const members = ['House', 'Bow'].map((name) => tell(new Battery(name), { voltage: 13 }));
  expect(deviceViews([new Bank('Bank', members)], 'Bank', now)[0]).toMatchObject({
    freshness: 'fresh',
    presence: undefined,
  });
});

test('switches that are off are counted, of those that tell them', () => {
  const house = tell(new Battery('House'), { voltage: 13, dischargeSwitch: 1, chargeSwitch: 0 });
  const bow = tell(new Battery('Bow'), { voltage: 13, dischargeSwitch: 0 });
  const [bank, first, second] = deviceViews([new Bank('Bank', [house, bow]), house, bow], 'Bank', now);
  expect(bank?.switchedOff).toEqual({ discharge: { off: 1, of: 2 }, charge: { off: 1, of: 1 } });
  expect(first?.switchedOff).toEqual({ discharge: { off: 0, of: 1 }, charge: { off: 1, of: 1 } });
  expect(second?.switchedOff).toEqual({ discharge: { off: 1, of: 1 }, charge: { off: 0, of: 0 } });
});

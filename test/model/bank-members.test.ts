import { Bank } from '../../src/model/bank';
import { Battery } from '../../src/model/battery';
import { Device } from '../../src/model/device';

const now = 1_000_000;
const period = 1000;

interface Told {
  readonly values?: Readonly<Record<string, number>>;
  readonly cells?: readonly number[];
}

function member(name: string, { values = {}, cells }: Told = {}): Battery {
  const battery = new Battery(name);
  const told = cells && { cells: { first: 0, total: cells.length, volts: cells } };
  battery.apply({ device: name, at: now, group: 'basic', period, values, ...told });
  return battery;
}

const house = (): Battery =>
  member('House', { values: { voltage: 13.2, dischargeSwitch: 1 }, cells: [3.31, 3.3, 3.29, 3.3] });
const bankOf = (...members: Battery[]): Bank => new Bank('Bank', members);

test('what is computed of a bank is its own', () => {
  const bank = bankOf(house(), new Battery('Bow'));
  expect(bank.quantity('timeToEmpty', now).value).toBeUndefined();
  bank.compute('timeToEmpty', () => ({ value: 3600, age: 0, freshness: 'fresh' }));
  expect(bank.quantity('timeToEmpty', now).value).toBe(3600);
});

test('a bank tells differences as fine as the coarsest of its members, and of a metered current as its meter', () => {
  const coarse = member('Stern');
  const resolution = { current: 1, voltage: 0.1 };
  const values = { voltage: 13, current: 2 };
  coarse.apply({ device: 'Stern', at: now, group: 'basic', period, values, resolution });
  const added = bankOf(house(), coarse);
  expect([added.resolution('current', now), added.currentIsFine(now)]).toEqual([1, false]);
  const meter = new Device('shunt', 'meter');
  meter.apply({ device: 'shunt', at: now, group: 'all', period, values, resolution: { voltage: 0.5 } });
  const metered = new Bank('Bank', [house(), coarse], meter);
  expect([metered.resolution('current', now), metered.resolution('voltage', now)]).toEqual([0, 0.1]);
});

test('a current without any voltage is no power', () => {
  const meter = new Device('shunt', 'meter');
  meter.apply({ device: 'shunt', at: now, group: 'all', period, values: { current: 5 } });
  const told = { values: { current: 1, stateOfCharge: 50 } };
  const bank = new Bank('Bank', [member('a', told), member('b', told)], meter);
  expect(bank.power(now)).toEqual({ value: undefined, age: Infinity, freshness: 'lost' });
});

test('where a member tells the mean of its cells but not the cells, the means count alike', () => {
  const bank = bankOf(member('a', { values: { cellAverage: 3.2 } }), member('b', { cells: [3.4, 3.4, 3.4] }));
  expect(bank.cellAverage(now).value).toBeCloseTo(3.3, 9);
});

test('a cell that stands out has a number only where the list of cells holds it', () => {
  const silent = new Battery('Stern');
  const bank = bankOf(silent, member('Bow', { values: { cellHigh: 3.5 }, cells: [3.3, 3.31] }), house());
  expect(bank.highestCell(now)).toEqual({ member: 'Bow', number: undefined, volts: 3.5 });
  expect(bank.lowestCell(now)).toEqual({ member: 'House', number: 3, volts: 3.29 });
  expect(bankOf(house(), silent).highestCell(now)).toEqual({ member: 'House', number: 1, volts: 3.31 });
  expect(bankOf(silent, new Battery('x')).highestCell(now)).toBeUndefined();
});

test('a switch that a member does not tell is neither on nor off', () => {
  const bank = bankOf(member('a', { values: { voltage: 13 } }), house());
  expect(bank.switchedOff('dischargeSwitch', now)).toEqual({ off: 0, of: 1 });
});

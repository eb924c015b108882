import fc from 'fast-check';
import { Bank } from '../../src/model/bank';
import { Battery } from '../../src/model/battery';
import { Device } from '../../src/model/device';

const now = 1_000_000;
/** Readings come every second: late after 3 s, lost after 10 s. */
const period = 1000;

interface Told {
  readonly values?: Readonly<Record<string, number>>;
  readonly cells?: readonly number[];
  /** ms since it was received. */
  readonly age?: number;
}

function member(name: string, { values = {}, cells, age = 0 }: Told = {}): Battery {
  const battery = new Battery(name);
  battery.apply({
    device: name,
    at: now - age,
    group: 'basic',
    period,
    values,
    ...(cells !== undefined && { cells: { first: 0, total: cells.length, volts: cells } }),
  });
  return battery;
}

const house = (age = 0): Battery =>
  member('House', {
    age,
    values: {
      voltage: 13.2,
      current: -10,
      stateOfCharge: 50,
      remainingCapacity: 50,
      fullCapacity: 100,
      nominalCapacity: 100,
      ampHours: -50,
      temperatureMax: 24,
      temperatureMin: 20,
      lowCutoff: 2.8,
      highCutoff: 3.65,
      chargeSwitch: 1,
      dischargeSwitch: 1,
    },
    cells: [3.31, 3.3, 3.29, 3.3],
  });
const bow = (age = 0, changes: Record<string, number> = {}): Battery =>
  member('Bow', {
    age,
    values: {
      voltage: 13.4,
      current: 4,
      stateOfCharge: 90,
      remainingCapacity: 270,
      fullCapacity: 300,
      nominalCapacity: 300,
      ampHours: -30,
      temperatureMax: 22,
      temperatureMin: 17,
      lowCutoff: 2.9,
      highCutoff: 3.6,
      chargeSwitch: 0,
      dischargeSwitch: 1,
      ...changes,
    },
    cells: [3.35, 3.34, 3.36, 3.35],
  });
const bankOf = (...members: Battery[]): Bank => new Bank('Bank', members);

test('one battery is no bank', () => {
  expect(() => bankOf(house())).toThrow('a bank has two members or more, not 1');
});

test.each([
  ['voltage', 13.3],
  ['current', -6],
  ['power', -10 * 13.2 + 4 * 13.4],
  ['stateOfCharge', 80],
  ['ampHours', -80],
  ['remainingCapacity', 320],
  ['fullCapacity', 400],
  ['nominalCapacity', 400],
  ['cellLow', 3.29],
  ['cellHigh', 3.36],
  ['cellAverage', 3.325],
  ['temperatureMax', 24],
  ['temperatureMin', 17],
  ['lowCutoff', 2.9],
  ['highCutoff', 3.6],
  ['chargeSwitch', 1],
  ['dischargeSwitch', 1],
] as const)('%s of a bank that is received in full', (name, expected) => {
  const { value, freshness, age } = bankOf(house(1000), bow()).quantity(name, now);
  expect(value).toBeCloseTo(expected, 9);
  expect({ freshness, age }).toEqual({ freshness: 'fresh', age: 1000 });
});

test.each(['cycles', 'stateOfHealth', 'protection', 'restartCount'] as const)(
  '%s is a matter of the members, not of the bank',
  (name) => {
    const told = { values: { [name]: 3 } };
    expect(bankOf(member('a', told), member('b', told)).quantity(name, now).value).toBeUndefined();
  },
);

test.each([
  ['lost', bow(20_000)],
  ['never received', new Battery('Bow')],
])('with a member that is %s, voltage, charge and cells are those of the rest', (_, gone) => {
  const bank = bankOf(house(), gone);
  expect(bank.presence(now)).toEqual({ present: 1, of: 2 });
  expect(bank.voltage(now).value).toBe(13.2);
  expect(bank.quantity('stateOfCharge', now).value).toBe(50);
  expect(bank.cellHigh(now).value).toBe(3.31);
  expect(bank.quantity('temperatureMin', now).value).toBe(20);
  for (const name of ['current', 'power', 'ampHours', 'remainingCapacity', 'fullCapacity'] as const)
    expect(bank.quantity(name, now)).toEqual({ value: undefined, age: Infinity, freshness: 'lost' });
  expect(bank.flow(now)).toBeUndefined();
  expect(bank.age(now)).toBe(0);
});

test('a member that is late makes the bank late, as old as the member', () => {
  const bank = bankOf(house(), bow(5000));
  expect(bank.presence(now)).toEqual({ present: 2, of: 2 });
  for (const name of ['voltage', 'current', 'power', 'stateOfCharge', 'cellLow'] as const)
    expect(bank.quantity(name, now)).toMatchObject({ age: 5000, freshness: 'late' });
  expect(bank.current(now).value).toBe(-6);
  expect(bank.age(now)).toBe(5000);
  expect(bank.cells.freshness(now)).toBe('late');
});

test('with all members lost the bank is lost, and as old as the last of them', () => {
  const bank = bankOf(house(30_000), bow(20_000), new Battery('Stern'));
  expect(bank.presence(now)).toEqual({ present: 0, of: 3 });
  expect(bank.voltage(now).freshness).toBe('lost');
  expect(bank.socFrom(now)).toBeUndefined();
  expect(bank.age(now)).toBe(20_000);
  expect(bankOf(new Battery('a'), new Battery('b')).age(now)).toBe(Infinity);
});

test.each([
  [
    'capacity',
    80,
    [
      { remainingCapacity: 50, fullCapacity: 100 },
      { remainingCapacity: 270, fullCapacity: 300 },
    ],
  ],
  ['nominal', 77.5, [{ nominalCapacity: 100 }, { nominalCapacity: 300, remainingCapacity: 270 }]],
  ['mean', 65, [{ nominalCapacity: 100, remainingCapacity: 50, fullCapacity: 100 }, {}]],
  [
    'mean',
    65,
    [
      { remainingCapacity: 0, fullCapacity: 0 },
      { remainingCapacity: 0, fullCapacity: 0 },
    ],
  ],
] as const)('the charge is computed from %s', (from, expected, [first, second]) => {
  const bank = bankOf(
    member('a', { values: { stateOfCharge: 40, ...first } }),
    member('b', { values: { stateOfCharge: 90, ...second } }),
  );
  expect(bank.socFrom(now)).toBe(from);
  expect(bank.quantity('stateOfCharge', now).value).toBe(expected);
});

test('a member that is switched off counts in charge and ampere-hours, not in the voltage', () => {
  const bank = bankOf(house(), bow(0, { dischargeSwitch: 0, voltage: 14.6 }));
  expect(bank.voltage(now).value).toBe(13.2);
  expect(bank.quantity('stateOfCharge', now).value).toBe(80);
  expect([bank.usableCharge(now).value, bank.usableCapacity(now).value]).toEqual([50, 50]);
  expect(bank.quantity('remainingCapacity', now).value).toBe(320);
  expect(bank.voltageDifference(now).value).toBeUndefined();
  expect(bank.quantity('dischargeSwitch', now).value).toBe(1);
  expect(bank.switchedOff('dischargeSwitch', now)).toEqual({ off: 1, of: 2 });
  expect(bank.switchedOff('chargeSwitch', now)).toEqual({ off: 1, of: 2 });
});

test('with every member switched off the voltage is unknown, and the switch is off', () => {
  const off = { values: { voltage: 13, dischargeSwitch: 0 } };
  const bank = bankOf(member('a', off), member('b', off));
  expect(bank.voltage(now).value).toBeUndefined();
  expect(bank.quantity('dischargeSwitch', now).value).toBe(0);
});

test('the spread is the largest within one member; what parts the members is a value of its own', () => {
  const bank = bankOf(house(), bow());
  expect(bank.cellSpread(now).value).toBeCloseTo(0.02, 9);
  expect(bank.voltageDifference(now).value).toBeCloseTo(0.2, 9);
  expect(bank.chargeDifference(now).value).toBe(40);
});

test('the lowest and the highest cell are named by member', () => {
  const bank = bankOf(house(), bow());
  expect(bank.lowestCell(now)).toEqual({ member: 'House', number: 3, volts: 3.29 });
  expect(bank.highestCell(now)).toEqual({ member: 'Bow', number: 3, volts: 3.36 });
  const summed = bankOf(house(), member('Stern', { values: { cellLow: 3.1, cellHigh: 3.5 } }));
  expect(summed.lowestCell(now)).toEqual({ member: 'Stern', number: undefined, volts: 3.1 });
});

test('the cells of the members stand side by side in their order', () => {
  const { cells } = bankOf(house(), new Battery('Stern'), bow(5000));
  expect(cells.voltages(now)).toEqual([3.31, 3.3, 3.29, 3.3, 3.35, 3.34, 3.36, 3.35]);
  expect(cells.freshVoltages(now).voltages.filter((voltage) => voltage !== undefined)).toHaveLength(4);
  expect(cells.late(now)).toEqual([false, false, false, false, true, true, true, true]);
  expect(cells.place(5)).toEqual({ member: 'Bow', number: 2 });
  expect(cells.voltage(5, now)).toBe(3.34);
  expect(cells.age(5, now)).toBe(5000);
  expect(cells.cellFreshness(5, now)).toBe('late');
  expect(cells.voltage(8, now)).toBeUndefined();
  expect(cells.cellFreshness(8, now)).toBe('lost');
  expect(cells.average(now)).toMatchObject({ age: 5000, freshness: 'late' });
  expect(cells.lowest(now).value).toBe(3.29);
  expect(cells.highest(now).value).toBe(3.36);
});

test('at most 240 cells are kept; the extremes are those of all', () => {
  const full = (name: string, volts: number): Battery =>
    member(name, { cells: new Array<number>(200).fill(volts) });
  const { cells } = bankOf(full('a', 3.3), full('b', 3.4));
  expect([cells.announced, cells.count, cells.beyond]).toEqual([400, 240, 160]);
  expect(cells.voltages(now)).toHaveLength(240);
  expect(cells.late(now)).toHaveLength(240);
  expect(cells.average(now).value).toBeCloseTo(3.35, 9);
  expect(cells.highest(now).value).toBe(3.4);
});

test('every change of a member is a change of the bank', () => {
  const [a, b] = [house(), bow()];
  const bank = bankOf(a, b);
  const { changes } = bank;
  b.apply({ device: 'Bow', at: now, group: 'other', period, values: { cycles: 7 } });
  expect(bank.changes).toBe(changes + 1);
});

const told = fc.record({
  values: fc.record(
    {
      voltage: fc.double({ min: 0, max: 60, noNaN: true }),
      current: fc.double({ min: -300, max: 300, noNaN: true }),
      stateOfCharge: fc.double({ min: 0, max: 100, noNaN: true }),
      remainingCapacity: fc.double({ min: 0, max: 400, noNaN: true }),
      fullCapacity: fc.double({ min: 0, max: 400, noNaN: true }),
      nominalCapacity: fc.double({ min: 0, max: 400, noNaN: true }),
      dischargeSwitch: fc.constantFrom(0, 1),
    },
    { requiredKeys: [] },
  ),
  cells: fc.array(fc.double({ min: 2, max: 4, noNaN: true }), { minLength: 1, maxLength: 16 }),
  age: fc.constantFrom(0, 1000, 5000, 60_000),
});
const names = [
  'voltage',
  'current',
  'power',
  'stateOfCharge',
  'remainingCapacity',
  'cellLow',
  'cellHigh',
  'cellAverage',
] as const;

test('sums are sums of all or unknown, nothing is NaN or out of bounds, and the order of members does not matter', () => {
  fc.assert(
    fc.property(fc.array(told, { minLength: 2, maxLength: 6 }), (all) => {
      const members = all.map((of, i) => member(`m${i}`, of));
      const [bank, reversed] = [bankOf(...members), bankOf(...[...members].reverse())];
      for (const name of names) {
        const { value, age, freshness } = bank.quantity(name, now);
        const other = reversed.quantity(name, now);
        expect(value).not.toBeNaN();
        expect([age, freshness]).toEqual([other.age, other.freshness]);
        if (value === undefined) expect(other.value).toBeUndefined();
        else expect(other.value).toBeCloseTo(value, 6);
        expect(freshness === 'lost').toBe(value === undefined);
      }
      const currents = members.map((of) => of.current(now).value);
      const known = currents.filter((current) => current !== undefined);
      const total = known.reduce((a, b) => a + b, 0);
      if (known.length === members.length) expect(bank.current(now).value).toBeCloseTo(total, 6);
      else expect(bank.current(now).value).toBeUndefined();
      const soc = bank.quantity('stateOfCharge', now).value ?? 0;
      expect(soc).toBeGreaterThanOrEqual(0);
      expect(soc).toBeLessThanOrEqual(100 + 1e-9);
      expect(reversed.socFrom(now)).toBe(bank.socFrom(now));
      expect(reversed.presence(now)).toEqual(bank.presence(now));
    }),
  );
});

describe('with a meter of the common current', () => {
  const shunt = (values: Readonly<Record<string, number>>, age = 0): Device => {
    const device = new Device('shunt', 'meter');
    device.apply({
      device: 'shunt',
      at: now - age,
      group: 'all',
      period,
      values,
      resolution: { current: 0.01 },
    });
    return device;
  };

  test('current and power are its own, and all else is the members’', () => {
    const bank = new Bank(
      'Bank',
      [house(), bow()],
      shunt({ current: -5.25, power: -69.5, stateOfCharge: 3 }),
    );
    expect([bank.current(now).value, bank.power(now).value, bank.currentFrom(now)]).toEqual([
      -5.25,
      -69.5,
      'meter',
    ]);
    expect(bank.youngest('current', now).value).toBe(-5.25);
    expect(bank.currentIsFine(now)).toBe(true);
    expect(bank.quantity('stateOfCharge', now).value).toBe(80);
    expect(bank.quantity('ampHours', now).value).toBe(-80);
  });

  test('a member that is lost does not matter to them', () => {
    const bank = new Bank('Bank', [house(), bow(20_000)], shunt({ current: -5.25 }));
    expect(bank.current(now).value).toBe(-5.25);
    expect(bank.power(now).value).toBeCloseTo(-5.25 * 13.2, 9);
    expect(bank.flow(now)).toBe('discharging');
    expect(bank.quantity('ampHours', now).value).toBeUndefined();
  });

  test('while it is late they are late, and when it is lost the members are added up', () => {
    const late = new Bank('Bank', [house(), bow()], shunt({ current: -5.25, power: -69.5 }, 5000));
    expect(late.current(now)).toEqual({ value: -5.25, age: 5000, freshness: 'late' });
    expect(late.power(now).freshness).toBe('late');
    const lost = new Bank('Bank', [house(), bow()], shunt({ current: -5.25, power: -69.5 }, 20_000));
    expect([lost.current(now).value, lost.currentFrom(now)]).toEqual([-6, 'members']);
    expect(lost.power(now).value).toBeCloseTo(-10 * 13.2 + 4 * 13.4, 9);
  });

  test('with no member left the bank is lost, whatever the meter tells', () => {
    const bank = new Bank('Bank', [house(20_000), bow(20_000)], shunt({ current: -5.25, power: -69.5 }));
    expect([bank.current(now).value, bank.power(now).value, bank.currentFrom(now)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(bank.freshness(now)).toBe('lost');
  });

  test('what it tells anew is news of the bank', () => {
    const meter = shunt({ current: 1 });
    const bank = new Bank('Bank', [house(), bow()], meter);
    const before = bank.changes;
    meter.apply({ device: 'shunt', at: now, group: 'all', period, values: { current: 2 } });
    expect(bank.changes).toBe(before + 1);
  });
});

import { Bank } from '../../src/model/bank';
import { Battery } from '../../src/model/battery';
import { isRough } from '../../src/model/rough-time';
import { TimeLeft } from '../../src/model/time-left';

const capacity = { remainingCapacity: 50, fullCapacity: 100, stateOfCharge: 50 };

function run() {
  const battery = new Battery('house');
  const left = new TimeLeft(battery);
  let now = 0;
  const live = (seconds: number, values?: Readonly<Record<string, number>>): void => {
    for (let i = 0; i < seconds; i++) {
      now += 1000;
      if (values !== undefined)
        battery.apply({ device: 'house', at: now, group: 'all', period: 1000, values });
      left.look(now);
    }
  };
  const hours = () =>
    [left.empty(now), left.full(now)].map(({ value }) =>
      value === undefined ? undefined : Number((value / 3600).toFixed(2)),
    );
  return { live, hours };
}

test('it lasts as long as what remains at the mean current, and takes a little more than what is missing', () => {
  const { live, hours } = run();
  live(60, { current: -10, ...capacity });
  expect(hours()).toEqual([5, undefined]);
  live(60, { current: 25, ...capacity });
  expect(hours()).toEqual([undefined, 2.02]);
});

test('the mean is of three minutes; the first half minute tells nothing', () => {
  const { live, hours } = run();
  live(30, { current: -10, ...capacity });
  expect(hours()).toEqual([undefined, undefined]);
  live(200, { current: -10, ...capacity });
  live(90, { current: -30, ...capacity });
  expect(hours()[0]).toBeCloseTo(2.5, 1);
  live(120, { current: -30, ...capacity });
  expect(hours()[0]).toBeCloseTo(50 / 30, 1);
});

test('a change of direction begins a new mean, a zero does not', () => {
  const { live, hours } = run();
  live(60, { current: -10, ...capacity });
  live(1, { current: 0, ...capacity });
  expect(hours()[0]).toBeGreaterThan(4.9);
  live(20, { current: 10, ...capacity });
  expect(hours()).toEqual([undefined, undefined]);
});

test.each([
  ['near zero', { current: -0.09, remainingCapacity: 4, fullCapacity: 10 }],
  ['below a 500th of the capacity', { current: -0.5, remainingCapacity: 20, fullCapacity: 400 }],
  ['of more than 99 hours', { current: -1, remainingCapacity: 100, fullCapacity: 200 }],
  ['of an empty battery', { current: -10, remainingCapacity: 0, fullCapacity: 100 }],
  ['of a capacity that nobody knows', { current: -10, stateOfCharge: 50 }],
  ['of no capacity', { current: -10, remainingCapacity: 0, fullCapacity: 0 }],
])('a time %s is unknown', (_, values) => {
  const { live, hours } = run();
  live(120, values);
  expect(hours()).toEqual([undefined, undefined]);
});

test('a current at the limit does not make the time come and go', () => {
  const { live, hours } = run();
  const values = { remainingCapacity: 2, fullCapacity: 10 };
  live(60, { current: -0.105, ...values });
  expect(hours()[0]).toBeUndefined();
  live(180, { current: -0.12, ...values });
  expect(hours()[0]).toBeDefined();
  live(180, { current: -0.105, ...values });
  expect(hours()[0]).toBeDefined();
  live(180, { current: -0.095, ...values });
  expect(hours()[0]).toBeUndefined();
});

test('it is unknown while the values are late, and begins anew after a gap', () => {
  const { live, hours } = run();
  live(60, { current: -10, ...capacity });
  live(4);
  expect(hours()).toEqual([undefined, undefined]);
  live(100);
  live(20, { current: -10, ...capacity });
  expect(hours()).toEqual([undefined, undefined]);
  live(20, { current: -10, ...capacity });
  expect(hours()).toEqual([5, undefined]);
});

test('a battery that counts what was taken out tells its capacity by its state of charge', () => {
  const { live, hours } = run();
  live(60, { current: -10, ampHours: -50, stateOfCharge: 75 });
  expect(hours()).toEqual([15, undefined]);
  live(60, { current: 20, ampHours: -5, stateOfCharge: 97.5 });
  expect(hours()).toEqual([undefined, 0.25]);
  live(60, { current: -10, ampHours: -5, stateOfCharge: 97.5 });
  expect(hours()).toEqual([undefined, undefined]);
});

test('above 95 % the time to full is a rough one', () => {
  expect([undefined, 50, 95, 95.5, 100].map(isRough)).toEqual([false, false, false, true, true]);
});

test('a bank’s time comes from its sums, not from its members’ times', () => {
  const members = [new Battery('house'), new Battery('bow')];
  const bank = new TimeLeft(new Bank('Bank', members));
  for (let now = 0; now <= 60_000; now += 1000) {
    members.forEach((member, i) =>
      member.apply({
        device: member.name,
        at: now,
        group: 'all',
        period: 1000,
        values: { voltage: 13, current: i === 0 ? -30 : -10, remainingCapacity: 60, fullCapacity: 100 },
      }),
    );
    bank.look(now);
  }
  // 2 h and 6 h by themselves, whose mean would be 4 h.
  expect(bank.empty(60_000).value).toBeCloseTo(3 * 3600, 6);
});

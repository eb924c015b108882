import { Bank } from '../../src/model/bank';
import { Battery } from '../../src/model/battery';
import { unknown } from '../../src/model/freshness';
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

test('a length at the limit does not make the time come and go', () => {
  const { live, hours } = run();
  const at = (remaining: number): (number | undefined)[] =>
    // In every second of it.
    Array.from({ length: 5 }, () => {
      live(1, { current: -1, remainingCapacity: remaining, fullCapacity: 200 });
      return hours()[0];
    });
  live(60, { current: -1, remainingCapacity: 120, fullCapacity: 200 });
  expect(new Set(at(100))).toEqual(new Set([undefined]));
  expect(new Set(at(95))).toEqual(new Set([undefined]));
  expect(new Set(at(85))).toEqual(new Set([85]));
  expect(new Set(at(95))).toEqual(new Set([95]));
  expect(new Set(at(100))).toEqual(new Set([undefined]));
});

test('a time that has hardly changed is told as before', () => {
  const { live, hours } = run();
  const at = (remainingCapacity: number): number | undefined => {
    live(1, { current: -10, remainingCapacity, fullCapacity: 100 });
    return hours()[0];
  };
  live(60, { current: -10, remainingCapacity: 50, fullCapacity: 100 });
  expect([at(49.6), at(50.4), at(49.4), at(49.8)]).toEqual([5, 5, 4.94, 4.94]);
  // Of a short one, half a minute is little.
  expect([at(1), at(0.95), at(0.9)]).toEqual([0.1, 0.1, 0.09]);
});

test('what is not told has no age and is not fresh', () => {
  const battery = new Battery('house');
  const left = new TimeLeft(battery);
  battery.apply({ device: 'house', at: 0, group: 'all', period: 1000, values: { current: 0 } });
  left.look(0);
  expect([left.empty(0), left.full(0)]).toEqual([unknown, unknown]);
});

test('a charge that is not heard any more is no charge to reckon with, though the current is', () => {
  const battery = new Battery('house');
  const left = new TimeLeft(battery);
  const tell = (now: number, group: string, values: Readonly<Record<string, number>>): void =>
    battery.apply({ device: 'house', at: now, group, period: 1000, values });
  for (let now = 0; now <= 60_000; now += 1000) {
    tell(now, 'current', { current: -10 });
    if (now <= 55_000) tell(now, 'charge', capacity);
    left.look(now);
    if (now === 57_000) expect(left.empty(now).value).toBe(5 * 3600);
  }
  expect(left.empty(60_000).value).toBeUndefined();
});

test('a capacity without a charge tells no time, and one of 0 is none', () => {
  const { live, hours } = run();
  live(60, { current: 10, fullCapacity: 100 });
  expect(hours()).toEqual([undefined, undefined]);
  live(60, { current: -10, fullCapacity: 0, ampHours: -50, stateOfCharge: 75 });
  expect(hours()).toEqual([15, undefined]);
});

test('up to 90 % what was taken out tells the capacity', () => {
  const { live, hours } = run();
  live(60, { current: -10, ampHours: -10, stateOfCharge: 90 });
  expect(hours()).toEqual([9, undefined]);
  live(60, { current: -10, ampHours: -10, stateOfCharge: 90.5 });
  expect(hours()).toEqual([undefined, undefined]);
});

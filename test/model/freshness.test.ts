import fc from 'fast-check';
import { Arrivals, best, freshnessOf, worst } from '../../src/model/freshness';

test('a value is fresh for three periods, late for ten, and lost after that', () => {
  expect([0, 2999, 3000, 9999, 10_000, Infinity].map((age) => freshnessOf(age, 1000))).toEqual([
    'fresh',
    'fresh',
    'late',
    'late',
    'lost',
    'lost',
  ]);
});

test('what was never heard is lost', () => {
  const arrivals = new Arrivals(1000);
  expect(arrivals.age(5)).toBe(Infinity);
  expect(arrivals.freshness(5)).toBe('lost');
});

test('a message that comes every five seconds is not called late', () => {
  const arrivals = new Arrivals(1000);
  for (let time = 0; time <= 20_000; time += 5000) arrivals.note(time);
  expect(arrivals.period).toBe(5000);
  expect(arrivals.freshness(20_000 + 14_000)).toBe('fresh');
  expect(arrivals.freshness(20_000 + 16_000)).toBe('late');
});

test('an outage is not taken for a habit', () => {
  const arrivals = new Arrivals(1000);
  for (let time = 0; time <= 10_000; time += 1000) arrivals.note(time);
  arrivals.note(70_000);
  expect(arrivals.period).toBe(1000);
});

test('a burst does not make a healthy message late sooner', () => {
  const arrivals = new Arrivals(1000);
  for (let time = 0; time < 100; time += 10) arrivals.note(time);
  expect(arrivals.period).toBe(1000);
});

test('a message whose own period is a minute, or which comes only once on each connection, is not called late', () => {
  for (const period of [60_000, Infinity]) {
    const arrivals = new Arrivals(period);
    for (let time = 0; time <= 600_000; time += 60_000) arrivals.note(time);
    expect(arrivals.period).toBe(period);
    expect(arrivals.freshness(600_000 + 170_000)).toBe('fresh');
  }
});

test('whenever messages come, ages are not negative and the period stays within its limits', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1e12, noNaN: true })), (times) => {
      const arrivals = new Arrivals(1000);
      for (const time of times) arrivals.note(time);
      expect(arrivals.age(0)).toBeGreaterThanOrEqual(0);
      expect(arrivals.period).toBeGreaterThanOrEqual(1000);
      expect(arrivals.period).toBeLessThanOrEqual(30_000);
    }),
  );
});

test('of several the least and the most believable are told', () => {
  expect([worst(), worst('fresh', 'fresh'), worst('fresh', 'late'), worst('late', 'lost', 'fresh')]).toEqual([
    'fresh',
    'fresh',
    'late',
    'lost',
  ]);
  expect([best(), best('lost', 'lost'), best('lost', 'late'), best('late', 'fresh', 'lost')]).toEqual([
    'lost',
    'lost',
    'late',
    'fresh',
  ]);
});

import fc from 'fast-check';
import { PowerLog, powerLogLength, powerLogStep } from '../../src/model/power-log';

test('each step holds the mean of its samples', () => {
  const log = new PowerLog();
  log.add(100, 0);
  log.add(300, powerLogStep - 1);
  log.add(-50, powerLogStep);
  expect(log.series(powerLogStep).slice(-2)).toEqual([200, -50]);
});

test('a stretch without samples is a gap, not a zero', () => {
  const log = new PowerLog();
  log.add(100, 0);
  log.add(100, 3 * powerLogStep);
  expect(log.series(3 * powerLogStep).slice(-4)).toEqual([100, undefined, undefined, 100]);
});

test('the series moves on although nothing more is heard', () => {
  const log = new PowerLog();
  log.add(100, 0);
  expect(log.series(powerLogStep * (powerLogLength - 1))[0]).toBe(100);
  expect(log.series(powerLogStep * powerLogLength).every((power) => power === undefined)).toBe(true);
});

test('old steps do not come back after a long silence', () => {
  const log = new PowerLog();
  for (let step = 0; step < powerLogLength; step++) log.add(100, step * powerLogStep);
  const later = 5 * powerLogLength * powerLogStep;
  log.add(7, later);
  expect(log.series(later).filter((power) => power !== undefined)).toEqual([7]);
});

test('the largest is without its sign', () => {
  const log = new PowerLog();
  log.add(-900, 0);
  log.add(500, powerLogStep);
  expect(log.largest(powerLogStep)).toBe(900);
  expect(new PowerLog().largest(0)).toBe(0);
});

test('however time passes, the series has its length and means lie within the samples', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.nat(1_000_000))), (samples) => {
      const log = new PowerLog();
      let now = 0;
      for (const [power, later] of samples) log.add(power, (now += later));
      const series = log.series(now);
      expect(series).toHaveLength(powerLogLength);
      for (const power of series) if (power !== undefined) expect(Math.abs(power)).toBeLessThanOrEqual(1000);
    }),
  );
});

describe('after a restart', () => {
  const minute = 60_000;

  test('what the history knows stands where it belongs, with the values since', () => {
    const log = new PowerLog();
    log.add(100, 5000);
    const past = [
      { age: 5 * 60 * minute, value: 1 },
      { age: 238 * minute, value: 2 },
      { age: 11_000, value: 400 },
      { age: 12_000, value: 600 },
      { age: NaN, value: 7 },
      { age: -1, value: 8 },
      { age: 9000, value: NaN },
    ];
    log.restore(past, 10_000);
    const series = log.series(10_000);
    expect(series).toHaveLength(powerLogLength);
    expect(series[0]).toBe(2);
    expect(series.at(-2)).toBe(500);
    expect(series.at(-1)).toBe(100);
    expect(series.filter((power) => power !== undefined)).toHaveLength(3);
  });

  test('one that is empty yet is filled too, and goes on', () => {
    const log = new PowerLog();
    log.restore([{ age: 3 * minute, value: -50 }], 1000);
    log.add(70, 2000);
    expect(log.series(2000).slice(-3)).toEqual([-50, undefined, 70]);
  });
});

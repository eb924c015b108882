import fc from 'fast-check';
import { PowerLog, powerLogKept, powerLogLength, powerLogStep } from '../../src/model/power-log';

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

test('S0.50: a day is kept, and several steps make one mean', () => {
  const log = new PowerLog();
  for (let step = 0; step < powerLogKept; step++) log.add(step % 2 === 0 ? 100 : 300, step * powerLogStep);
  const now = (powerLogKept - 1) * powerLogStep;
  expect(log.series(now, powerLogKept)).not.toContain(undefined);
  expect(log.series(now, powerLogKept / 2, 2)).toEqual(Array.from({ length: powerLogKept / 2 }, () => 200));
});

test('a group of steps is known when one of them is', () => {
  const log = new PowerLog();
  log.add(100, 0);
  expect(log.series(5 * powerLogStep, 3, 2)).toEqual([100, undefined, undefined]);
});

test('energy in and out are told apart within a step, and gaps hold none', () => {
  const log = new PowerLog();
  const hour = 3_600_000;
  for (let time = 0; time < hour; time += 1000) log.add(time % 2000 === 0 ? 3000 : -1000, time);
  for (let time = 2 * hour; time < 3 * hour; time += 1000) log.add(-2000, time);
  const { into, out } = log.energy(3 * hour - 1, powerLogLength);
  expect(into).toBeCloseTo(1.5, 2);
  expect(out).toBeCloseTo(0.5 + 2, 2);
  expect(log.energy(3 * hour - 1, 30).into).toBe(0);
});

test('the step under way counts for as long as it has lasted', () => {
  const log = new PowerLog();
  log.add(6000, 0);
  expect(log.energy(powerLogStep / 2, powerLogLength).into).toBeCloseTo(0.1, 9);
});

test('what was logged before a restart is there again, and nothing that was heard since is changed', () => {
  const log = new PowerLog();
  const now = 10 * powerLogStep;
  log.add(900, now);
  const past = [0, 1, 2, 3].map((step) => ({ age: step * powerLogStep, value: -100 }));
  log.restore(
    [...past, { age: powerLogStep, value: -300 }, { age: -1, value: 5 }, { age: 5, value: NaN }],
    now,
  );
  expect(log.series(now, 5)).toEqual([undefined, -100, -100, -200, 900]);
});

test('energy is that of the time that is asked for, and of no more', () => {
  const log = new PowerLog();
  for (let step = 0; step < powerLogKept; step++) log.add(-3000, step * powerLogStep);
  const now = powerLogKept * powerLogStep - 1;
  expect(log.energy(now, 30).out).toBeCloseTo(3, 4);
  expect(log.energy(now, powerLogKept).out).toBeCloseTo(72, 4);
});

test('after a day and a silence, what was a day ago is not taken for the present', () => {
  const log = new PowerLog();
  for (let step = 0; step < powerLogKept; step++) log.add(3000, step * powerLogStep);
  const now = (powerLogKept + 30) * powerLogStep - 1;
  expect(log.series(now, 30).every((power) => power === undefined)).toBe(true);
  expect(log.energy(now, 30)).toEqual({ into: 0, out: 0 });
  // It comes back, and what it tells is not mixed with what was there.
  log.add(-100, now);
  expect(log.series(now, 3)).toEqual([undefined, undefined, -100]);
  expect(log.energy(now, 30).into).toBe(0);
});

test('what was logged more than a day ago is not taken for younger', () => {
  const log = new PowerLog();
  const now = 2 * powerLogKept * powerLogStep;
  log.restore(
    [powerLogKept, powerLogKept + 5].map((steps) => ({ age: steps * powerLogStep, value: 100 })),
    now,
  );
  expect(log.series(now, powerLogKept).every((power) => power === undefined)).toBe(true);
  log.restore([{ age: (powerLogKept - 1) * powerLogStep, value: 100 }], now);
  expect(log.series(now, powerLogKept)[0]).toBe(100);
});

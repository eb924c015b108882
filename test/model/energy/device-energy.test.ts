import fc from 'fast-check';
import { Battery } from '../../../src/model/battery';
import { Bank } from '../../../src/model/bank';
import { Device } from '../../../src/model/device';
import { DeviceEnergy } from '../../../src/model/energy/device-energy';
import type { Kind } from '../../../src/model/reading';

const hour = 3_600_000;
const noon = new Date('2026-11-28T12:00:00').getTime();

/** Tells readings and looks each second, as the display does. */
function run(kind: Kind, energy?: (device: Device) => DeviceEnergy) {
  const device = kind === 'battery' ? new Battery('house') : new Device('house', kind);
  const sums = energy?.(device) ?? new DeviceEnergy(device);
  let now = 0;
  return {
    device,
    sums,
    tell: (values: Readonly<Record<string, number>>, period = 1000): void =>
      device.apply({ device: 'house', at: now, group: 'all', period, values }),
    pass: (ms: number): void => {
      for (const end = now + ms; now < end;) {
        now = Math.min(end, now + 1000);
        sums.look(now);
        sums.settle(now, noon + now);
      }
    },
    today: () => {
      const day = sums.days.day('2026-11-28');
      const text = (value = 0): number => Number(value.toFixed(3));
      return (
        day && {
          energy: [text(day.energy.in), text(day.energy.out), day.energy.covered / 1000],
          charge: [text(day.charge.in), text(day.charge.out), day.charge.covered / 1000],
        }
      );
    },
  };
}

test('power and current of a battery are added up to Wh and Ah', () => {
  const { tell, pass, today } = run('battery');
  for (let second = 0; second <= 3600; second++) {
    tell({ voltage: 50, current: -2 });
    pass(1000);
  }
  expect(today()).toEqual({ energy: [0, 100, 3600], charge: [0, 2, 3600] });
});

test('a gap of more than a minute and three intervals is left out, and is not covered', () => {
  const { tell, pass, today } = run('battery');
  const steps = (count: number): void => {
    for (let i = 0; i < count; i++) {
      tell({ power: 3600, current: 10 });
      pass(1000);
    }
  };
  steps(61);
  pass(100_000);
  steps(61);
  expect(today()?.energy).toEqual([120, 0, 120]);
  // What is short is bridged, though the value was not fresh in between.
  pass(50_000);
  steps(1);
  expect(today()?.energy).toEqual([171, 0, 171]);
});

test('a device that is asked every ten minutes has no gap between two answers', () => {
  const { tell, pass, today } = run('battery');
  for (let i = 0; i < 4; i++) {
    tell({ power: 600, current: 10 }, 600_000);
    pass(600_000);
  }
  expect(today()?.energy).toEqual([300, 0, 1800]);
});

test('a display that stood still for an hour knows nothing of it', () => {
  const battery = new Battery('house');
  const sums = new DeviceEnergy(battery);
  for (const now of [0, 1000, hour]) {
    battery.apply({ device: 'house', at: now, group: 'all', period: 1000, values: { power: 1000 } });
    sums.look(now);
  }
  sums.settle(hour, noon + hour);
  expect(sums.days.list[0]?.energy.covered).toBe(1000);
});

test('the sums are those of the values one by one, wherever they are fresh', () => {
  const steps = fc.array(
    fc.record({
      // What comes so rarely as the latter is a gap whatever the device's habit is.
      seconds: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 91, max: 300 })),
      power: fc.integer({ min: -5000, max: 5000 }),
    }),
    { minLength: 2, maxLength: 30 },
  );
  fc.assert(
    fc.property(steps, (list) => {
      const { tell, pass, sums } = run('battery');
      let [into, out, covered] = [0, 0, 0];
      for (const { seconds, power } of list) {
        tell({ power }, 5000);
        pass(seconds * 1000);
      }
      list.slice(1).forEach(({ power }, i) => {
        const { seconds, power: first } = list[i] ?? { seconds: 0, power: 0 };
        if (seconds > 60) return;
        covered += seconds;
        // In steps of a millisecond, by brute force.
        const pieces = 2000;
        for (let piece = 0; piece < pieces; piece++) {
          const value = first + ((power - first) * (piece + 0.5)) / pieces;
          const amount = (value * seconds) / pieces / 3600;
          if (amount > 0) into += amount;
          else out -= amount;
        }
      });
      const energy = sums.days.list[0]?.energy ?? { in: 0, out: 0, covered: 0 };
      expect(energy.in).toBeCloseTo(into, 2);
      expect(energy.out).toBeCloseTo(out, 2);
      expect(energy.covered / 1000).toBeCloseTo(covered, 6);
    }),
    { numRuns: 30 },
  );
});

test('a charger’s own counters are read, and go on counting while it is not heard', () => {
  const { tell, pass, today } = run('solar-charger');
  const told = (chargedTotal: number) => ({
    chargePower: 100,
    chargeCurrent: 8,
    loadPower: 12,
    loadCurrent: 1,
    chargedTotal,
    dischargedTotal: 500 + chargedTotal / 10,
  });
  tell(told(1000), 30_000);
  pass(30_000);
  tell(told(1001), 30_000);
  pass(2 * hour);
  tell(told(1200), 30_000);
  pass(1000);
  expect(today()).toEqual({ energy: [200, 20, 7230], charge: [0.067, 0.008, 30] });
});

test('a counter that starts again is read on from there', () => {
  const { tell, pass, today } = run('solar-charger');
  for (const chargedTotal of [1000, 1010, 0, 5, 4e9, 4e9 + 1]) {
    tell({ chargedTotal }, 30_000);
    pass(30_000);
  }
  expect(today()?.energy[0]).toBe(16);
});

test('a meter counts both ways; one that is reset to zero has counted nothing', () => {
  const { tell, pass, today } = run('meter');
  for (const energy of [-1000, -1010, -1004, 0, 3]) {
    tell({ power: 5000, energy, current: 1, charge: energy / 10 }, 30_000);
    pass(30_000);
  }
  expect(today()).toEqual({ energy: [9, 10, 90], charge: [0.9, 1, 90] });
});

test('clock jumps of years change no sum', () => {
  const battery = new Battery('house');
  const sums = new DeviceEnergy(battery);
  let now = 0;
  for (const wall of [
    '2026-11-28T12:00:00',
    '2036-01-01T00:00:10',
    '2024-02-29T23:59:59',
    '2026-11-28T12:01:00',
  ]) {
    const origin = new Date(wall).getTime() - now;
    for (let i = 0; i < 60; i++) {
      battery.apply({ device: 'house', at: now, group: 'all', period: 1000, values: { power: 3600 } });
      sums.look(now);
      sums.settle(now, origin + now);
      now += 1000;
    }
  }
  const total = sums.days.list.reduce((sum, { energy }) => sum + energy.in, 0);
  expect(total).toBeCloseTo(239, 6);
  expect(sums.days.list.every(({ energy }) => energy.in >= 0 && energy.out === 0)).toBe(true);
});

test('what was added up before the time was known gets its day when it is', () => {
  const battery = new Battery('house');
  const sums = new DeviceEnergy(battery);
  for (let now = 0; now <= hour; now += 1000) {
    battery.apply({ device: 'house', at: now, group: 'all', period: 1000, values: { power: 100 } });
    sums.look(now);
  }
  sums.settle(hour, new Date('2026-11-28T00:30:00').getTime());
  expect(sums.days.list.map(({ date, energy }) => [date, Math.round(energy.in)])).toEqual([
    ['2026-11-27', 50],
    ['2026-11-28', 50],
  ]);
});

test('restarts within a minute change nothing, wherever they fall', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 119 }), { maxLength: 3 }), (cuts) => {
      const power = (second: number): number => 1000 * Math.sin(second / 7);
      let battery = new Battery('house');
      let sums = new DeviceEnergy(battery);
      for (let second = 0; second < 120; second++) {
        if (cuts.includes(second)) {
          const { latest, days } = sums;
          battery = new Battery('house');
          sums = new DeviceEnergy(battery);
          // What was kept is read when the first values are there already, or before.
          if (second % 2 === 0) {
            sums.resume(latest);
            sums.days.restore(days.list);
          } else {
            const values = { power: power(second) };
            battery.apply({ device: 'house', at: second * 1000, group: 'all', period: 1000, values });
            sums.look(second * 1000);
            sums.resume(latest);
            sums.days.restore(days.list);
          }
        }
        const values = { power: power(second) };
        battery.apply({ device: 'house', at: second * 1000, group: 'all', period: 1000, values });
        sums.look(second * 1000);
        sums.settle(second * 1000, noon + second * 1000);
      }
      let [into, out] = [0, 0];
      for (let step = 0; step < 119; step += 0.01) {
        const first = power(Math.floor(step));
        const value = first + (power(Math.floor(step) + 1) - first) * (step % 1);
        if (value > 0) into += value / 100 / 3600;
        else out -= value / 100 / 3600;
      }
      expect(sums.days.list[0]?.energy.covered).toBe(119_000);
      expect(sums.days.list[0]?.energy.in).toBeCloseTo(into, 1);
      expect(sums.days.list[0]?.energy.out).toBeCloseTo(out, 1);
    }),
    { numRuns: 20 },
  );
});

test('a bank’s sums are those of its current and power, and unknown while a member is missing', () => {
  const members = [new Battery('house'), new Battery('bow')];
  const sums = new DeviceEnergy(new Bank('Bank', members));
  for (let now = 0; now <= 300_000; now += 1000) {
    for (const { name, apply } of members.map((member) => ({
      name: member.name,
      apply: member.apply.bind(member),
    })))
      if (name === 'house' || now <= 100_000)
        apply({ device: name, at: now, group: 'all', period: 1000, values: { power: -1800, voltage: 50 } });
    sums.look(now);
  }
  sums.settle(300_000, noon);
  expect(sums.days.list[0]?.energy.out).toBeCloseTo(100, 0);
  expect(sums.days.list[0]?.energy.covered).toBeLessThan(105_000);
});

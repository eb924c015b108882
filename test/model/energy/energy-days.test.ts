import fc from 'fast-check';
import { EnergyDays, type EnergyDay } from '../../../src/model/energy/energy-days';

const hour = 3_600_000;
const at = (text: string): number => new Date(text).getTime();
const flow = (from: number, to: number, first: number, last = first) =>
  ({ of: 'energy', segment: { from, to, first, last }, counted: false, covers: true }) as const;
const brief = (days: readonly EnergyDay[]) =>
  days.map(({ date, energy }) => [date, energy.in, energy.out, energy.covered / hour]);

test('a flow over midnight is cut there', () => {
  const days = new EnergyDays();
  days.add(flow(at('2026-11-27T23:30:00'), at('2026-11-28T01:00:00'), 100));
  expect(brief(days.list)).toEqual([
    ['2026-11-27', 50, 0, 0.5],
    ['2026-11-28', 100, 0, 1],
  ]);
});

test('a day on which the clocks change has 23 or 25 hours', () => {
  const days = new EnergyDays();
  for (const [from, to] of [
    ['2026-03-29T00:00:00', '2026-03-30T00:00:00'],
    ['2026-10-25T00:00:00', '2026-10-26T00:00:00'],
  ] as const)
    for (let time = at(from); time < at(to); time += 60_000) days.add(flow(time, time + 60_000, -60));
  expect(days.list.map(({ date, energy }) => [date, Math.round(energy.out), energy.covered / hour])).toEqual([
    ['2026-03-29', 1380, 23],
    ['2026-10-25', 1500, 25],
  ]);
});

test('what a counter has counted over a long time with a midnight in it belongs to no day', () => {
  const days = new EnergyDays();
  const counted = { ...flow(at('2026-11-27T20:00:00'), at('2026-11-28T06:00:00'), 100), counted: true };
  days.add(counted);
  expect(days.list).toEqual([]);
  days.add({ ...flow(at('2026-11-27T23:59:45'), at('2026-11-28T00:00:15'), 120), counted: true });
  expect(brief(days.list).map(([date, into]) => [date, into])).toEqual([
    ['2026-11-27', 0.5],
    ['2026-11-28', 0.5],
  ]);
});

test('what was kept is added to what is known already', () => {
  const kept = new EnergyDays();
  kept.add(flow(at('2026-11-28T08:00:00'), at('2026-11-28T09:00:00'), 100));
  const days = new EnergyDays();
  days.add(flow(at('2026-11-28T10:00:00'), at('2026-11-28T11:00:00'), -40));
  days.restore(kept.list);
  expect(brief(days.list)).toEqual([['2026-11-28', 100, 40, 2]]);
});

test('two months are kept; a clock that was years ahead for a while costs no more than a day', () => {
  const days = new EnergyDays();
  const start = at('2026-06-01T12:00:00');
  for (let day = 0; day < 100; day++)
    days.add(flow(start + day * 24 * hour, start + day * 24 * hour + 1000, 1));
  expect(days.list).toHaveLength(62);
  const [first] = days.list;
  days.add(flow(at('2036-01-01T12:00:00'), at('2036-01-01T12:00:01'), 1));
  days.add(flow(start + 100 * 24 * hour, start + 100 * 24 * hour + 1000, 1));
  expect(days.list).toHaveLength(62);
  expect(days.list.at(-1)?.date).toBe('2026-09-09');
  expect(days.list[0]?.date).not.toBe(first?.date);
});

test('however flows are cut into pieces, the days are the same, and never negative', () => {
  const start = at('2026-10-24T18:00:00');
  const steps = fc.array(
    fc.record({
      ms: fc.integer({ min: 1000, max: 6 * hour }),
      value: fc.double({ min: -5000, max: 5000, noNaN: true }),
      parts: fc.integer({ min: 1, max: 4 }),
    }),
    { minLength: 1, maxLength: 20 },
  );
  fc.assert(
    fc.property(steps, (list) => {
      const [whole, parts] = [new EnergyDays(), new EnergyDays()];
      let [time, value] = [start, 0];
      let net = 0;
      for (const next of list) {
        const line = (part: number): number => value + ((next.value - value) * part) / next.parts;
        const moment = (part: number): number => time + (next.ms * part) / next.parts;
        whole.add(flow(time, time + next.ms, value, next.value));
        for (let part = 0; part < next.parts; part++)
          parts.add(flow(moment(part), moment(part + 1), line(part), line(part + 1)));
        net += (((value + next.value) / 2) * next.ms) / hour;
        [time, value] = [time + next.ms, next.value];
      }
      let told = 0;
      whole.list.forEach(({ date, energy }, i) => {
        expect(parts.list[i]?.date).toBe(date);
        expect(Math.min(energy.in, energy.out)).toBeGreaterThanOrEqual(0);
        expect(parts.list[i]?.energy.in).toBeCloseTo(energy.in, 4);
        expect(parts.list[i]?.energy.out).toBeCloseTo(energy.out, 4);
        told += energy.in - energy.out;
      });
      expect(told).toBeCloseTo(net, 3);
    }),
  );
});

test('days that were kept in any order are told the earliest first', () => {
  const days = new EnergyDays();
  const amount = { in: 1, out: 0, covered: 1 };
  days.restore(
    ['2026-11-28', '2026-01-03', '2025-12-31', '2026-11-27'].map((date) => ({
      date,
      energy: amount,
      charge: amount,
    })),
  );
  expect(days.list.map(({ date }) => date)).toEqual(['2025-12-31', '2026-01-03', '2026-11-27', '2026-11-28']);
});

import { openDemoPast } from '../../../src/io/demo/open-demo-past';
import { localDay } from '../../../src/model/energy/local-day';
import { decodeAlarms } from '../../../src/protocol/alarm-file';
import { decodeEnergy, type KeptEnergy } from '../../../src/protocol/energy-file';
import { systemTimers, type Timers } from '../../../src/io/timers';
import { boatAfterLeadUp, packAfterLeadUp } from '../../../src/simulation/lead-up';

const wall = Date.UTC(2026, 5, 12, 13, 20, 7);
/** Without rest between the slices. */
const timers: Timers = { after: (_, callback) => systemTimers.after(0, callback) };
const clock = { monotonic: () => 5000, wall: () => new Date(wall) };
const hour = 3_600_000;
const day = 24 * hour;

function result<T>(work: Generator<void, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

function sums(kept: readonly KeptEnergy[] | undefined, name: string): { in: number; out: number } {
  const days = kept?.find(({ device }) => device === name)?.days ?? [];
  return days.reduce((sum, { energy }) => ({ in: sum.in + energy.in, out: sum.out + energy.out }), {
    in: 0,
    out: 0,
  });
}

describe('the past of the one battery', () => {
  const past = openDemoPast({ demo: 'battery', modules: 2, seed: 1, clock, timers, main: 'battery' });
  const query = { device: 'battery', quantity: 'stateOfCharge', to: wall + 1 };
  const present = result(packAfterLeadUp({ modules: 2, seed: 1 }));

  test('ends as the present begins', async () => {
    const [last] = (await past.history.query({ ...query, from: wall - 2 * hour, points: 10_000 })).slice(-1);
    expect(wall - last!.start).toBeLessThan(90_000);
    expect(last!.mean).toBeCloseTo(100 * present.stateOfCharge, 6);
    const [power] = (
      await past.history.query({ ...query, quantity: 'power', from: wall - hour, points: 10_000 })
    ).slice(-1);
    // The mean of the last minute.
    expect(Math.abs(power!.mean / present.power - 1)).toBeLessThan(0.2);
  });

  test('jumps nowhere, and has no hole but where the battery was not received', async () => {
    const charge = await past.history.query({ ...query, from: wall - 31 * day, points: 100_000 });
    const gaps: number[] = [];
    for (const [i, { start, mean }] of charge.entries()) {
      const before = charge[i - 1];
      if (before === undefined) continue;
      expect(Math.abs(mean - before.mean)).toBeLessThan(5);
      if (start - before.start > 2 * before.span) gaps.push(start);
    }
    expect(wall - charge[0]!.start).toBeGreaterThan(30.9 * day);
    expect(gaps).toHaveLength(2);
  });

  test('fills the four hours of the power log and the days of the state of charge', async () => {
    const recent = { device: 'battery', now: wall };
    const power = await past.history.recent({ ...recent, quantity: 'power', seconds: 86_400, step: 10 });
    expect(new Set(power.map(({ age }) => Math.floor(age / 120_000))).size).toBeGreaterThan(718);
    const charge = await past.history.recent({
      ...recent,
      quantity: 'stateOfCharge',
      seconds: 702 * 512,
      step: 120,
    });
    expect(charge[0]!.age).toBeGreaterThan(4 * day);
  });

  test('has sums of energy by day that its history explains', async () => {
    const kept = decodeEnergy(await past.energies.read());
    const days = kept?.[0]?.days ?? [];
    expect(days).toHaveLength(32);
    expect(days.at(-1)!.date).toBe(localDay(wall).date);
    const { in: into, out } = sums(kept, 'battery');
    const power = await past.history.query({
      ...query,
      quantity: 'current',
      from: wall - 31 * day,
      points: 100_000,
    });
    const charged = power.reduce((sum, { mean, span }) => sum + (mean * span) / hour, 0);
    const own = days.reduce((sum, { charge }) => sum + charge.in - charge.out, 0);
    // What was not received is in the sums, and not in the history.
    expect(Math.abs(charged - own)).toBeLessThan(0.05 * days.reduce((sum, d) => sum + d.charge.in, 0));
    expect(into).toBeGreaterThan(100_000);
    expect(out).toBeGreaterThan(100_000);
  });

  test('has alarms that are long over, the newest first', async () => {
    const alarms = decodeAlarms(await past.alarms.read()) ?? [];
    expect(alarms.map(({ report }) => report.code)).toEqual(
      expect.arrayContaining(['silence', 'charge-low']),
    );
    for (const [i, { risen, acknowledged, ended }] of alarms.entries()) {
      expect(risen).toBeLessThan(acknowledged ?? NaN);
      expect(acknowledged).toBeLessThan(ended ?? NaN);
      expect(ended).toBeLessThan(wall - day);
      if (i > 0) expect(risen).toBeLessThan(alarms[i - 1]!.risen);
    }
  });

  test('takes what is written nowhere', async () => {
    const before = await past.energies.read();
    await past.energies.write('something else');
    expect(await past.energies.read()).toBe(before);
  });
});

describe('the past of the boat', () => {
  const past = openDemoPast({ demo: 'boat', modules: 16, seed: 1, clock, timers, main: 'Bank' });
  const boat = result(
    boatAfterLeadUp({
      batteries: ['house', 'bow'],
      monotonic: () => 0,
      speed: 60,
      wallTimeOfDay: (wall - localDay(wall).from) / 1000,
    }),
  );
  const last = async (device: string, quantity: string): Promise<number> => {
    const found = await past.history.query({
      device,
      quantity,
      from: wall - hour,
      to: wall + 1,
      points: 10_000,
    });
    return found.at(-1)?.mean ?? NaN;
  };

  test('ends as the present begins, with the counters of the devices', async () => {
    expect(await last('house', 'stateOfCharge')).toBeCloseTo(100 * boat.battery('house').stateOfCharge, 6);
    expect(await last('bow', 'current')).toBeCloseTo(boat.battery('bow').current, 6);
    expect(await last('charger', 'chargedTotal')).toBeCloseTo(boat.charger().energy, 6);
    expect(await last('charger', 'chargedToday')).toBeCloseTo(boat.charger().energyToday, 6);
    expect(await last('load', 'energy')).toBeCloseTo(boat.meter('load').energy, 6);
  });

  test('has sums of energy that fit the devices’ own counters, by day and in all', async () => {
    const kept = decodeEnergy(await past.energies.read());
    const today = kept?.find(({ device }) => device === 'charger')?.days.at(-1);
    expect(Math.abs(today!.energy.in / boat.charger().energyToday - 1)).toBeLessThan(0.02);
    const [first] = await past.history.query({
      device: 'charger',
      quantity: 'chargedTotal',
      from: 0,
      to: wall,
      points: 1e7,
    });
    const counted = boat.charger().energy - first!.mean;
    expect(Math.abs(sums(kept, 'charger').in / counted - 1)).toBeLessThan(0.02);
    const [bank, solar, load] = ['Bank', 'solar', 'load'].map((name) => sums(kept, name));
    expect(Math.abs(bank!.in - bank!.out - (solar!.in - load!.in))).toBeLessThan(0.01 * solar!.in);
  });

  test('jumps nowhere where the part begins that the present is computed from', async () => {
    const charge = await past.history.query({
      device: 'house',
      quantity: 'stateOfCharge',
      from: wall - 30 * hour,
      to: wall,
      points: 1e7,
    });
    for (const [i, { mean }] of charge.entries())
      // A kettle takes more than one percent in ten minutes.
      if (i > 0) expect(Math.abs(mean - charge[i - 1]!.mean)).toBeLessThan(1.8);
  });

  test('has counters that never go back, but those of a day at midnight', async () => {
    const counted = await past.history.query({
      device: 'charger',
      quantity: 'chargedTotal',
      from: 0,
      to: wall,
      points: 1e7,
    });
    for (const [i, { mean }] of counted.entries())
      if (i > 0) expect(mean).toBeGreaterThanOrEqual(counted[i - 1]!.mean);
    const today = await past.history.query({
      device: 'charger',
      quantity: 'chargedToday',
      from: wall - 20 * hour,
      to: wall,
      points: 1e7,
    });
    const resets = today.filter(({ mean }, i) => mean < (today[i - 1]?.mean ?? 0));
    expect(resets.map(({ start }) => Math.abs(start - localDay(wall).from) < 61_000)).toEqual([true]);
  });
});

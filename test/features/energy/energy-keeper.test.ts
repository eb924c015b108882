import { readdirSync, readFileSync, writeFileSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { EnergyKeeper } from '../../../src/features/energy/energy-keeper';
import { textStore, type TextStore } from '../../../src/io/text-store';
import { Site } from '../../../src/model/site';
import { SimulatedTime } from '../../soak/simulated-time';
import { temporaryFolder } from '../../temporary-folder';

const top = temporaryFolder();
const newFile = (): string => join(mkdtempSync(join(top, 'energy-')), 'energy.json');

/** A run of packdial whose battery is discharged with 3600 W, so that each second is 1 Wh. */
function run(path: string | undefined, from: string, changes: Partial<TextStore> = {}, name = 'house') {
  const time = new SimulatedTime();
  time.setWall(new Date(from));
  const site = new Site();
  site.add(name, 'battery');
  const warnings: string[] = [];
  let writes = 0;
  const pending = new Set<Promise<unknown>>();
  const awaited = <T>(work: Promise<T>): Promise<T> => {
    const end = work.catch(() => undefined);
    pending.add(end);
    void end.then(() => pending.delete(end));
    return work;
  };
  const disk = path === undefined ? undefined : { ...textStore(path), ...changes };
  const store = disk && {
    read: () => awaited(disk.read()),
    setAside: () => awaited(disk.setAside()),
    write: (content: string) => {
      writes++;
      return awaited(disk.write(content));
    },
  };
  const keeper = new EnergyKeeper({ site, clock: time, store, log: { warn: (text) => warnings.push(text) } });
  const { battery } = site.battery(name);
  const live = async (seconds: number, values: Readonly<Record<string, number>> = { power: -3600 }) => {
    for (let second = 0; second < seconds; second++) {
      await time.pass(1000);
      const at = time.monotonic();
      battery.apply({ device: name, at, group: 'all', period: 1000, values });
      keeper.everySecond();
      if (pending.size === 0) continue;
      do {
        await Promise.all(pending);
        await new Promise((resolve) => setImmediate(resolve));
      } while (pending.size > 0);
    }
  };
  const today = () => {
    const names = ['energyInToday', 'energyOutToday', 'chargeInToday', 'chargeOutToday', 'countedToday'];
    return names.map((quantity) => {
      const { value } = battery.quantity(quantity as 'energyInToday', time.monotonic());
      return value === undefined ? undefined : Number(value.toFixed(3));
    });
  };
  return { time, keeper, live, today, warnings, writes: () => writes, battery };
}

test('a restart changes nothing: the sums go on, and its few seconds are bridged', async () => {
  const file = newFile();
  const first = run(file, '2026-11-28T12:00:00');
  await first.live(101);
  expect(first.today()).toEqual([0, 100, undefined, undefined, 0.028]);
  await first.keeper.close();
  const second = run(file, '2026-11-28T12:01:50');
  await second.live(11);
  expect(second.today()).toEqual([0, 120, undefined, undefined, 0.033]);
  expect([...first.warnings, ...second.warnings]).toEqual([]);
});

test('a night without power is a gap, and the day before stays as it was', async () => {
  const file = newFile();
  const first = run(file, '2026-11-27T20:00:00');
  await first.live(61);
  await first.keeper.close();
  const second = run(file, '2026-11-28T08:00:00');
  await second.live(31);
  expect(
    second.keeper.json()[0]?.days.map(({ date, energyOut, energyHours }) => [date, energyOut, energyHours]),
  ).toEqual([
    ['2026-11-27', 60, 0.02],
    ['2026-11-28', 30, 0.01],
  ]);
});

test('a power cut takes five minutes at most, and no more is written than once in five minutes', async () => {
  const file = newFile();
  const first = run(file, '2026-11-28T12:00:00');
  await first.live(900);
  expect(first.writes()).toBe(2);
  const second = run(file, '2026-11-28T13:00:00');
  await second.live(2);
  expect(second.today()[1]).toBeGreaterThan(598);
});

test('a machine that does not know the time adds up, and finds the day when it knows', async () => {
  const { time, live, today } = run(newFile(), '1970-01-01T00:00:00');
  await live(100);
  expect(today()[1]).toBeUndefined();
  time.setWall(new Date('2026-11-28T12:00:00'));
  await live(2);
  expect(today()[1]).toBe(101);
});

test('a file that is damaged is set aside, and new sums are begun', async () => {
  const file = newFile();
  writeFileSync(file, 'no energies');
  const { live, today, warnings, keeper } = run(file, '2026-11-28T12:00:00');
  await live(11);
  expect(today()[1]).toBe(10);
  expect(warnings).toEqual([
    expect.stringMatching(/^The energies were damaged: they are kept as .*energy\.damaged\.json/),
  ]);
  await keeper.close();
  expect(readdirSync(join(file, '..')).sort()).toEqual(['energy.damaged.json', 'energy.json']);
});

test('a full disk is told once, and the sums go on', async () => {
  const write = () => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' }));
  const { live, today, warnings } = run(newFile(), '2026-11-28T12:00:00', { write });
  await live(1000);
  expect(today()[1]).toBe(999);
  expect(warnings).toEqual([expect.stringMatching(/^The energies can't be written: /)]);
});

test('without a data folder the sums are those since the start', async () => {
  const { live, today, warnings } = run(undefined, '2026-11-28T12:00:00');
  await live(61);
  expect([today()[1], warnings]).toEqual([60, []]);
});

test('a device that is not there now keeps its days', async () => {
  const file = newFile();
  const house = run(file, '2026-11-28T12:00:00');
  await house.live(11);
  await house.keeper.close();
  const bow = run(file, '2026-11-28T13:00:00', {}, 'bow');
  await bow.live(11);
  await bow.keeper.close();
  expect(readFileSync(file, 'utf8')).toMatch(/"bow"[^]*"house"/);
  const again = run(file, '2026-11-28T14:00:00');
  await again.live(1);
  expect(again.today()[1]).toBe(10);
});

test('a clock that was set back after the file was written makes nothing negative', async () => {
  const file = newFile();
  const first = run(file, '2036-01-01T12:00:00');
  await first.live(11);
  await first.keeper.close();
  const second = run(file, '2026-11-28T12:00:00');
  await second.live(11);
  expect(second.keeper.json()[0]?.days.map(({ date, energyOut }) => [date, energyOut])).toEqual([
    ['2026-11-28', 10],
    ['2036-01-01', 10],
  ]);
});

test('the information page has today’s sums, and a battery its time to empty', async () => {
  const { live, keeper, battery, time } = run(undefined, '2026-11-28T12:00:00');
  expect(keeper.lines()).toEqual([]);
  await live(61, { power: -3600, current: -10, remainingCapacity: 50, fullCapacity: 100 });
  expect(keeper.lines()).toEqual([{ label: 'Energy today', text: 'house 0.00 kWh in, 0.06 kWh out' }]);
  expect(battery.quantity('timeToEmpty', time.monotonic()).value).toBe(5 * 3600);
  expect(keeper.json()[0]?.values).toEqual({
    energyInToday: 0,
    energyOutToday: 60,
    chargeInToday: 0,
    chargeOutToday: 0.17,
    countedToday: 0.02,
    timeToEmpty: 18_000,
    timeToFull: null,
  });
});

test('a device tells its days', async () => {
  const { live, battery } = run(undefined, '2026-06-12T12:00:00');
  expect(battery.days).toEqual([]);
  await live(11);
  expect(battery.days).toMatchObject([{ date: '2026-06-12', energy: { in: 0, out: 10 } }]);
});

import { WebEnergy } from '../../../src/features/remote/web-energy';
import type { EnergyDay } from '../../../src/model/energy/energy-days';
import type { Bucket } from '../../../src/model/history/bucket';
import { Site } from '../../../src/model/site';

const hour = 3_600_000;
let wall = new Date(2026, 5, 12, 12, 41);
let asked: number[] = [];

/** Two hours of 100 W in, from noon on the day of a moment. */
const noon = (year: number, month: number, day: number): Bucket => {
  const start = new Date(year, month, day, 12).getTime();
  return { start, span: 2 * hour, count: 7200, mean: 100, min: 100, max: 100, last: 100 };
};
const past = [noon(2024, 1, 29), noon(2025, 5, 12), noon(2026, 5, 12)];
const today: EnergyDay = {
  date: '2026-06-12',
  energy: { in: 70, out: 30, covered: hour },
  charge: { in: 0, out: 0, covered: 0 },
};

function made(): WebEnergy {
  const site = new Site();
  const { battery } = site.battery('house');
  battery.remember((quantity, from, to) => {
    expect(quantity).toBe('power');
    asked.push(from);
    return Promise.resolve(past.filter(({ start }) => start >= from && start < to));
  });
  battery.addUp({ list: [today] });
  return new WebEnergy(site, { wall: () => wall });
}

beforeEach(() => {
  wall = new Date(2026, 5, 12, 12, 41);
  asked = [];
});

test('its own sums of the latest days come before what the history has, with last year behind them', async () => {
  const [house] = await made().periods('day');
  expect(house?.periods).toHaveLength(31);
  expect(house?.periods.at(-1)).toEqual({
    ...{ from: '2026-06-12', to: '2026-06-12', energyIn: 70, energyOut: 30, energyHours: 1 },
    ...{ energyInBefore: 200, energyOutBefore: 0 },
  });
  expect(house?.periods[0]).toMatchObject({ from: '2026-05-13', energyIn: null, energyHours: 0 });
});

test('weeks, months and years go back as far as the history does', async () => {
  const energy = made();
  const last = async (by: 'week' | 'month' | 'year', back = 0) =>
    (await energy.periods(by))[0]?.periods.at(-1 - back);
  expect(await last('week')).toMatchObject({ from: '2026-06-08', to: '2026-06-14', energyIn: 70 });
  expect(await last('month')).toMatchObject({ from: '2026-06-01', to: '2026-06-30', energyInBefore: 200 });
  expect(await last('year', 1)).toMatchObject({ from: '2025-01-01', to: '2025-12-31', energyIn: 200 });
  expect(await last('year', 2)).toMatchObject({ from: '2024-01-01', energyIn: 200, energyHours: 2 });
});

test('the history is read once a day, and by two who ask at once only once', async () => {
  const energy = made();
  await Promise.all([energy.periods('day'), energy.periods('year')]);
  const once = asked.length;
  expect(new Set(asked).size).toBe(once);
  await energy.periods('month', 'house');
  expect(asked).toHaveLength(once);
  wall = new Date(2026, 5, 13, 0, 1);
  await energy.periods('day');
  expect(asked).toHaveLength(2 * once);
});

test('a machine that cannot know the day has no periods', async () => {
  wall = new Date(1970, 0, 1, 0, 5);
  expect(await made().periods('day')).toEqual([{ device: 'house', kind: 'battery', periods: [] }]);
  expect(asked).toEqual([]);
});

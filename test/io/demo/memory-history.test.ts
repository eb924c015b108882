import { MemoryHistory, type MadePast } from '../../../src/io/demo/memory-history';
import type { RecordedSample } from '../../../src/io/recorders/recorder';

const end = Date.UTC(2026, 5, 12, 12);
const names = ['stateOfCharge', 'voltage'];

function sample(at: number, charge: number, device = 'house'): RecordedSample {
  return { device, kind: 'battery', names, values: Float64Array.of(charge, NaN), at };
}

/** An hour of samples a minute apart, of 10 and 30 % in turn. */
const hourAgo = Array.from({ length: 60 }, (_, i) => sample(end - (60 - i) * 60_000, i % 2 === 0 ? 10 : 30));
const past = (): Promise<MadePast> =>
  Promise.resolve([{ spacing: 60_000, devices: new Map([['house', hourAgo]]) }]);
const query = { device: 'house', quantity: 'stateOfCharge' };

test('an entry is no shorter than what the past is known in, and as long as it is asked for', async () => {
  const history = new MemoryHistory(past);
  const close = await history.query({ ...query, from: end - 3_600_000, to: end, points: 3600 });
  expect(close).toHaveLength(60);
  expect(close[1]).toMatchObject({ span: 60_000, mean: 30, min: 30, count: 1 });
  const far = await history.query({ ...query, from: end - 3_600_000, to: end, points: 6 });
  expect(far).toHaveLength(6);
  expect(far[0]).toMatchObject({ span: 600_000, mean: 20, min: 10, max: 30, count: 10 });
  const tier = await history.query({ ...query, from: end - 3_600_000, to: end, points: 1, tier: '30 min' });
  expect(tier.map(({ span, count }) => [span, count])).toEqual([
    [1_800_000, 30],
    [1_800_000, 30],
  ]);
});

test('what has come since follows, second by second, and is thinned after an hour', async () => {
  const history = new MemoryHistory(past);
  for (let second = 0; second < 7200; second++) history.record(sample(end + second * 1000, 50));
  history.record(sample(end + 1000, 99, 'bow'));
  const latest = await history.query({ ...query, from: end + 7_190_000, to: end + 7_200_000, points: 10 });
  expect(latest.map(({ span, mean }) => [span, mean])).toEqual(Array.from({ length: 10 }, () => [1000, 50]));
  const all = await history.query({ ...query, from: end - 3_600_000, to: end + 7_200_000, points: 1e6 });
  expect(all.slice(0, 60).map(({ mean }) => mean)).toEqual(hourAgo.map(({ values }) => values[0]));
  // Three thousand six hundred seconds at the least, and of the hour before one in each minute.
  expect(all.filter(({ start, span }) => start >= end && span === 60_000)).toHaveLength(60);
  expect(all.filter(({ span }) => span === 1000).length).toBeGreaterThanOrEqual(3600);
  for (const [i, { start }] of all.entries()) if (i > 0) expect(start).toBeGreaterThan(all[i - 1]!.start);
});

test('of a device or a quantity that is not there it knows nothing', async () => {
  const history = new MemoryHistory(past);
  const range = { from: 0, to: end, points: 100 };
  expect(await history.query({ ...query, ...range, device: 'stern' })).toEqual([]);
  expect(await history.query({ ...query, ...range, quantity: 'voltage' })).toEqual([]);
  expect(await history.query({ ...query, ...range, quantity: 'nonsense' })).toEqual([]);
});

test('says that it is made up', () => {
  expect(new MemoryHistory(past).status).toMatchObject({ state: 'up', report: { code: 'history-made-up' } });
});

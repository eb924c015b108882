import { block, coarseTiers, longestTier, startOf, tiers } from '../../../src/model/history/tiers';
import { tiersFor } from '../../../src/model/history/query-plan';

const minute = 60_000;
const day = 24 * 60 * minute;

test('S1.22, S1.24: raw for 24 h, 2 min for 7 d, 5 min for 31 d, 30 min for 366 d, 2 h for 3660 d', () => {
  expect(tiers.map(({ window, retention }) => [window / minute, retention / day])).toEqual([
    [1 / 60, 1],
    [2, 7],
    [5, 31],
    [30, 366],
    [120, 3660],
  ]);
});

test('S1.21: ten years are kept, leap days and all', () => {
  expect(longestTier.retention).toBeGreaterThanOrEqual(Date.UTC(2036, 0, 1) - Date.UTC(2026, 0, 1));
});

test('S1.22: coarse tiers hold no more than 78 thousand entries of a quantity', () => {
  const entries = coarseTiers.reduce((sum, { window, retention }) => sum + retention / window, 0);
  expect(entries).toBeLessThanOrEqual(78_000);
});

test('every window lies within one block, and every block within one piece', () => {
  for (const { window, piece } of tiers) {
    expect(block % window).toBe(0);
    expect(piece % block).toBe(0);
  }
});

test('blocks begin at even hours of UTC, whatever the local time', () => {
  expect(new Date(startOf(Date.UTC(2026, 9, 25, 1, 59, 59), block)).toISOString()).toBe(
    '2026-10-25T00:00:00.000Z',
  );
});

describe('the tiers that answer a query', () => {
  const now = Date.UTC(2026, 5, 1);
  const steps = (span: number, points: number) =>
    tiersFor({ from: now - span, to: now, points }).map(({ tier, step }) => [tier.name, step / 1000]);

  test('are as fine as there is room for, and coarser ones behind them', () => {
    expect(steps(day, 720)).toEqual([
      ['2 min', 120],
      ['5 min', 300],
      ['30 min', 1800],
      ['2 h', 7200],
    ]);
    expect(steps(4 * 60 * minute, 720)[0]).toEqual(['raw', 20]);
    expect(steps(702 * 128 * 1000, 702)[0]).toEqual(['2 min', 128]);
    expect(steps(3650 * day, 700)).toEqual(
      [['2 h', (3650 * 86_400) / 700]].map(([name, step]) => [name, Math.ceil(step as number)]),
    );
  });

  test('are the one that was asked for, and no other', () => {
    for (const { name, window } of tiers) {
      for (const points of [1, 800]) {
        const [only, ...others] = tiersFor({ from: now - day - 1, to: now, points, tier: name });
        expect([only?.tier.name, only?.step, others]).toEqual([name, window, []]);
      }
    }
  });

  test.each([
    [NaN, 1],
    [1, NaN],
    [2, 2],
    [3, 2],
    [-Infinity, 2],
  ])('are none from %p to %p', (from, to) => {
    expect(tiersFor({ from, to, points: 10 })).toEqual([]);
  });

  test.each([0, -1, NaN])('give one entry where there is room for %p', (points) => {
    expect(tiersFor({ from: 0, to: day, points })[0]?.step).toBe(day);
  });
});

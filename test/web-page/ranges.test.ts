import { nextQuestion, refreshes, refreshNamed } from '../../src/web-page/ranges';

const day = 86_400_000;
const today = { from: 'now/d', to: 'now' };

test('S0.138: charts are drawn anew as often as was chosen, or by the length of the range', () => {
  const after = (name: string, length = day) => nextQuestion(today, refreshNamed(name), length);
  expect(['5s', '10s', '30s', '1m', '5m', '15m', '30m', '1h'].map((name) => after(name))).toEqual(
    [5, 10, 30, 60, 300, 900, 1800, 3600].map((seconds) => seconds * 1000),
  );
  expect(after('off')).toBeUndefined();
  expect([after('', 300_000), after('', day / 2), after('', 365 * day)]).toEqual([5000, 216_000, 300_000]);
});

test('what lies between two fixed moments is asked for once; yesterday becomes another day', () => {
  const fixed = { from: '2026-11-01T00:00', to: '2026-11-02T00:00' };
  for (const refresh of refreshes) expect(nextQuestion(fixed, refresh, day)).toBeUndefined();
  expect(nextQuestion({ from: 'now-1d/d', to: 'now/d' }, refreshNamed('1m'), day)).toBe(60_000);
});

test('an unknown name is as none', () => {
  expect([refreshNamed(null), refreshNamed('7s')]).toEqual([refreshes[0], refreshes[0]]);
});

import { retentionReference } from '../../../src/model/history/retention';
import { block } from '../../../src/model/history/tiers';

const hour = 3_600_000;
const day = 24 * hour;
const noon = Date.UTC(2026, 5, 1, 12);

/** The newest blocks of a display that has run without a pause until `end`. */
const running = (end: number, count = 12): number[] =>
  Array.from({ length: count }, (_, i) => end - (i + 1) * block);

test('of a display that runs on and on, the newest block', () => {
  expect(retentionReference(running(noon), noon)).toBe(noon);
});

test('of one that runs some hours a day, where a day of data ago it was', () => {
  const days = [0, 1, 2].flatMap((back) => running(noon - back * day, 4));
  expect(retentionReference(days, noon)).toBe(noon - 2 * day - 3 * block);
});

test('nothing is thrown away in the first day', () => {
  expect(retentionReference(running(noon, 11), noon)).toBeUndefined();
});

test('a clock that is set years ahead is not believed before it has run for a day', () => {
  const ahead = Date.UTC(2099, 0, 1);
  const blocks = (count: number) => [...running(ahead, count), ...running(noon)].slice(0, 12);
  expect(retentionReference(blocks(1), ahead)).toBeLessThanOrEqual(noon);
  expect(retentionReference(blocks(11), ahead)).toBeLessThanOrEqual(noon);
  expect(retentionReference(blocks(12), ahead)).toBe(ahead);
});

test('what the future holds has no say when the clock is right again', () => {
  const blocks = [...running(Date.UTC(2099, 0, 1), 5), ...running(noon)];
  expect(retentionReference(blocks, noon)).toBe(noon);
});

test('a clock that is set back makes nothing older', () => {
  expect(retentionReference(running(noon), noon - 365 * day)).toBeUndefined();
});

test('after a winter without power the autumn is kept until there is a new day', () => {
  const spring = noon + 150 * day;
  expect(retentionReference([...running(spring, 3), ...running(noon, 9)], spring)).toBeLessThanOrEqual(noon);
});

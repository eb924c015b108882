import fc from 'fast-check';
import { aggregate, merge, type Bucket } from '../../../src/model/history/bucket';

const minute = 60_000;

describe('S1.23: what becomes of many values', () => {
  const samples = { times: [0, 1000, 2000, minute], values: [4, 1, 7, 9] };

  test('a measurement keeps mean, least, greatest and last', () => {
    expect(aggregate('measurement', samples, minute)).toEqual([
      { start: 0, span: minute, count: 3, mean: 4, min: 1, max: 7, last: 7 },
      { start: minute, span: minute, count: 1, mean: 9, min: 9, max: 9, last: 9 },
    ]);
  });

  test('a state keeps the last', () => {
    expect(aggregate('state', samples, minute)[0]).toEqual({
      start: 0,
      span: minute,
      count: 3,
      mean: 7,
      min: 7,
      max: 7,
      last: 7,
    });
  });

  test('flags keep every bit that was ever set, the topmost too', () => {
    const flags = { times: [0, 1, 2], values: [0b1, 0b100, 2 ** 31] };
    expect(aggregate('flags', flags, minute)[0]).toMatchObject({ count: 3, last: 2 ** 31 + 0b101 });
  });
});

test('windows without a value are no buckets', () => {
  const starts = aggregate('measurement', { times: [1, 10 * minute], values: [1, 2] }, minute).map(
    ({ start }) => start,
  );
  expect(starts).toEqual([0, 10 * minute]);
});

test('windows are those of UTC, before 1970 too', () => {
  expect(aggregate('measurement', { times: [-1], values: [1] }, minute)[0]?.start).toBe(-minute);
});

test('long windows from short ones are the same as from the values themselves: no mean of means', () => {
  const value = fc.integer({ min: -4000, max: 4000 });
  const kinds = fc.constantFrom('measurement' as const, 'state' as const, 'flags' as const);
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(7_200_000), value)), kinds, (pairs, kind) => {
      pairs.sort(([a], [b]) => a - b);
      const samples = { times: pairs.map(([time]) => time), values: pairs.map(([, one]) => one) };
      const direct = aggregate(kind, samples, 30 * minute);
      const detour = merge(kind, aggregate(kind, samples, 5 * minute), 30 * minute);
      const rounded = (bucket: Bucket) => ({ ...bucket, mean: Math.round(bucket.mean * 1e6) });
      expect(detour.map(rounded)).toEqual(direct.map(rounded));
    }),
  );
});

test('a mean is never outside of its extremes', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1 }), (values) => {
      const [bucket] = aggregate('measurement', { times: values.map((_, i) => i), values }, minute);
      expect(bucket!.mean).toBeGreaterThanOrEqual(bucket!.min);
      expect(bucket!.mean).toBeLessThanOrEqual(bucket!.max);
    }),
  );
});

import fc from 'fast-check';
import { aggregate, type Samples } from '../../src/model/history/bucket';
import type { QuantityKind } from '../../src/model/history/quantities';
import { BatchReader, encodeBatch } from '../../src/protocol/history-batch';
import { ColumnReader, ColumnWriter } from '../../src/protocol/history-columns';
import {
  decodeBuckets,
  decodeSamples,
  encodeBuckets,
  encodeSamples,
  unpack,
} from '../../src/protocol/history-pieces';

const measured = { kind: 'measurement', decimals: 2 } as const;

const plain = ({ times, values }: Samples) => ({ times: Array.from(times), values: Array.from(values) });

function column(values: readonly number[]): Uint8Array {
  const writer = new ColumnWriter(1);
  writer.column(values);
  return writer.written.slice();
}

describe('a column', () => {
  test('comes back as it was', () => {
    const numbers = fc.array(
      fc.oneof(
        fc.integer(),
        fc.integer({ min: -3, max: 3 }),
        fc.maxSafeInteger().map((n) => Math.trunc(n / 64)),
      ),
    );
    fc.assert(
      fc.property(numbers, (values) => {
        const reader = new ColumnReader(column(values));
        expect([...reader.column(values.length)]).toEqual(values.map((value) => value + 0));
        expect(reader.atEnd).toBe(true);
      }),
    );
  });

  test('is written byte by byte as documented', () => {
    // 5, then the same and twice more, then one less: zigzag 10, 0 and 1, doubled, the second with its count.
    expect([...column([5, 5, 5, 5, 4])]).toEqual([20, 1, 2, 2]);
    expect([...column([100, 200, 300])]).toEqual([0x91, 0x03, 2]);
    expect([...column([-1, 63])]).toEqual([2, 0x80, 0x02]);
  });

  test('of what does not change takes a few bytes, however long', () => {
    expect(column(new Array<number>(7200).fill(365)).length).toBeLessThan(8);
  });
});

test('a column that claims to be endless is not read', () => {
  const writer = new ColumnWriter();
  writer.number(1);
  writer.number(2 ** 40);
  expect(() => new ColumnReader(writer.written).column(2 ** 40 + 1)).toThrow(RangeError);
});

test('bytes for a reader of their own are given whole or not at all', () => {
  const reader = new ColumnReader(Uint8Array.of(1, 2, 3));
  expect(reader.raw(2)).toEqual(Uint8Array.of(1, 2));
  expect(() => reader.raw(2)).toThrow('cut off');
  expect(reader.raw(1)).toEqual(Uint8Array.of(3));
});

describe('a piece', () => {
  const times = fc.array(fc.integer({ min: 0, max: 100_000 }), { maxLength: 200 });

  test('of samples comes back in whole seconds and with its decimals', () => {
    fc.assert(
      fc.property(
        times,
        fc.infiniteStream(fc.integer({ min: -9_999_999, max: 9_999_999 })),
        (seconds, stream) => {
          const samples = {
            times: seconds.sort((a, b) => a - b).map((second) => second * 1000),
            values: seconds.map(() => (stream.next().value as number) / 100),
          };
          expect(plain(decodeSamples(encodeSamples(samples, measured), measured))).toEqual(samples);
        },
      ),
    );
  });

  test.each<QuantityKind>(['measurement', 'state', 'flags'])('of buckets of a %s comes back', (kind) => {
    fc.assert(
      fc.property(times, (seconds) => {
        const samples = {
          times: seconds.sort((a, b) => a - b).map((second) => second * 1000),
          values: seconds.map((second) => second % 17),
        };
        const buckets = aggregate(kind, samples, 120_000);
        const form = { kind, decimals: 6 };
        const back = decodeBuckets(encodeBuckets(buckets, form, 120_000), form, 120_000);
        expect(back).toEqual(
          buckets.map((bucket) => ({ ...bucket, mean: Math.round(bucket.mean * 1e6) / 1e6 })),
        );
      }),
    );
  });

  test('S1.22, S1.27: two hours of a cell, a value a second, take less than 2 KB though its last digit is never still', () => {
    const samples = {
      times: Array.from({ length: 7200 }, (_, i) => i * 1000),
      values: Array.from({ length: 7200 }, (_, i) => 3.65 + ((i * 7919) % 13 < 3 ? 0.01 : 0)),
    };
    expect(encodeSamples(samples, { kind: 'measurement', decimals: 3 }).length).toBeLessThan(2048);
  });
});

describe('a batch', () => {
  const series = [1, 2, 300].map((id) => ({ id, form: measured }));

  test('gives each quantity the values that it has, and none where it has none', () => {
    const batch = {
      times: [1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000, 10_000],
      columns: [
        { series: series[0]!, values: [1, 2, NaN, 4, 5, 6, 7, 8, NaN, 10.25] },
        { series: series[1]!, values: new Float64Array(10).fill(NaN) },
        { series: series[2]!, values: new Float64Array(10).fill(-2.5) },
      ],
    };
    const reader = new BatchReader(encodeBatch(batch));
    expect([...reader.series]).toEqual([1, 300]);
    expect(plain(reader.samples(series[0]!))).toEqual({
      times: [1000, 2000, 4000, 5000, 6000, 7000, 8000, 10_000],
      values: [1, 2, 4, 5, 6, 7, 8, 10.25],
    });
    expect(reader.samples(series[1]!)).toEqual({ times: [], values: [] });
    expect(reader.values(series[0]!)).toEqual(batch.columns[0]!.values);
    expect(reader.values(series[2]!)).toEqual(new Array(10).fill(-2.5));
  });
});

test('whatever bytes a faulty card gives back, there is an end and an error or a value', () => {
  const form = measured;
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (noise, unpacked) => {
      if (unpacked) noise[0] = 0;
      for (const read of [
        () => decodeSamples(noise, form),
        () => decodeBuckets(noise, form, 1000),
        () => [...new BatchReader(noise).series].map((id) => new BatchReader(noise).samples({ id, form })),
        () => unpack(noise),
      ]) {
        try {
          read();
        } catch (error) {
          expect(Object.prototype.toString.call(error)).toBe('[object Error]');
        }
      }
    }),
    { numRuns: 2000 },
  );
});

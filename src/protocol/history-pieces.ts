import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Bucket, Samples } from '../model/history/bucket';
import type { QuantityForm } from '../model/history/quantities';
import { ColumnReader, ColumnWriter } from './history-columns';

// The pieces that the history is stored in. The first byte of each says how the rest is packed: 0 as it is, 1 deflated.
const plain = 0;
const deflated = 1;
/** A piece of any tier is smaller; what claims to be larger is not one of ours. */
const largestPiece = 16 * 1024 * 1024;

const writer = new ColumnWriter(65_536);

/**
 * One quantity's values: their number, then the columns of their times in s since 1970 and of the values as whole numbers
 * in their last decimal.
 *
 * @param samples finite values by their time; times are kept in whole seconds
 */
export function encodeSamples({ times, values }: Samples, { decimals }: QuantityForm): Uint8Array {
  writer.clear();
  writer.number(times.length);
  writer.column(times.map(toSeconds));
  writer.column(scaled(values, decimals));
  return pack(writer.written);
}

/** @throws RangeError or Error when the bytes are no such piece */
export function decodeSamples(bytes: Uint8Array, { decimals }: QuantityForm): Samples {
  const reader = new ColumnReader(unpack(bytes));
  const count = reader.number();
  const times = reader.column(count).map(toMilliseconds);
  return { times, values: unscaled(reader.column(count), decimals) };
}

/**
 * One quantity's buckets of one tier: their number, then columns of their starts in windows since 1970 and of their counts,
 * and for a measurement of mean, mean less min, max less mean and last less mean; for states and flags of the last alone.
 *
 * @param buckets by their start @param window ms of the tier
 */
export function encodeBuckets(
  buckets: readonly Bucket[],
  { kind, decimals }: QuantityForm,
  window: number,
): Uint8Array {
  writer.clear();
  writer.number(buckets.length);
  writer.column(buckets.map(({ start }) => Math.round(start / window)));
  writer.column(buckets.map(({ count }) => count));
  const last = scaled(
    buckets.map((bucket) => bucket.last),
    decimals,
  );
  if (kind !== 'measurement') writer.column(last);
  else {
    const mean = scaled(
      buckets.map((bucket) => bucket.mean),
      decimals,
    );
    const off = (values: number[]): number[] => values.map((value, i) => value - (mean[i] ?? 0));
    writer.column(mean);
    writer.column(
      off(
        scaled(
          buckets.map(({ min }) => min),
          decimals,
        ),
      ),
    );
    writer.column(
      off(
        scaled(
          buckets.map(({ max }) => max),
          decimals,
        ),
      ),
    );
    writer.column(off(last));
  }
  return pack(writer.written);
}

/** @throws RangeError or Error when the bytes are no such piece */
export function decodeBuckets(bytes: Uint8Array, { kind, decimals }: QuantityForm, window: number): Bucket[] {
  const reader = new ColumnReader(unpack(bytes));
  const length = reader.number();
  const starts = reader.column(length);
  const counts = reader.column(length);
  const mean = reader.column(length);
  const [min, max, last] =
    kind === 'measurement'
      ? [reader.column(length), reader.column(length), reader.column(length)]
      : [undefined, undefined, undefined];
  const scale = 10 ** decimals;
  return starts.map((start, i) => {
    const middle = mean[i] ?? 0;
    return {
      start: start * window,
      span: window,
      count: counts[i] ?? 1,
      mean: middle / scale,
      min: (middle + (min?.[i] ?? 0)) / scale,
      max: (middle + (max?.[i] ?? 0)) / scale,
      last: (middle + (last?.[i] ?? 0)) / scale,
    };
  });
}

export function pack(bytes: Uint8Array): Uint8Array {
  const small = deflateRawSync(bytes);
  const smaller = small.length < bytes.length;
  const packed = new Uint8Array(1 + (smaller ? small.length : bytes.length));
  packed[0] = smaller ? deflated : plain;
  packed.set(smaller ? small : bytes, 1);
  return packed;
}

/** @throws RangeError or Error when the bytes are not packed like this */
export function unpack(bytes: Uint8Array): Uint8Array {
  const rest = bytes.subarray(1);
  if (bytes[0] === plain) return rest;
  if (bytes[0] === deflated) return inflateRawSync(rest, { maxOutputLength: largestPiece });
  throw new RangeError('A piece of the history is packed in an unknown way');
}

export function toSeconds(time: number): number {
  return Math.floor(time / 1000);
}

export function toMilliseconds(seconds: number): number {
  return seconds * 1000;
}

export function scaled(values: ArrayLike<number>, decimals: number): number[] {
  const scale = 10 ** decimals;
  return Array.from(values, (value) => Math.round(value * scale));
}

export function unscaled(values: readonly number[], decimals: number): number[] {
  const scale = 10 ** decimals;
  return values.map((value) => value / scale);
}

import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Bucket, BucketColumns, Samples } from '../model/history/bucket';
import type { KeptForm } from '../model/history/quantities';
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
export function encodeSamples({ times, values }: Samples, { decimals }: KeptForm): Uint8Array {
  writer.clear();
  writer.number(times.length);
  writer.column(Array.from(times, toSeconds));
  writer.column(scaled(values, decimals));
  return pack(writer.written);
}

/** @throws RangeError or Error when the bytes are no such piece */
export function decodeSamples(bytes: Uint8Array, { decimals }: KeptForm): Samples {
  const reader = new ColumnReader(unpack(bytes));
  const count = reader.number();
  return { times: inMilliseconds(reader.column(count)), values: unscaled(reader.column(count), decimals) };
}

/**
 * One quantity's buckets of one tier: their number, then columns of their starts in windows since 1970 and of their counts,
 * and for a measurement of mean, mean less min, max less mean and last less mean; for states and flags of the last alone.
 *
 * @param buckets by their start @param window ms of the tier
 */
export function encodeBuckets(
  buckets: readonly Bucket[],
  { kind, decimals }: KeptForm,
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
export function decodeColumns(
  bytes: Uint8Array,
  { kind, decimals }: KeptForm,
  window: number,
): BucketColumns {
  const reader = new ColumnReader(unpack(bytes));
  const length = reader.number();
  const starts = reader.column(length);
  const counts = reader.column(length);
  const middle = reader.column(length);
  for (let i = 0; i < length; i++) starts[i] = (starts[i] ?? 0) * window;
  const around = (): Float64Array => {
    const column = reader.column(length);
    for (let i = 0; i < length; i++) column[i] = (column[i] ?? 0) + (middle[i] ?? 0);
    return unscaled(column, decimals);
  };
  const [mins, maxs, lasts] =
    kind === 'measurement' ? [around(), around(), around()] : [middle, middle, middle];
  const means = unscaled(middle, decimals);
  return { starts, counts, means, mins, maxs, lasts };
}

/** The same as objects. @throws RangeError or Error when the bytes are no such piece */
export function decodeBuckets(bytes: Uint8Array, form: KeptForm, window: number): Bucket[] {
  const { starts, counts, means, mins, maxs, lasts } = decodeColumns(bytes, form, window);
  return Array.from(starts, (start, i) => ({
    start,
    span: window,
    count: counts[i] ?? 1,
    mean: means[i] ?? 0,
    min: mins[i] ?? 0,
    max: maxs[i] ?? 0,
    last: lasts[i] ?? 0,
  }));
}

/** Deflates bytes where that makes them shorter, behind a byte that tells. */
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

/** Whole s since 1970 of ms since 1970, rounded down. */
export function toSeconds(time: number): number {
  return Math.floor(time / 1000);
}

/** The column itself, turned from s into ms. */
export function inMilliseconds(seconds: Float64Array): Float64Array {
  for (let i = 0; i < seconds.length; i++) seconds[i] = (seconds[i] ?? 0) * 1000;
  return seconds;
}

/** Whole numbers for values, as many decimal places as a quantity is kept with; see unscaled. */
export function scaled(values: ArrayLike<number>, decimals: number): number[] {
  const scale = 10 ** decimals;
  return Array.from(values, (value) => Math.round(value * scale));
}

/** The column itself, turned from whole numbers into values. */
export function unscaled(values: Float64Array, decimals: number): Float64Array {
  const scale = 10 ** decimals;
  for (let i = 0; i < values.length; i++) values[i] = (values[i] ?? 0) / scale;
  return values;
}

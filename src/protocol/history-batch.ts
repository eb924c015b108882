import type { Samples } from '../model/history/bucket';
import type { KeptForm } from '../model/history/quantities';
import { ColumnReader, ColumnWriter } from './history-columns';
import { inMilliseconds, pack, scaled, toSeconds, unpack, unscaled } from './history-pieces';

/** A quantity as the store knows it. */
export interface Series {
  /** 1..65535. */
  readonly id: number;
  readonly form: KeptForm;
}

/** Some seconds of one device, with all its quantities: what one commit adds. */
export interface Batch {
  /** ms since 1970, in their order; kept in whole seconds. */
  readonly times: readonly number[];
  readonly columns: readonly BatchColumn[];
}

/** One quantity in a batch. */
export interface BatchColumn {
  readonly series: Series;
  /** One for each time; NaN where nothing was known. */
  readonly values: ArrayLike<number>;
}

const writer = new ColumnWriter(65_536);
const columnWriter = new ColumnWriter(1024);

/**
 * The number of times, their column in s since 1970; then for each quantity that has a value its id, how many bytes follow
 * for it, a byte for every eight times with a bit (the lowest first) for each that has a value, and the column of the values
 * as whole numbers in their last decimal.
 */
export function encodeBatch({ times, columns }: Batch): Uint8Array {
  writer.clear();
  writer.number(times.length);
  writer.column(times.map(toSeconds));
  for (const { series, values } of columns) {
    const present = new Uint8Array(Math.ceil(times.length / 8));
    const known: number[] = [];
    for (let i = 0; i < times.length; i++) {
      const value = values[i] ?? NaN;
      if (!Number.isFinite(value)) continue;
      present[i >> 3] = (present[i >> 3] ?? 0) | (1 << (i & 7));
      known.push(value);
    }
    if (known.length === 0) continue;
    columnWriter.clear();
    columnWriter.raw(present);
    columnWriter.column(scaled(known, series.form.decimals));
    writer.number(series.id);
    writer.number(columnWriter.written.length);
    writer.raw(columnWriter.written);
  }
  return pack(writer.written);
}

/** A batch that was unpacked once, to be asked for one quantity after the other. */
export class BatchReader {
  /** ms since 1970 of its samples, in the order in which they came. */
  readonly times: ArrayLike<number>;
  private readonly columns = new Map<number, Uint8Array>();

  /** @throws RangeError or Error when the bytes are no batch */
  constructor(bytes: Uint8Array) {
    const reader = new ColumnReader(unpack(bytes));
    this.times = inMilliseconds(reader.column(reader.number()));
    while (!reader.atEnd) {
      const id = reader.number();
      this.columns.set(id, reader.raw(reader.number()));
    }
  }

  /** Ids of the quantities that it has. */
  get series(): Iterable<number> {
    return this.columns.keys();
  }

  /** A quantity's values, one for each time, NaN where it has none. @throws RangeError when they can't be read */
  values(series: Series): number[] {
    const { values } = this.samples(series);
    const present = this.present(series.id);
    let next = 0;
    return Array.from(this.times, (_, i) => (isSet(present, i) ? (values[next++] ?? NaN) : NaN));
  }

  /** A quantity's values; none when it has none. @throws RangeError when they can't be read */
  samples({ id, form }: Series): Samples {
    const bytes = this.columns.get(id);
    if (bytes === undefined) return { times: [], values: [] };
    const present = this.present(id);
    const times = Array.from(this.times).filter((_, i) => isSet(present, i));
    const reader = new ColumnReader(bytes.subarray(present.length));
    return { times, values: unscaled(reader.column(times.length), form.decimals) };
  }

  private present(id: number): Uint8Array {
    return this.columns.get(id)?.subarray(0, Math.ceil(this.times.length / 8)) ?? new Uint8Array();
  }
}

function isSet(bits: Uint8Array, i: number): boolean {
  return (((bits[i >> 3] ?? 0) >> (i & 7)) & 1) === 1;
}

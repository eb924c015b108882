/**
 * Columns of whole numbers, small: each number as its difference to the one before, differences that repeat as a count. What
 * does not change and what ticks evenly takes three bytes, however long; a noisy value takes one or two bytes each.
 *
 * A column is a row of tokens. A token is a varint t: its difference is the zigzag number t >> 1, and when t is odd a second
 * varint follows, how many times more the same difference comes. Varints have seven bits a byte, the lowest first, and the
 * top bit on all but the last (as in Protocol Buffers); zigzag numbers are 0, -1, 1, -2, 2 … for 0, 1, 2, 3, 4 ….
 */
export class ColumnWriter {
  private bytes: Uint8Array;
  private length = 0;

  constructor(capacity = 1024) {
    this.bytes = new Uint8Array(capacity);
  }

  /** What was written so far; valid until more is written. */
  get written(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  /** Forgets what was written. */
  clear(): void {
    this.length = 0;
  }

  /** @param value 0..2^53-1, whole */
  number(value: number): void {
    this.reserve(8);
    let rest = value;
    while (rest >= 0x80) {
      this.bytes[this.length++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.bytes[this.length++] = rest;
  }

  /** Bytes as they are; how many there are is for the reader to know. */
  raw(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** @param values whole, -2^50..2^50; how many there are is for the reader to know */
  column(values: ArrayLike<number>): void {
    let previous = 0;
    for (let i = 0; i < values.length;) {
      const value = values[i] ?? 0;
      const difference = value - previous;
      let again = 0;
      let next = value;
      while (i + 1 + again < values.length && (values[i + 1 + again] ?? 0) - next === difference) {
        next += difference;
        again++;
      }
      const zigzag = difference < 0 ? -2 * difference - 1 : 2 * difference;
      this.number(zigzag * 2 + (again > 0 ? 1 : 0));
      if (again > 0) this.number(again);
      previous = next;
      i += 1 + again;
    }
  }

  private reserve(bytes: number): void {
    if (this.length + bytes <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.length + bytes));
    larger.set(this.bytes);
    this.bytes = larger;
  }
}

/** Values in a column: two hours have 7200, and more only when the clock was set back again and again. */
const longestColumn = 1_000_000;

/** Reads what a ColumnWriter has written. */
export class ColumnReader {
  private position = 0;

  constructor(private readonly bytes: Uint8Array) {}

  /** True when all was read. */
  get atEnd(): boolean {
    return this.position >= this.bytes.length;
  }

  /** @throws RangeError where there are no bytes any more */
  number(): number {
    // Most are of one byte.
    const short = this.bytes[this.position];
    if (short !== undefined && short < 0x80) {
      this.position++;
      return short;
    }
    let value = 0;
    let factor = 1;
    for (;;) {
      const byte = this.bytes[this.position++];
      if (byte === undefined || factor > 2 ** 49) throw new RangeError('A number of the history is cut off');
      if (byte < 0x80) return value + byte * factor;
      value += (byte - 0x80) * factor;
      factor *= 0x80;
    }
  }

  /** The next bytes, for a reader of their own. @throws RangeError where there are too few */
  raw(length: number): Uint8Array {
    const end = this.position + length;
    if (end > this.bytes.length) throw new RangeError('A piece of the history is cut off');
    const bytes = this.bytes.subarray(this.position, end);
    this.position = end;
    return bytes;
  }

  /** @throws RangeError where the bytes end before, or hold another number of values */
  column(count: number): Float64Array {
    if (count > longestColumn) throw new RangeError('A column of the history is too long');
    const values = new Float64Array(count);
    let value = 0;
    for (let i = 0; i < count;) {
      const token = this.number();
      const zigzag = Math.floor(token / 2);
      const difference = zigzag % 2 === 1 ? -(zigzag + 1) / 2 : zigzag / 2;
      const end = i + 1 + (token % 2 === 1 ? this.number() : 0);
      if (end > count) throw new RangeError('A column of the history is too long');
      for (; i < end; i++) {
        value += difference;
        values[i] = value;
      }
    }
    return values;
  }
}

/** A value that changes in a straight line from one moment to another. */
export interface Segment {
  /** ms */
  readonly from: number;
  /** ms, later than `from`. */
  readonly to: number;
  /** Value at `from`. */
  readonly first: number;
  /** Value at `to`. */
  readonly last: number;
}

/** What flowed, in the value's unit times hours: neither is negative. */
export interface Areas {
  /** Of the part above zero. */
  readonly in: number;
  /** Of the part below zero. */
  readonly out: number;
}

const hour = 3_600_000;

/** The areas between a segment and zero: where it crosses zero, one triangle on each side. */
export function areasOf({ from, to, first, last }: Segment): Areas {
  const hours = (to - from) / hour;
  if (first >= 0 && last >= 0) return { in: ((first + last) / 2) * hours, out: 0 };
  if (first <= 0 && last <= 0) return { in: 0, out: (-(first + last) / 2) * hours };
  const before = (Math.abs(first) / 2) * (first / (first - last)) * hours;
  const after = (Math.abs(last) / 2) * (last / (last - first)) * hours;
  return first > 0 ? { in: before, out: after } : { in: after, out: before };
}

/** The two parts of a segment. @param at ms, between its ends */
export function cut(segment: Segment, at: number): readonly [Segment, Segment] {
  const { from, to, first, last } = segment;
  const value = first + (last - first) * ((at - from) / (to - from));
  return [
    { from, to: at, first, last: value },
    { from: at, to, first: value, last },
  ];
}

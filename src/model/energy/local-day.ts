import { localParts, localTime } from '../../base/local-time';

/** A day of the local calendar. One on which the clocks are changed has 23 or 25 hours. */
export interface LocalDay {
  /** Such as `2026-11-28`. */
  readonly date: string;
  /** ms since 1970 at which it begins. */
  readonly from: number;
  /** ms since 1970 at which the next one begins. */
  readonly to: number;
}

/** The local day of a moment. @param at ms since 1970 */
export function localDay(at: number): LocalDay {
  const { year, month, day } = localParts(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  return {
    date: `${String(year).padStart(4, '0')}-${two(month + 1)}-${two(day)}`,
    from: localTime(year, month, day),
    to: localTime(year, month, day + 1),
  };
}

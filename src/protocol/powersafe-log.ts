import { localParts, localTime } from '../base/local-time';

/**
 * PowerSafe100.log, the log of the EVTV Battery Monitor Display (manual v1.21, «Battery log file»): one line a second,
 *
 *     08/27/2018 19:19:41 ,11.5,41.1,-34,-1397,-1415.70,036
 * (or `2018-08-27` where ISO dates are set),
 * local time, state of charge, volts, amperes, watts, ampere-hours, highest temperature. The space before the first comma
 * and the zeros before the temperature are the manual's. What the manual has no case of: a value that is not known is an
 * empty field, and a temperature below zero has two digits (`-05`).
 */

/** What a line tells beside its time; `undefined` is what was not known in that second. */
export interface LogValues {
  /** %, one decimal. */
  readonly stateOfCharge: number | undefined;
  /** V, one decimal. */
  readonly voltage: number | undefined;
  /** A, whole, + charging. */
  readonly current: number | undefined;
  /** W, whole, + charging. */
  readonly power: number | undefined;
  /** Ah since full, nearly always negative, two decimals. */
  readonly ampHours: number | undefined;
  /** °C, whole: the hottest terminal. */
  readonly temperature: number | undefined;
}

/** One line of the log. */
export interface LogRow extends LogValues {
  /** Written in local time, to the second. Years 1000 to 9999. */
  readonly stamp: Date;
}

/** How dates are written: `manual` is month/day/year, which spreadsheets of other countries misread; `iso` is 2018-08-27. */
export type LogDates = 'manual' | 'iso';

/** The file's name, as the manual has it. */
export const logFileName = 'PowerSafe100.log';
/** Every line is shorter than this many bytes, its end included. */
export const longestRow = 60;

interface Column {
  readonly key: keyof LogValues;
  readonly least: number;
  readonly most: number;
  readonly write: (value: number) => string;
  /** How it reads, where it is not empty. */
  readonly pattern: string;
}

const column = (
  key: keyof LogValues,
  [least, most]: readonly [number, number],
  write: Column['write'],
  pattern: string,
): Column => ({ key, least, most, write, pattern });

/** Limits are what has room, far beyond what any battery has. */
const columns: readonly Column[] = [
  column('stateOfCharge', [0, 999.9], decimals(1), '\\d+\\.\\d'),
  column('voltage', [0, 9999.9], decimals(1), '\\d+\\.\\d'),
  column('current', [-99_999, 99_999], decimals(0), '-?\\d+'),
  column('power', [-999_999_999, 999_999_999], decimals(0), '-?\\d+'),
  column('ampHours', [-99_999.99, 99_999.99], decimals(2), '-?\\d+\\.\\d\\d'),
  column('temperature', [-999, 999], writeTemperature, '\\d{3}|-\\d{2,3}'),
];

const rowPattern = new RegExp(
  `^(?:(\\d\\d)/(\\d\\d)/(\\d{4})|(\\d{4})-(\\d\\d)-(\\d\\d)) (\\d\\d):(\\d\\d):(\\d\\d) ${columns.map(({ pattern }) => `,(${pattern}|)`).join('')}$`,
);
/** How every line begins, with a zero for each digit. */
const openings = ['00/00/0000 00:00:00 ,', '0000-00-00 00:00:00 ,'] as const;

/**
 * A line of the log without its line end. A value that is no finite number or has no room is left empty; where absurd values
 * make a line too long, it goes without its power, which its volts and amperes tell.
 */
export function encodeLogRow(row: LogRow, dates: LogDates = 'manual'): string {
  const line = writeRow(row, dates);
  return line.length + 1 < longestRow ? line : writeRow({ ...row, power: undefined }, dates);
}

function writeRow(row: LogRow, dates: LogDates): string {
  const fields = columns.map(({ key, least, most, write }) => {
    const value = row[key];
    return value !== undefined && value >= least && value <= most ? write(value) : '';
  });
  const { year, month, day, hours, minutes, seconds } = localParts(row.stamp);
  const [y, m, d] = [String(year).padStart(4, '0'), twoDigits(month + 1), twoDigits(day)];
  const date = dates === 'iso' ? `${y}-${m}-${d}` : `${m}/${d}/${y}`;
  const time = [hours, minutes, seconds].map(twoDigits).join(':');
  return `${date} ${time} ,${fields.join(',')}`;
}

/**
 * What a line says, its line end left out or not; `undefined` when it is none of this format. An hour that the clock went
 * through twice is taken for the first time.
 */
export function parseLogRow(line: string): LogRow | undefined {
  const match = rowPattern.exec(line.replace(/\r?\n$/, '')) ?? [];
  const [, usMonth, usDay, usYear, isoYear, isoMonth, isoDay, ...fields] = match;
  const [year, month, day] = [usYear ?? isoYear, usMonth ?? isoMonth, usDay ?? isoDay].map(Number) as [
    number,
    number,
    number,
  ];
  const [hour = 0, minute = 0, second = 0] = fields.slice(0, 3).map(Number);
  if (fields.length === 0 || hour > 23 || minute > 59 || second > 59) return undefined;
  const dayOnly = new Date(Date.UTC(year, month - 1, day));
  if (dayOnly.getUTCMonth() !== month - 1 || dayOnly.getUTCDate() !== day) return undefined;
  const value = (index: number): number | undefined => {
    const text = fields[3 + index];
    return text === undefined || text === '' ? undefined : Number(text);
  };
  return {
    stamp: new Date(localTime(year, month - 1, day, hour, minute, second)),
    stateOfCharge: value(0),
    voltage: value(1),
    current: value(2),
    power: value(3),
    ampHours: value(4),
    temperature: value(5),
  };
}

/** What to do with the end of a log that somebody was writing when the power went. */
export interface MendedTail {
  /** Bytes of the tail that stay. */
  readonly keep: number;
  /** Whether the last line lacks only its end, which is to be written. */
  readonly addLineEnd: boolean;
}

/**
 * Looks at the last bytes of a log. The beginning of a line, and zeros that a file system leaves where it has lost data, are
 * to be cut off; a last line that is whole, or of another program, is to be ended.
 */
export function mendTail(tail: Uint8Array): MendedTail {
  let end = tail.length;
  while (end > 0 && tail[end - 1] === 0) end--;
  const start = tail.lastIndexOf(0x0a, end - 1) + 1;
  if (end === 0 || start === end) return { keep: end, addLineEnd: false };
  const rest = Buffer.from(tail.subarray(start, end)).toString('latin1');
  // Whether a row that ends with a comma has no temperature or lost it can't be told: it is taken for torn.
  if (parseLogRow(rest) !== undefined && !rest.endsWith(',')) return { keep: end, addLineEnd: true };
  return isTorn(rest) ? { keep: start, addLineEnd: false } : { keep: end, addLineEnd: true };
}

function isTorn(rest: string): boolean {
  return openings.some(
    (opening) =>
      opening.startsWith(rest.slice(0, opening.length).replaceAll(/\d/g, '0')) &&
      /^[\d,.-]*$/.test(rest.slice(opening.length)) &&
      rest.length < longestRow,
  );
}

/** Fixed decimals; a number that rounds to zero has no sign. */
function decimals(count: number): (value: number) => string {
  return (value) => {
    const text = value.toFixed(count);
    return Number(text) === 0 ? (0).toFixed(count) : text;
  };
}

function writeTemperature(value: number): string {
  const rounded = Math.round(value);
  return rounded < 0 ? `-${twoDigits(-rounded)}` : String(rounded).padStart(3, '0');
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

import type { Zone } from '../base/local-time';

const name = '(?:[A-Za-z]{3,}|<[A-Za-z0-9+-]{3,}>)';
const clock = '[+-]?\\d{1,3}(?::\\d{1,2}){0,2}';
const rulePattern = new RegExp(
  `^${name}(${clock})(?:${name}(${clock})?(?:,([^,/]+)(?:/(${clock}))?,([^,/]+)(?:/(${clock}))?)?)?$`,
);
const dayLength = 86_400_000;
const hour = 3_600_000;

/** When the clocks change in a year. */
interface Change {
  /** ms since 1970 of midnight of its day, as if local time were UTC. */
  readonly day: (year: number) => number | undefined;
  /** ms after that midnight. */
  readonly time: number;
}

/**
 * A time zone as the TZ variable and the end of a zoneinfo file write it, such as `CET-1CEST,M3.5.0,M10.5.0/3` (POSIX.1-2017, 8.3,
 * with hours of -167 to 167); undefined for anything else.
 */
export function parsePosixZone(text: string): Zone | undefined {
  const match = rulePattern.exec(text);
  if (match === null) return undefined;
  const [whole, standardText = '', summerText, startDay, startTime, endDay, endTime] = match;
  const standard = 0 - milliseconds(standardText);
  if (!new RegExp(`^${name}${clock}${name}`).test(whole)) return { offset: () => standard };
  const summer = summerText === undefined ? standard + hour : 0 - milliseconds(summerText);
  const start = change(startDay ?? 'M3.2.0', startTime);
  const end = change(endDay ?? 'M11.1.0', endTime);
  if (start === undefined || end === undefined) return undefined;
  return { offset: (at) => offsetAt(at, { standard, summer, start, end }) };
}

interface Rule {
  readonly standard: number;
  readonly summer: number;
  readonly start: Change;
  readonly end: Change;
}

function offsetAt(at: number, { standard, summer, start, end }: Rule): number {
  const thisYear = new Date(at + standard).getUTCFullYear();
  let latest = -Infinity;
  let offset = standard;
  // Hours beyond a day can move a change into the year before or after.
  for (const year of [thisYear - 1, thisYear, thisYear + 1]) {
    // At one and the same moment, as in a zone with summer time all year, the start counts.
    for (const [{ day, time }, until, from] of [
      [end, summer, standard],
      [start, standard, summer],
    ] as const) {
      const midnight = day(year);
      if (midnight === undefined) continue;
      const moment = midnight + time - until;
      if (moment > at || moment < latest) continue;
      latest = moment;
      offset = from;
    }
  }
  return offset;
}

function change(day: string, time = '2'): Change | undefined {
  const ofYear = /^(J?)(\d{1,3})$/.exec(day);
  if (ofYear !== null) {
    const [, julian, count] = ofYear;
    // J59 is the last of February and J60 the first of March in every year.
    const first = (year: number): number => Date.UTC(year, 0, 1 + Number(count) - (julian === 'J' ? 1 : 0));
    const leap = (year: number): boolean => new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1;
    const skip = (year: number): number =>
      julian === 'J' && Number(count) >= 60 && leap(year) ? dayLength : 0;
    return { day: (year) => first(year) + skip(year), time: milliseconds(time) };
  }
  const [, month, week, weekday] = /^M(\d{1,2})\.([1-5])\.([0-6])$/.exec(day) ?? [];
  if (month === undefined) return undefined;
  return {
    time: milliseconds(time),
    day: (year) => {
      const first = new Date(Date.UTC(year, Number(month) - 1, 1));
      const last = new Date(Date.UTC(year, Number(month), 0)).getUTCDate();
      let date = 1 + ((Number(weekday) - first.getUTCDay() + 7) % 7) + 7 * (Number(week) - 1);
      while (date > last) date -= 7;
      return Date.UTC(year, Number(month) - 1, date);
    },
  };
}

/** Of `-3`, `+5:30` or `167:00:00`. */
function milliseconds(text: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = text.replace(/^[+-]/, '').split(':').map(Number);
  const sum = hours * hour + minutes * 60_000 + seconds * 1000;
  return text.startsWith('-') ? -sum : sum;
}

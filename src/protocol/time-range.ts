import { localOffset, localParts, localTime, momentsOf } from '../base/local-time';

/**
 * Reads a moment as it stands in the address of a page of charts: `now`, `now-2d`, `now/d` (the start of today), `now-1d/d` (of
 * yesterday), ms since 1970, or a local date and time, such as `2026-11-29`, `2026-11-29T18:30` or `2026-11-29T18:30:05`. The
 * units are those of Grafana: s, m, h, d, w, M, y; a week starts on Monday. Days and longer are those of the local calendar.
 *
 * @param now ms since 1970
 * @returns ms since 1970; `undefined` for anything else
 */
export function parseMoment(text: string, now: number): number | undefined {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  const local = localMoment(text);
  if (local !== undefined) return local;
  const match = /^now(?:-(\d{1,6})([smhdwMy]))?(?:\/([hdwMy]))?$/.exec(text);
  if (match === null) return undefined;
  const [, count, unit, start] = match;
  let moment = now;
  if (unit !== undefined) moment = before(moment, Number(count), unit as Unit);
  if (start !== undefined) moment = startOf(moment, start as Unit);
  return Number.isFinite(moment) && Math.abs(moment) <= farthest ? moment : undefined;
}

/** A moment as a local date and time to the minute, such as `2026-11-29T18:30`. @param at ms since 1970, years 0 to 9999 */
export function momentText(at: number): string {
  const { year, month, day, hours, minutes } = localParts(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(year).padStart(4, '0')}-${two(month + 1)}-${two(day)}T${two(hours)}:${two(minutes)}`;
}

/** A local date, with or without the time of day; `undefined` for what is none, such as the 30th of February. */
function localMoment(text: string): number | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, ...time] = match
    .slice(1)
    .map((part: string | undefined) => Number(part ?? 0));
  const [hours = 0, minutes = 0, seconds = 0] = time;
  const date = new Date(Date.UTC(year, month - 1, day));
  // Years below 100 would be those of the 20th century.
  if (year < 100 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  if (hours > 23 || minutes > 59 || seconds > 59) return undefined;
  return localTime(year, month - 1, day, hours, minutes, seconds);
}

type Unit = 's' | 'm' | 'h' | 'd' | 'w' | 'M' | 'y';

/** ms from 1970 to the last moment that a Date can be. */
const farthest = 8.64e15;
const hour = 3_600_000;

function before(moment: number, count: number, unit: Unit): number {
  // The same time of day would be the first of two in an hour that comes twice.
  if (count === 0) return moment;
  const { year, month, day, hours, minutes, seconds } = localParts(moment);
  const time = [hours, minutes, seconds, moment - Math.floor(moment / 1000) * 1000];
  const months = (back: number): number => {
    // The same day of an earlier month, or its last where it is shorter.
    const last = new Date(Date.UTC(year, month - back + 1, 0)).getUTCDate();
    return localTime(year, month - back, Math.min(day, last), ...time);
  };
  switch (unit) {
    case 's':
      return moment - count * 1000;
    case 'm':
      return moment - count * 60_000;
    case 'h':
      return moment - count * hour;
    case 'd':
      return localTime(year, month, day - count, ...time);
    case 'w':
      return localTime(year, month, day - 7 * count, ...time);
    case 'M':
      return months(count);
    case 'y':
      return months(12 * count);
  }
}

function startOf(moment: number, unit: Unit): number {
  const { year, month, day, weekday } = localParts(moment);
  switch (unit) {
    case 'h':
      return startOfHour(moment);
    case 'w':
      return localTime(year, month, day - ((weekday + 6) % 7));
    case 'M':
      return localTime(year, month, 1);
    case 'y':
      return localTime(year, 0, 1);
    case 'd':
      return localTime(year, month, day);
    case 's':
    case 'm':
      return moment;
  }
}

/** By the moment's own offset: an hour that comes twice begins twice. */
function startOfHour(moment: number): number {
  const reading = moment + localOffset(moment);
  const begun = moment - (reading - Math.floor(reading / hour) * hour);
  // Where the clocks were changed since, by half an hour as on Lord Howe Island, the hour begins by another offset, or with the
  // change itself.
  const moments = momentsOf(Math.floor(reading / hour) * hour);
  if (moments.length === 0) {
    const { year, month, day, hours } = localParts(moment);
    return localTime(year, month, day, hours);
  }
  return moments.filter((at) => at <= moment).at(-1) ?? begun;
}

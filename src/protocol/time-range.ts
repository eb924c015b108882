import { localOffset, localParts, localTime, momentsOf } from '../base/local-time';

/**
 * Reads a moment as it stands in the address of a page of charts: `now`, `now-2d`, `now/d` (the start of today), `now-1d/d` (of
 * yesterday), or ms since 1970. The units are those of Grafana: s, m, h, d, w, M, y; a week starts on Monday. Days and longer
 * are those of the local calendar.
 *
 * @param now ms since 1970
 * @returns ms since 1970; `undefined` for anything else
 */
export function parseMoment(text: string, now: number): number | undefined {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  const match = /^now(?:-(\d{1,6})([smhdwMy]))?(?:\/([hdwMy]))?$/.exec(text);
  if (match === null) return undefined;
  const [, count, unit, start] = match;
  let moment = now;
  if (unit !== undefined) moment = before(moment, Number(count), unit as Unit);
  if (start !== undefined) moment = startOf(moment, start as Unit);
  return Number.isFinite(moment) && Math.abs(moment) <= farthest ? moment : undefined;
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
  // Where the clocks were changed since, by half an hour as on Lord Howe Island, the hour begins by another offset.
  const moments = momentsOf(Math.floor(reading / hour) * hour).filter((at) => at <= moment);
  return moments.at(-1) ?? begun;
}

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
  let moment = new Date(now);
  if (unit !== undefined) moment = before(moment, Number(count), unit as Unit);
  if (start !== undefined) moment = startOf(moment, start as Unit);
  const time = moment.getTime();
  return Number.isFinite(time) ? time : undefined;
}

type Unit = 's' | 'm' | 'h' | 'd' | 'w' | 'M' | 'y';

function before(moment: Date, count: number, unit: Unit): Date {
  const day = new Date(moment);
  switch (unit) {
    case 's':
      return new Date(moment.getTime() - count * 1000);
    case 'm':
      return new Date(moment.getTime() - count * 60_000);
    case 'h':
      return new Date(moment.getTime() - count * 3_600_000);
    case 'd':
      day.setDate(day.getDate() - count);
      return day;
    case 'w':
      day.setDate(day.getDate() - 7 * count);
      return day;
    case 'M':
      return monthsBefore(moment, count);
    case 'y':
      return monthsBefore(moment, 12 * count);
  }
}

/** The same day and time of an earlier month, or its last day where it is shorter. */
function monthsBefore(moment: Date, count: number): Date {
  const day = new Date(moment);
  day.setMonth(day.getMonth() - count);
  if (day.getDate() !== moment.getDate()) day.setDate(0);
  return day;
}

function startOf(moment: Date, unit: Unit): Date {
  const day = new Date(moment);
  if (unit === 'h') day.setMinutes(0, 0, 0);
  else day.setHours(0, 0, 0, 0);
  if (unit === 'w') day.setDate(day.getDate() - ((day.getDay() + 6) % 7));
  if (unit === 'M') day.setDate(1);
  if (unit === 'y') day.setMonth(0, 1);
  return day;
}

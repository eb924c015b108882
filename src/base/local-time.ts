/** A time zone. */
export interface Zone {
  /** ms by which local time is ahead of UTC. @param at ms since 1970 */
  offset(at: number): number;
}

/** The parts of a local time. */
export interface LocalParts {
  readonly year: number;
  /** 0..11 */
  readonly month: number;
  /** Of the month, 1..31. */
  readonly day: number;
  /** 0 is Sunday. */
  readonly weekday: number;
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
}

const dayLength = 86_400_000;

/** What Node itself takes for local time: by time zone data of its own, and by the zone that was set when it started. */
const nodeZone: Zone = { offset: (at) => -new Date(at).getTimezoneOffset() * 60_000 };

let zone: Zone = nodeZone;

/** All that is local is by this zone from now on; undefined for what Node takes for it, which is the default. */
export function useZone(used: Zone | undefined): void {
  zone = used ?? nodeZone;
}

/** ms by which local time is ahead of UTC. @param at ms since 1970 */
export function localOffset(at: number): number {
  return zone.offset(at);
}

/** The local date and time of a moment. @param at ms since 1970 */
export function localParts(at: number | Date): LocalParts {
  const moment = Number(at);
  const shown = new Date(moment + zone.offset(moment));
  return {
    year: shown.getUTCFullYear(),
    month: shown.getUTCMonth(),
    day: shown.getUTCDate(),
    weekday: shown.getUTCDay(),
    hours: shown.getUTCHours(),
    minutes: shown.getUTCMinutes(),
    seconds: shown.getUTCSeconds(),
  };
}

/**
 * The moments, ms since 1970, at which local time reads `reading`: one, two in an hour that comes twice, none in one that is left out.
 *
 * @param reading as `Date.UTC` has it for the local date and time
 */
export function momentsOf(reading: number): number[] {
  // A day before and after, no other change is near.
  const offsets = new Set([zone.offset(reading - dayLength), zone.offset(reading + dayLength)]);
  return [...offsets]
    .map((offset) => reading - offset)
    .filter((at) => at + zone.offset(at) === reading)
    .sort((a, b) => a - b);
}

/**
 * ms since 1970 of a local date and time, of whose parts any may be beyond its range, as for `new Date`. Of two moments it is the
 * first; one that is left out by a change of the clocks becomes the moment of that change.
 */
export function localTime(year: number, month: number, day: number, ...time: readonly number[]): number {
  const [hours = 0, minutes = 0, seconds = 0, ms = 0] = time;
  const reading = Date.UTC(year, month, day, hours, minutes, seconds, ms);
  return momentsOf(reading)[0] ?? changeAround(reading);
}

/** The change of the clocks that leaves out a local time. */
function changeAround(reading: number): number {
  let [before, after] = [reading - dayLength - zone.offset(reading - dayLength), reading + dayLength];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (middle + zone.offset(middle) < reading) before = middle;
    else after = middle;
  }
  return after;
}

/** True for two moments of one local day. */
export function sameLocalDay(a: number | Date, b: number | Date): boolean {
  const [one, other] = [localParts(a), localParts(b)];
  return one.day === other.day && one.month === other.month && one.year === other.year;
}

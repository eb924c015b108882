import type { Zone } from '../base/local-time';
import { parsePosixZone } from './posix-zone';

const headerLength = 44;

/** The counts of a block of a zoneinfo file. */
interface Counts {
  readonly utc: number;
  readonly standard: number;
  readonly leaps: number;
  readonly times: number;
  readonly types: number;
  readonly letters: number;
}

/**
 * A zoneinfo file, as /etc/localtime is one (RFC 8536): the zone in it. Files of all versions are read.
 *
 * @returns undefined for anything else, also where it is cut off
 */
export function parseZoneFile(bytes: Uint8Array): Zone | undefined {
  try {
    const file = Buffer.from(bytes);
    const first = countsAt(file, 0);
    if (first === undefined) return undefined;
    // From version 2 on, the same follows once more in 64 bits.
    if (file[4] === 0) return zoneOf(file, headerLength, first, 4).zone;
    const start = headerLength + lengthOf(first, 4);
    const second = countsAt(file, start);
    if (second === undefined) return undefined;
    const { zone, end } = zoneOf(file, start + headerLength, second, 8);
    // Behind it stands the rule for all times beyond the last change, between line ends.
    const rule = /^\n([^\n]*)\n/.exec(file.toString('latin1', end))?.[1];
    if (rule === undefined) return undefined;
    const beyond = parsePosixZone(rule);
    if (rule !== '' && beyond === undefined) return undefined;
    if (beyond === undefined) return zone;
    return {
      offset: (at) => {
        if (at < zone.last) return zone.offset(at);
        const leapt = zone.leapt(at);
        return beyond.offset(at - leapt) - leapt;
      },
    };
  } catch {
    // Cut off.
    return undefined;
  }
}

function countsAt(file: Buffer, start: number): Counts | undefined {
  if (file.toString('latin1', start, start + 4) !== 'TZif') return undefined;
  const count = (index: number): number => file.readUInt32BE(start + 20 + 4 * index);
  return {
    utc: count(0),
    standard: count(1),
    leaps: count(2),
    times: count(3),
    types: count(4),
    letters: count(5),
  };
}

function lengthOf({ utc, standard, leaps, times, types, letters }: Counts, size: number): number {
  return times * (size + 1) + types * 6 + letters + leaps * (size + 4) + standard + utc;
}

/** A zone, as its changes tell it. */
interface BoundedZone extends Zone {
  /** ms since 1970 of the last change. */
  readonly last: number;
  /** ms of leap seconds that a moment counts, as those of zones in `right/` do; else 0. */
  readonly leapt: (at: number) => number;
}

function zoneOf(
  file: Buffer,
  start: number,
  counts: Counts,
  size: 4 | 8,
): { readonly zone: BoundedZone; readonly end: number } {
  const { times, types, letters, leaps } = counts;
  const secondsAt = (place: number): number =>
    size === 4 ? file.readInt32BE(place) : Number(file.readBigInt64BE(place));
  const changes = Array.from({ length: times }, (_, i) => secondsAt(start + size * i) * 1000);
  const kinds = start + times * size;
  const offsets = Array.from({ length: types }, (_, i) => file.readInt32BE(kinds + times + 6 * i) * 1000);
  const kindOf = (i: number): number => offsets[file.readUInt8(kinds + i)] ?? 0;
  const after = changes.map((_, i) => kindOf(i));
  const before = offsets[0] ?? 0;
  const leapPlaces = kinds + times + 6 * types + letters;
  const leapsFrom = Array.from({ length: leaps }, (_, i) => secondsAt(leapPlaces + i * (size + 4)) * 1000);
  const sums = leapsFrom.map((_, i) => file.readInt32BE(leapPlaces + i * (size + 4) + size) * 1000);
  const leapt = (moment: number): number => sums[countUntil(leapsFrom, moment) - 1] ?? 0;
  return {
    end: start + lengthOf(counts, size),
    zone: {
      last: changes.at(-1) ?? -Infinity,
      leapt,
      offset: (moment) => (after[countUntil(changes, moment) - 1] ?? before) - leapt(moment),
    },
  };
}

/** How many of some moments in their order have come. */
function countUntil(moments: readonly number[], now: number): number {
  let [low, high] = [0, moments.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((moments[middle] ?? Infinity) <= now) low = middle + 1;
    else high = middle;
  }
  return low;
}

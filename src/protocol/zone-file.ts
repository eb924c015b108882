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
    return beyond === undefined ? zone : { offset: (at) => (at < zone.last ? zone : beyond).offset(at) };
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

/** A zone, and ms since 1970 of its last change. */
interface BoundedZone extends Zone {
  readonly last: number;
}

function zoneOf(
  file: Buffer,
  start: number,
  counts: Counts,
  size: 4 | 8,
): { readonly zone: BoundedZone; readonly end: number } {
  const { times, types } = counts;
  const at = (i: number): number =>
    size === 4 ? file.readInt32BE(start + 4 * i) : Number(file.readBigInt64BE(start + 8 * i));
  const changes = Array.from({ length: times }, (_, i) => at(i) * 1000);
  const kinds = start + times * size;
  const offsets = Array.from({ length: types }, (_, i) => file.readInt32BE(kinds + times + 6 * i) * 1000);
  const kindOf = (i: number): number => offsets[file.readUInt8(kinds + i)] ?? 0;
  const after = changes.map((_, i) => kindOf(i));
  const before = offsets[0] ?? 0;
  return {
    end: start + lengthOf(counts, size),
    zone: {
      last: changes.at(-1) ?? -Infinity,
      offset: (moment) => {
        let [low, high] = [0, changes.length];
        while (low < high) {
          const middle = (low + high) >> 1;
          if ((changes[middle] ?? Infinity) <= moment) low = middle + 1;
          else high = middle;
        }
        return low === 0 ? before : (after[low - 1] ?? before);
      },
    },
  };
}

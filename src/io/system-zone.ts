import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { useZone, type Zone } from '../base/local-time';
import { parsePosixZone } from '../protocol/posix-zone';
import { parseZoneFile } from '../protocol/zone-file';
import { systemTimers, type Timers } from './timers';

/** Where the machine keeps its time zones. */
export interface ZonePlaces {
  /** What TZ of the environment says. */
  readonly named: string | undefined;
  /** The zone that is set: a zoneinfo file or a link to one. */
  readonly localtime: string;
  /** The folder of all of them. */
  readonly zoneinfo: string;
}

/** ms: a zone that is set while the program runs shows within a minute. */
const lookInterval = 20_000;

const places = (): ZonePlaces => ({
  named: process.env['TZ'],
  localtime: '/etc/localtime',
  zoneinfo: process.env['TZDIR'] ?? '/usr/share/zoneinfo',
});

/** Takes local time from the machine's zoneinfo files, once: for commands that are over soon. */
export function takeSystemZone(where: ZonePlaces = places()): void {
  useZone(zoneOf(zoneBytes(where)));
}

/**
 * Takes local time from the machine's zoneinfo files instead of Node's own copy of them, now and whenever they change: a zone
 * that is set, or an update of Debian's tzdata, needs no restart. Where there are none, local time is Node's.
 *
 * @param changed called when local time has changed
 * @returns ends it
 */
export function followSystemZone(
  changed: () => void = () => undefined,
  timers: Timers = systemTimers,
  where: ZonePlaces = places(),
): () => void {
  let known = zoneBytes(where);
  useZone(zoneOf(known));
  const look = (): void => {
    cancel = timers.after(lookInterval, look);
    const bytes = zoneBytes(where);
    if (bytes === undefined || (known !== undefined && Buffer.compare(bytes, known) === 0)) return;
    const zone = zoneOf(bytes);
    // A file that is being written is looked at once more.
    if (zone === undefined) return;
    known = bytes;
    useZone(zone);
    changed();
  };
  let cancel = timers.after(lookInterval, look);
  return () => cancel();
}

/** As glibc does: TZ is a rule, or the name of a file; without it the machine's own zone counts. */
function zoneBytes({ named, localtime, zoneinfo }: ZonePlaces): Buffer | undefined {
  const name = named?.replace(/^:/, '');
  if (name === '') return Buffer.from('UTC0');
  if (name === undefined) return contents(localtime);
  const file = contents(join(zoneinfo, name)) ?? (name.startsWith('/') ? contents(name) : undefined);
  return file ?? (parsePosixZone(name) === undefined ? undefined : Buffer.from(name));
}

function contents(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

function zoneOf(bytes: Buffer | undefined): Zone | undefined {
  if (bytes === undefined) return undefined;
  return parseZoneFile(bytes) ?? parsePosixZone(bytes.toString('latin1'));
}

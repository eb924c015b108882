import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { useZone, type Zone } from '../src/base/local-time';
import { parseZoneFile } from '../src/protocol/zone-file';

/** Zones whose clocks are changed in all the ways there are; see test/fixtures/SOURCES.md. */
export const zoneNames = [
  'Europe/Berlin',
  'America/Santiago',
  'America/Vancouver',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'America/Havana',
  'Pacific/Apia',
  'Europe/Dublin',
] as const;

/** A zoneinfo file. */
export function zoneFile(name: (typeof zoneNames)[number]): Buffer {
  return readFileSync(join(__dirname, 'fixtures/zoneinfo', name));
}

/** The zone in it. */
export function zoneNamed(name: (typeof zoneNames)[number]): Zone {
  const zone = parseZoneFile(zoneFile(name));
  if (zone === undefined) throw new Error(`no zone in ${name}`);
  return zone;
}

/** Takes local time from a zone while `run` runs. */
export function inZone(name: (typeof zoneNames)[number], run: () => void): void {
  useZone(zoneNamed(name));
  try {
    run();
  } finally {
    useZone(undefined);
  }
}

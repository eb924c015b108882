import { localOffset } from '../base/local-time';

/**
 * What to say of a time zone that the environment names and nobody knows; `undefined` where all is well. Node takes UTC then,
 * without a word.
 *
 * @param zone TZ of the environment @param utc whether local time is UTC
 */
export function timeZoneMistake(
  zone: string | undefined,
  utc: () => boolean = localTimeIsUtc,
): string | undefined {
  if (zone === undefined || zone === '' || isKnown(zone.replace(/^:/, '')) || !utc()) return undefined;
  return `TZ is ${JSON.stringify(zone)}, which is not a time zone, so times are shown in UTC: set one such as Europe/Berlin`;
}

function isKnown(zone: string): boolean {
  if (/^(UTC|GMT)0?$/i.test(zone)) return true;
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions();
    // To Intl capitals do not matter; to the system, whose zones are files, they do.
    return timeZone === zone || timeZone.toLowerCase() !== zone.toLowerCase();
  } catch {
    return false;
  }
}

/** A path, or a form that Intl does not have, was understood if it is not UTC. */
function localTimeIsUtc(): boolean {
  const year = new Date().getFullYear();
  return [0, 6].every((month) => localOffset(Date.UTC(year, month, 1)) === 0);
}

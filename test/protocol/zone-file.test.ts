import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parsePosixZone } from '../../src/protocol/posix-zone';
import { parseZoneFile } from '../../src/protocol/zone-file';
import { zoneFile, zoneNamed, zoneNames } from '../zones';

const hours = (zone: { offset(at: number): number } | undefined, time: string): number =>
  (zone?.offset(Date.parse(time)) ?? Number.NaN) / 3_600_000;

/** What Node takes for the offset of a zone, in ms. */
function nodeOffset(timeZone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en', {
    timeZone,
    hourCycle: 'h23',
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  return (at) => {
    const parts = Object.fromEntries(
      format.formatToParts(at).map(({ type, value }) => [type, Number(value)]),
    );
    const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(2000 + year, month - 1, day, hour, minute, second) - at;
  };
}

test.each(zoneNames)('%s is as Node has it for the years that are settled', (name) => {
  const zone = zoneNamed(name);
  const known = nodeOffset(name);
  for (let at = Date.UTC(2001, 0); at < Date.UTC(2024, 0); at += 97 * 3_600_000)
    expect([new Date(at), zone.offset(at)]).toEqual([new Date(at), known(at)]);
});

// nodejs/node#62323: Node carries zone data of its own, which is older or newer than the system's.
test('the file decides where Node says something else', () => {
  expect(hours(zoneNamed('America/Vancouver'), '2026-11-10T05:37:08Z')).toBe(-8);
});

test('beyond the last change of the file its rule counts', () => {
  expect(hours(zoneNamed('Europe/Berlin'), '2090-07-01T12:00:00Z')).toBe(2);
  expect(hours(zoneNamed('Europe/Berlin'), '2090-12-01T12:00:00Z')).toBe(1);
  expect(hours(zoneNamed('Europe/Dublin'), '2090-07-01T12:00:00Z')).toBe(1);
  expect(hours(zoneNamed('Europe/Dublin'), '2090-12-01T12:00:00Z')).toBe(0);
});

// What `TZ=right/Europe/Berlin date` prints: a clock that counts leap seconds is 27 s ahead since 2017.
test.each([
  ['1990-01-01T00:00:00Z', 3600 - 14],
  ['2026-03-29T01:00:26Z', 3600 - 27],
  ['2026-03-29T01:00:27Z', 7200 - 27],
])('a zone that counts leap seconds is as the system has it: %s', (time, seconds) => {
  const zone = parseZoneFile(readFileSync(join(__dirname, '../fixtures/zoneinfo/right/Europe/Berlin')));
  expect(zone?.offset(Date.parse(time))).toBe(seconds * 1000);
});

test('a file of version 1 has 32 bits, and its last change counts for ever', () => {
  const file = Buffer.from(zoneFile('Europe/Berlin'));
  const second = file.indexOf('TZif', 1);
  file[4] = 0;
  const zone = parseZoneFile(file.subarray(0, second));
  expect(hours(zone, '2026-07-01T12:00:00Z')).toBe(2);
  expect(hours(zone, '2090-07-01T12:00:00Z')).toBe(1);
});

test('a file that is cut off, or something else, is none', () => {
  const file = zoneFile('Europe/Berlin');
  for (let length = 0; length < file.length; length += 7)
    expect(parseZoneFile(file.subarray(0, length))).toBeUndefined();
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => expect(parseZoneFile(bytes)).toBeUndefined()),
  );
});

test('a damaged file does no harm', () => {
  const file = zoneFile('America/Havana');
  fc.assert(
    fc.property(fc.nat(file.length - 1), fc.nat(255), (place, byte) => {
      const damaged = Buffer.from(file);
      damaged[place] = byte;
      expect(() => parseZoneFile(damaged)?.offset(1.7e12)).not.toThrow();
    }),
  );
});

describe('the rule of a zone', () => {
  it.each([
    ['UTC0', '2026-07-01T00:00:00Z', 0],
    ['CET-1CEST,M3.5.0,M10.5.0/3', '2026-03-29T00:59:59Z', 1],
    ['CET-1CEST,M3.5.0,M10.5.0/3', '2026-03-29T01:00:00Z', 2],
    ['CET-1CEST,M3.5.0,M10.5.0/3', '2026-10-25T00:59:59Z', 2],
    ['CET-1CEST,M3.5.0,M10.5.0/3', '2026-10-25T01:00:00Z', 1],
    ['PST8PDT', '2026-07-01T00:00:00Z', -7],
    ['CST6CDT,M3.2.0/2,M11.1.0', '2026-12-31T23:59:59Z', -6],
    ['AEST-10AEDT,M10.1.0,M4.1.0/3', '2026-01-15T00:00:00Z', 11],
    ['<+1030>-10:30<+11>-11,M10.1.0,M4.1.0', '2026-06-15T00:00:00Z', 10.5],
    ['<+0545>-5:45', '2026-06-15T00:00:00Z', 5.75],
    ['IST-1GMT0,M10.5.0,M3.5.0/1', '2026-12-01T00:00:00Z', 0],
    ['IST-2IDT,M3.4.4/26,M10.5.0', '2026-03-27T00:00:00Z', 3],
    ['<-02>2<-01>,M3.5.0/-1,M10.5.0/0', '2026-03-29T00:59:59Z', -2],
    ['<-02>2<-01>,M3.5.0/-1,M10.5.0/0', '2026-03-29T01:00:00Z', -1],
    ['XXX3EDT4,0/0,J365/23', '2026-12-31T20:00:00Z', -4],
    ['AAA0BBB,J60/0,J300/0', '2028-03-01T00:00:00Z', 1],
    ['AAA0BBB,J60/0,J300/0', '2028-02-29T23:59:59Z', 0],
    ['AAA0BBB,59/0,300/0', '2028-02-29T00:00:00Z', 1],
  ])('%s at %s', (rule, time, offset) => expect(hours(parsePosixZone(rule), time)).toBe(offset));

  it.each(['', 'Europe/Berlin', 'CET', 'CET-1CEST,', 'CET-1CEST,M13', 'CET-1CEST,M3.6.0,M10.5.0', '1'])(
    '%j is none',
    (text) => expect(parsePosixZone(text)).toBeUndefined(),
  );
});

test('a rule for the last Sunday of a month is kept where that is the last day', () => {
  const berlin = parsePosixZone('CET-1CEST,M3.5.0,M10.5.0/3')!;
  // 31 March 2024 and 27 October 2024, of which only the first is a last day.
  const changes = [Date.UTC(2024, 2, 31, 1), Date.UTC(2024, 9, 27, 1)];
  for (const [i, change] of changes.entries()) {
    expect(berlin.offset(change - 1000)).toBe((i === 0 ? 1 : 2) * 3_600_000);
    expect(berlin.offset(change)).toBe((i === 0 ? 2 : 1) * 3_600_000);
  }
});

import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { localParts, useZone } from '../../src/base/local-time';
import { followSystemZone } from '../../src/io/system-zone';
import { temporaryFolder } from '../temporary-folder';
import { zoneFile } from '../zones';
import { FakeTimers } from './fake-timers';

const folder = temporaryFolder();
const zoneinfo = join(__dirname, '../fixtures/zoneinfo');
const localtime = join(folder, 'localtime');
const noon = Date.UTC(2026, 6, 1, 12);

let unfollow: () => void = () => undefined;
const timers = new FakeTimers();
const changed = jest.fn();

function follow(named: string | undefined): void {
  unfollow = followSystemZone(changed, timers, { named, localtime, zoneinfo });
}

function link(zone: string): void {
  rmSync(localtime, { force: true });
  symlinkSync(join(zoneinfo, zone), localtime);
}

beforeEach(() => changed.mockClear());
afterEach(() => {
  unfollow();
  useZone(undefined);
  rmSync(localtime, { force: true });
  expect(timers.pending).toBe(0);
});

// nodejs/node#33805, raspi-config#111: the zone is set while the program runs.
test('a zone that is set while the program runs counts within a minute', async () => {
  link('Europe/Berlin');
  follow(undefined);
  expect(localParts(noon).hours).toBe(14);
  link('America/Havana');
  await timers.advance(60_000);
  expect(localParts(noon).hours).toBe(8);
  expect(changed).toHaveBeenCalledTimes(1);
  await timers.advance(600_000);
  expect(changed).toHaveBeenCalledTimes(1);
});

test('so does a zone whose file is another one after an update', async () => {
  writeFileSync(localtime, zoneFile('Europe/Berlin'));
  follow(undefined);
  writeFileSync(localtime, zoneFile('Europe/Dublin'));
  await timers.advance(60_000);
  expect(localParts(noon).hours).toBe(13);
});

test('a file that is gone or half written changes nothing', async () => {
  writeFileSync(localtime, zoneFile('America/Havana'));
  follow(undefined);
  rmSync(localtime);
  await timers.advance(60_000);
  expect(localParts(noon).hours).toBe(8);
  writeFileSync(localtime, zoneFile('Europe/Dublin').subarray(0, 500));
  await timers.advance(60_000);
  expect(localParts(noon).hours).toBe(8);
  expect(changed).not.toHaveBeenCalled();
});

test.each([
  ['America/Havana', 8],
  [':America/Havana', 8],
  [join(zoneinfo, 'America/Havana'), 8],
  ['PST8PDT', 5],
  ['<+0545>-5:45', 17],
  ['', 12],
])('TZ=%s beats the zone of the machine', (named, hours) => {
  link('Europe/Berlin');
  follow(named);
  expect(localParts(noon).hours).toBe(hours);
});

test('where there is nothing, local time is that of Node', () => {
  follow(undefined);
  expect(localParts(noon).hours).toBe(new Date(noon).getHours());
});

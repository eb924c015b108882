import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { snapshot } from '../../src/commands/snapshot';
import { tellDevices } from '../../src/commands/snapshot-devices';
import { StoryClock } from '../../src/commands/story-clock';
import { siteDevices } from '../../src/features/hearing/site-devices';
import { Battery } from '../../src/model/battery';
import { Site } from '../../src/model/site';
import { offerTimeLeft } from '../../src/model/time-left';
import { deviceViews } from '../../src/screens/device-views';
import { resolveSettings } from '../../src/settings/resolve-settings';
import type { RawSettings, Settings } from '../../src/settings/settings';
import { temporaryFolder } from '../temporary-folder';

const folder = temporaryFolder();

const boat = [
  'jbd-serial,name=house,port=/dev/null',
  'jbd-ble,name=bow,address=02:00:00:00:00:02',
  'litime-ble,name=charger,address=02:00:00:00:00:03',
  'thornwave-ble,name=load,address=02:00:00:00:00:04,role=load',
  'evtv-udp,name=engine',
  'bluenova,name=spare',
];

function settingsOf(values: RawSettings): Settings {
  return resolveSettings([{ values, describe: (name) => name }]);
}

/** A site whose devices have told what a picture is to show. */
async function told(values: RawSettings): Promise<{ site: Site; clock: StoryClock }> {
  const settings = settingsOf(values);
  const { devices, bank } = await siteDevices(settings, { simulated: true });
  const [site, clock] = [new Site(), new StoryClock()];
  for (const { name, type } of devices) site.add(name, type.kind);
  site.join(bank?.members ?? [], bank?.meter);
  const times = [...site.devices()].flatMap((device) =>
    device instanceof Battery ? [offerTimeLeft(device)] : [],
  );
  const look = (): void => {
    for (const left of times) left.look(clock.monotonic());
    site.sample(clock.monotonic());
  };
  await tellDevices(devices, settings, clock, site, look, 2400);
  return { site, clock };
}

test('every device of a site is played and read, and what can not be played has not been received', async () => {
  const { site, clock } = await told({ devices: boat, bank: ['house', 'bow'] });
  const now = clock.monotonic();
  const views = deviceViews(site.devices(), 'Bank', now);
  expect(views.map(({ name, freshness }) => [name, freshness])).toEqual([
    ['Bank', 'fresh'],
    ['house', 'fresh'],
    ['bow', 'fresh'],
    ['engine', 'fresh'],
    ['spare', 'lost'],
    ['charger', 'fresh'],
    ['load', 'fresh'],
  ]);
  const [house, bow] = [site.battery('house').battery, site.battery('bow').battery];
  // They hang on one busbar, in the sun.
  expect(house.voltage(now).value).toBeCloseTo(bow.voltage(now).value!, 1);
  const current = house.current(now).value! + bow.current(now).value!;
  expect(current).toBeGreaterThan(1);
  expect(site.bank?.current(now).value).toBeCloseTo(current, 1);
  expect(site.bank?.quantity('timeToFull', now).value).toBeGreaterThan(600);
  expect(site.battery('engine').battery.cells.count).toBe(96);
  // How old is late goes by how often each is read, not by how quickly the day before was told.
  const freshness = (age: number): unknown[] => [house.freshness(now + age), bow.freshness(now + age)];
  expect([freshness(20_000), freshness(45_000), freshness(120_000)]).toEqual([
    ['late', 'fresh'],
    ['late', 'late'],
    ['lost', 'lost'],
  ]);
});

test('a battery of other cells than the rest is played by itself', async () => {
  const { site, clock } = await told({ devices: ['jbd-serial,name=house,port=/dev/null,cells=16'] });
  const now = clock.monotonic();
  const { battery } = site.main;
  expect(battery.cells.count).toBe(16);
  expect(battery.quantity('timeToFull', now).value).toBeCloseTo(1200, -2);
});

test('the picture shows them, and with --age never that nothing was received', async () => {
  const pictures: Buffer[] = [];
  const devices = [
    'jbd-serial,name=house,port=/dev/null',
    'thornwave-ble,name=load,address=02:00:00:00:00:04',
  ];
  for (const age of ['0', 'never']) {
    const out = join(folder, `${age}.png`);
    const flags = { screen: 'main', age, out };
    expect(await snapshot(settingsOf({ devices, size: '480x320' }), flags)).toBe(0);
    pictures.push(PNG.sync.read(readFileSync(out)).data.subarray(480 * 40 * 4));
  }
  expect(pictures[0]!.equals(pictures[1]!)).toBe(false);
});

test('a device that can not be is one sentence', async () => {
  const flags = { screen: 'main', age: '0', out: join(folder, 'none.png') };
  await expect(snapshot(settingsOf({ devices: ['jbd-serial,name=house'] }), flags)).rejects.toThrow(
    'jbd-serial needs port=, the path of a serial port, such as /dev/ttyUSB0.',
  );
  await expect(snapshot(settingsOf({}), { ...flags, age: 'soon' })).rejects.toThrow(
    '--age is "soon", but must be a number of seconds from 0 to 1000000000, or never.',
  );
});

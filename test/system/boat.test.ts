import type { DeviceJson } from '../../src/protocol/device-json';
import { freePort, freeTcpPort, Packdial } from '../commands/packdial';
import { until } from '../until';
import { BluezService } from './bluetooth/bluez-service';
import { ReceivedSite } from './bluetooth/frame-delays';
import { PrivateBus } from './bluetooth/private-bus';

const bus = new PrivateBus();
const bluez = new BluezService(bus.address);
const environment = { DBUS_SYSTEM_BUS_ADDRESS: bus.address };
const programs: Packdial[] = [];
/** ms that a frame may wait for polls of other devices. */
const longestDelay = 20;
/** Of the boat's devices. */
const names = ['house', 'bow', 'charger', 'solar', 'load'];
let boat: Packdial;
let site: ReceivedSite | undefined;
/** What the boat prints: devices as they are named on the command line. */
let texts: readonly string[];

beforeAll(async () => {
  await bus.start();
  for (let i = 1; i <= 5; i++) bluez.plugIn(`/org/bluez/hci${i}`, `00:AA:01:00:00:5${i}`);
  await bluez.open();
  boat = start('simulate', '--site', 'boat');
  await boat.says('Playing load');
  texts = [...boat.stdout.matchAll(/^--device (\S+)$/gm)].map(([, text = '']) => text);
});

afterAll(async () => {
  await site?.close();
  for (const program of programs) program.kill();
  await Promise.all(programs.map((program) => program.end()));
  bluez.close();
  await bus.remove();
});

function start(...args: readonly string[]): Packdial {
  const program = new Packdial(args, environment);
  programs.push(program);
  return program;
}

/** V of the busbar, as a device tells it. */
function voltageOf(device: DeviceJson | undefined): number | undefined {
  const { voltage, batteryVoltage } = device?.values ?? {};
  return voltage ?? batteryVoltage ?? undefined;
}

test('a boat that simulate plays on five adapters is read from the sixth', async () => {
  expect(texts).toEqual([
    'jbd-ble,name=house,address=00:AA:01:00:00:51',
    'jbd-ble,name=bow,address=00:AA:01:00:00:52',
    'litime-ble,name=charger,address=00:AA:01:00:00:53',
    'thornwave-ble,name=solar,address=00:AA:01:00:00:54,role=solar',
    'thornwave-ble,name=load,address=00:AA:01:00:00:55,role=load',
  ]);
  const port = await freeTcpPort();
  const display = start(
    ...['run', '--headless', '--web', 'localhost', '--web-port', String(port)],
    ...texts.flatMap((text) => ['--device', text]),
  );
  await display.says('Open in your browser');
  let devices: readonly DeviceJson[] = [];
  await until('all are read', async () => {
    const response = await fetch(`http://127.0.0.1:${port}/api/devices`);
    ({ devices } = (await response.json()) as { devices: DeviceJson[] });
    const [bank, house] = devices;
    const isWhole = typeof bank?.values['current'] === 'number' && (house?.cells ?? []).length === 4;
    // A charger tells its ratings before its voltage.
    return isWhole && devices.every((each) => each.freshness === 'fresh' && voltageOf(each) !== undefined);
  });
  expect(devices.map(({ device, type }) => [device, type])).toEqual([
    ['Bank', 'bank'],
    ['house', 'jbd-ble'],
    ['bow', 'jbd-ble'],
    ['charger', 'litime-ble'],
    ['solar', 'thornwave-ble'],
    ['load', 'thornwave-ble'],
  ]);
  const voltage = (name: string): number =>
    voltageOf(devices.find(({ device }) => device === name)) ?? Number.NaN;
  // One busbar, read in the same seconds.
  for (const name of names) expect(Math.abs(voltage(name) - voltage('Bank'))).toBeLessThan(0.3);
  display.kill();
  await display.end();
});

test('polls of five devices do not delay the frames of a sixth, and none of them is live when the boat has ended', async () => {
  process.env['DBUS_SYSTEM_BUS_ADDRESS'] = bus.address;
  site = new ReceivedSite(await freePort());
  await site.start(texts.map((text) => `${text},every=1`));
  await until('all are read', () => site?.live === 6);
  // What a poll holds up shows in each round, what the machine is busy with otherwise in some. Single frames wait for other
  // processes, this one for the BlueZ that it plays: poll-turns.test.ts has the longest turn of packdial's own.
  let best = Infinity;
  for (let round = 0; round < 10 && best > longestDelay; round++) {
    site.counts.clear();
    const delays = await site.delays(200);
    const [median, late] = [0.5, 0.95].map((part) => delays[Math.floor(delays.length * part)] ?? NaN);
    console.log(`ms until a frame is applied: ${median?.toFixed(2)}, 95 % within ${late?.toFixed(2)}`);
    if (names.every((name) => site?.counts.has(name))) best = Math.min(best, late ?? NaN);
  }
  expect(best).toBeLessThan(longestDelay);
  boat.kill();
  expect(await boat.end()).toMatchObject({ code: 0 });
  await until('they are lost', () => site?.live === 1);
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { DeviceJson } from '../../src/protocol/device-json';
import { freePort, freeTcpPort, Packdial } from '../commands/packdial';
import { temporaryFolder } from '../temporary-folder';
import { until } from '../until';
import { BluezService } from './bluetooth/bluez-service';
import { PrivateBus } from './bluetooth/private-bus';
import { TurnTimes } from './bluetooth/turn-times';

/** ms that a poll of one device may hold up what another has sent. */
const longestTurn = 20;
/** Answers of each device that are waited for. */
const rounds = 8;

const folder = temporaryFolder();
const bus = new PrivateBus();
const bluez = new BluezService(bus.address);
const programs: Packdial[] = [];

beforeAll(async () => {
  await bus.start();
  for (let i = 1; i <= 5; i++) bluez.plugIn(`/org/bluez/hci${i}`, `00:AA:01:00:00:5${i}`);
  await bluez.open();
});

afterAll(async () => {
  for (const program of programs) program.kill();
  await Promise.all(programs.map((program) => program.end()));
  bluez.close();
  await bus.remove();
});

function start(args: readonly string[], environment: Readonly<Record<string, string>>): Packdial {
  const program = new Packdial(args, environment);
  programs.push(program);
  return program;
}

/** Asks a display for its devices, until each has answered so often. */
async function answers(port: number, count: number): Promise<void> {
  const ages = new Map<string, number>();
  const counts = new Map<string, number>();
  await until(
    'all devices have answered',
    async () => {
      const response = await fetch(`http://127.0.0.1:${port}/api/devices`);
      const { devices } = (await response.json()) as { readonly devices: readonly DeviceJson[] };
      for (const { device, age } of devices) {
        const now = Math.min(...Object.values(age).map((each) => each ?? Infinity));
        if (now < (ages.get(device) ?? Infinity)) counts.set(device, (counts.get(device) ?? 0) + 1);
        ages.set(device, now);
      }
      await pause(200);
      return devices.length === 6 && devices.every(({ device }) => (counts.get(device) ?? 0) >= count);
    },
    50,
  );
}

test('no turn of the loop takes 20 ms while five devices are polled beside a battery: no frame waits longer for a poll', async () => {
  const environment = { DBUS_SYSTEM_BUS_ADDRESS: bus.address };
  const boat = start(['simulate', '--site', 'boat'], environment);
  await boat.says('Playing load');
  const texts = [...boat.stdout.matchAll(/^--device (\S+)$/gm)].map(([, text = '']) => text);
  const [frames, web] = [await freePort(), await freeTcpPort()];
  start(['simulate', '--port', String(frames)], {});
  const times = new TurnTimes(join(folder, 'turns'));
  const display = start(
    [
      ...['run', '--headless', '--web', 'localhost', '--web-port', String(web), '--bank', 'off'],
      ...['--data-dir', join(folder, 'data'), '--device', `evtv-udp,name=evtv,port=${frames}`],
      ...texts.flatMap((text) => ['--device', `${text},every=1`]),
    ],
    { ...environment, ...times.environment, PACKDIAL_LOG: 'true' },
  );
  await display.says('Open in your browser');
  const ask = (): void => display.kill('SIGUSR2');
  await answers(web, 2);
  // What came so far is the start, with the loading of its code.
  const started = await times.since(ask);
  await answers(web, rounds);
  const turns = await times.since(ask);
  const [median, late, longest] = [0.5, 0.99, 1].map((part) => turns.at(Math.ceil(part * turns.length) - 1));
  console.log(
    `${turns.length} turns, ms of CPU: median ${median?.toFixed(2)}, 99 % within ${late?.toFixed(1)}, longest ${longest?.toFixed(1)}; at the start ${started.at(-1)?.toFixed(1)}`,
  );
  expect(turns.length).toBeGreaterThan(100);
  expect(longest).toBeLessThan(longestTurn);
});

test.each([
  ['a timer', 'setTimeout(work, 1)'],
  ['a promise', 'fs.promises.stat(".").then(work)'],
  ['what was received', 'work()'],
])('a turn that takes longer is found when %s begins it', async (_, begin) => {
  const times = new TurnTimes(join(folder, begin.slice(0, 5)));
  const program = `
    const work = () => {
      const begun = process.cpuUsage();
      for (let used = 0; used < 50_000; ) {
        const { user, system } = process.cpuUsage(begun);
        used = user + system;
      }
      console.log('worked');
    };
    process.stdin.on('data', () => {
      ${begin};
    });
    console.log('ready');`;
  const child = spawn(process.execPath, ['-e', program], {
    env: { ...process.env, ...times.environment },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ask = (): void => void child.kill('SIGUSR2');
  try {
    await once(child.stdout, 'data');
    await until('its start is over', async () => ((await times.since(ask)).at(-1) ?? 0) < longestTurn);
    child.stdin.write('now');
    await once(child.stdout, 'data');
    // It ends after what it has said.
    await until('the turn is told', async () => ((await times.since(ask)).at(-1) ?? 0) > longestTurn);
  } finally {
    child.kill();
  }
});

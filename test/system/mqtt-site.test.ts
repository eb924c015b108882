import { connect, type MqttClient } from 'mqtt';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DeviceJson } from '../../src/protocol/device-json';
import { freePort, freeTcpPort, Packdial } from '../commands/packdial';
import { TemporaryFolder } from '../temporary-folder';
import { until } from '../until';
import { BluezService } from './bluetooth/bluez-service';
import { PrivateBus } from './bluetooth/private-bus';
import { Mosquitto } from './mosquitto';

const folder = new TemporaryFolder();
const bus = new PrivateBus();
const bluez = new BluezService(bus.address);
const environment = { DBUS_SYSTEM_BUS_ADDRESS: bus.address };
const programs: Packdial[] = [];
let broker: Mosquitto;
let boat: Packdial;
let devices: readonly string[];
let client: MqttClient;

function start(...args: readonly string[]): Packdial {
  const program = new Packdial(args, environment);
  programs.push(program);
  return program;
}

beforeAll(async () => {
  broker = await Mosquitto.start({ folder: folder.path });
  await bus.start();
  for (let i = 1; i <= 5; i++) bluez.plugIn(`/org/bluez/hci${i}`, `00:AA:01:00:00:5${i}`);
  await bluez.open();
  boat = start('simulate', '--site', 'boat');
  await boat.says('Playing load');
  const texts = [...boat.stdout.matchAll(/^--device (\S+)$/gm)].map(([, text = '']) => `${text},every=1`);
  const port = await freePort();
  start('simulate', '--port', String(port), '--modules', '16', '--data-dir', join(folder.path, 'controller'));
  devices = [`evtv-udp,name=engine room,port=${port}`, ...texts];
  client = connect(`mqtt://127.0.0.1:${broker.port}`);
});

afterAll(async () => {
  client.end(true);
  for (const program of programs) program.kill();
  await Promise.all(programs.map((program) => program.end()));
  bluez.close();
  await bus.remove();
  await broker.kill();
  folder.remove();
});

interface Shown {
  readonly program: Packdial;
  readonly devices: () => Promise<readonly DeviceJson[]>;
}

async function display(role: 'sender' | 'receiver', ...more: readonly string[]): Promise<Shown> {
  const port = await freeTcpPort();
  const program = start(
    ...[
      'run',
      '--headless',
      '--data-dir',
      join(folder.path, role),
      '--web',
      'localhost',
      '--web-port',
      String(port),
    ],
    ...['--mqtt', role, '--bms-id', 'MorganOak', '--mqtt-url', `mqtt://127.0.0.1:${broker.port}`],
    ...more,
  );
  return {
    program,
    devices: async () => {
      try {
        const response = await fetch(`http://127.0.0.1:${port}/api/devices`);
        return ((await response.json()) as { devices: DeviceJson[] }).devices;
      } catch {
        // It is building itself anew.
        return [];
      }
    },
  };
}

/** What is to be the same on both: everything but times, and what an age of a tenth of a second more may make of it. */
function compared(all: readonly DeviceJson[]) {
  return all.map(
    ({ device, kind, type, values, cells, temperatures, balancing, flags, switches, texts, age, bank }) => ({
      ...{ device, kind, type, values, cells, temperatures, balancing, flags, switches, texts },
      groups: Object.keys(age),
      bank,
    }),
  );
}

test('a receiver shows the six devices of a boat and its bank with the sender’s numbers, and lets a silent one age', async () => {
  const others = new Map<string, string>();
  client.on('message', (topic, payload, { qos, retain }) =>
    others.set(topic, `${qos} ${retain} ${payload.toString('latin1')}`),
  );
  client.subscribe(['data/#', 'JBD_BMS/#', 'LiTime_MPPT/#']);
  const shapes = ['--mqtt-data-json', 'true', '--mqtt-message-pack', 'true'];
  const sender = await display('sender', ...devices.flatMap((text) => ['--device', text]), ...shapes);
  const receiver = await display('receiver');
  await receiver.program.says('The sender of MorganOak has other devices than before');
  await until(
    'both show the same',
    async () => {
      const [sent, received] = await Promise.all([sender.devices(), receiver.devices()]);
      if (sent.length !== 7 || sent.some(({ freshness }) => freshness !== 'fresh')) return false;
      return JSON.stringify(compared(sent)) === JSON.stringify(compared(received));
    },
    120,
  );
  expect((await receiver.devices()).map(({ device, kind, type }) => [device, kind, type])).toEqual([
    ['Bank', 'battery', 'bank'],
    ['engine room', 'battery', 'evtv-udp'],
    ['house', 'battery', 'jbd-ble'],
    ['bow', 'battery', 'jbd-ble'],
    ['charger', 'solar-charger', 'litime-ble'],
    ['solar', 'meter', 'thornwave-ble'],
    ['load', 'meter', 'thornwave-ble'],
  ]);

  // S1.20, S3.7: QoS 0, not retained.
  const topics = [
    'JBD_BMS/1/msgpack',
    'JBD_BMS/2/msgpack',
    'LiTime_MPPT/1/msgpack',
    'data/bms',
    'data/bms/gauge',
  ];
  await until('other programs have theirs', () => others.size === 7);
  expect([...others.keys()].sort()).toEqual([...topics, 'data/load', 'data/solar']);
  for (const message of others.values())
    expect(message).toMatch(/^0 false (\{"meter": "|[\x85-\x8f]\xa3utc)/);

  // Nobody plays five of them any more; the sixth goes on.
  boat.kill();
  await boat.end();
  const states = (all: readonly DeviceJson[]) =>
    all.map(({ device, freshness }) => `${device} ${freshness}`).join();
  const silent = 'engine room fresh,house lost,bow lost,charger lost,solar lost,load lost';
  await until('both have lost them', async () => {
    const [sent, received] = await Promise.all([sender.devices(), receiver.devices()]);
    return states(sent).endsWith(silent) && states(received).endsWith(silent);
  });
  const agesOf = (all: readonly DeviceJson[]) =>
    all.find(({ device }) => device === 'house')?.age['basic'] ?? NaN;
  const [there, here] = await Promise.all([sender.devices(), receiver.devices()]);
  expect(Math.abs(agesOf(there) - agesOf(here))).toBeLessThan(2);

  // A receiver that begins while they are silent is told how old they are.
  receiver.program.kill();
  await receiver.program.end();
  const again = await display('receiver');
  // Within half a minute of its start, in which a silent device is told again.
  await until('it has their ages', async () => agesOf(await again.devices()) > 5, 90);
  const [then, now] = await Promise.all([sender.devices(), again.devices()]);
  expect(Math.abs(agesOf(then) - agesOf(now))).toBeLessThan(2);
  expect(states(now)).toBe(states(then));

  await hostile(again);
}, 300_000);

/** Whoever may publish sends what no sender would: it is counted, and changes nothing. */
async function hostile({ program, devices: shown }: Shown): Promise<void> {
  const before = (await shown()).map(({ device }) => device);
  const memory = residentOf(program);
  const publish = (name: string, payload: string) =>
    client.publish(`EVTV/MorganOak/Devices/${name}`, payload, { qos: 0 });
  const house = (more: object) =>
    JSON.stringify({
      ...{
        schema: 1,
        timestamp: new Date().toISOString(),
        device: 'house',
        kind: 'battery',
        type: 'jbd-ble',
      },
      ...{ values: {}, ...more },
    });
  publish('house', '{"schema":1,');
  publish('house', house({ values: { voltage: '13' } }));
  publish('house', house({ values: { voltage: 1e300 } }));
  publish('house', house({ cells: Array.from({ length: 5000 }, () => 3.3) }));
  publish('house', house({ device: 'h'.repeat(10_000) }));
  publish('h'.repeat(10_000), house({ device: 'h'.repeat(10_000) }));
  publish('house', house({ texts: { model: 'x'.repeat(100_000) } }));
  publish('house', '\u0000'.repeat(200_000));
  for (let i = 0; i < 5000; i++) publish(`device ${i}`, house({ device: `device ${i}` }));
  client.publish('EVTV/MorganOak/Site', '{"schema":1,"bmsId":"MorganOak","devices":[{}],"bank":null}');
  await program.says('Not used, not a device');
  await program.says('Not used, not a site');
  await until('it shows what it did', async () => (await shown()).length === before.length);
  expect((await shown()).map(({ device }) => device)).toEqual(before);
  expect(residentOf(program) - memory).toBeLessThan(40_000);
}

/** kB of memory that it uses. */
function residentOf({ pid }: Packdial): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}

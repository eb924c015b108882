import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectAsync, type MqttClient } from 'mqtt';
import { setupServices } from '../../src/features/hearing/setup-services';
import type { DeviceJson } from '../../src/protocol/device-json';
import { resolveSettings } from '../../src/settings/resolve-settings';
import { freeTcpPort, Packdial } from '../commands/packdial';
import { published } from '../devices/mqtt-json/published';
import { temporaryFolder } from '../temporary-folder';
import { until } from '../until';
import { Authority } from './certificates';
import { Mosquitto } from './mosquitto';

const folder = temporaryFolder();
const programs: Packdial[] = [];
let broker: Mosquitto;
let client: MqttClient;
let passwordFile: string;
let webPort = 0;

beforeAll(async () => {
  passwordFile = join(folder, 'passwords');
  execFileSync('mosquitto_passwd', ['-b', '-c', passwordFile, 'dial', 'right/one']);
  broker = await Mosquitto.start({ folder, passwordFile });
  client = await connect();
});

afterAll(async () => {
  for (const program of programs) program.kill();
  await Promise.all(programs.map((program) => program.end()));
  client.end(true);
  await broker.kill();
});

function connect(): Promise<MqttClient> {
  return connectAsync(`mqtt://127.0.0.1:${broker.port}`, { username: 'dial', password: 'right/one' });
}

function start(...args: readonly string[]): Packdial {
  const program = new Packdial(args);
  programs.push(program);
  return program;
}

const address = (): string => `broker=mqtt://dial:right%2Fone@127.0.0.1:${broker.port}`;

async function publishAll(retain = false): Promise<void> {
  for (const { messages } of published)
    for (const [topic, payload] of messages) await client.publishAsync(topic, payload, { retain });
}

async function devices(): Promise<readonly DeviceJson[]> {
  const response = await fetch(`http://127.0.0.1:${webPort}/api/devices`);
  return ((await response.json()) as { devices: DeviceJson[] }).devices;
}

const named = async (name: string): Promise<DeviceJson> =>
  (await devices()).find(({ device }) => device === name)!;

test('what five programs publish becomes numbers on /api/devices and on the picture', async () => {
  webPort = await freeTcpPort();
  const picture = join(folder, 'picture.png');
  const display = start(
    ...['run', '--headless', '--picture', picture, '--bank', 'off'],
    ...['--web', 'localhost', '--web-port', String(webPort)],
    ...published.flatMap(({ profile, settings }) => [
      '--device',
      `mqtt-json,name=${profile},${settings},${address()}${profile === 'tasmota' ? ',every=1' : ''}`,
    ]),
  );
  await display.says('Open in your browser');
  await until('all values are there', async () => {
    await publishAll();
    const all = await devices();
    return published.every(({ profile, values }) => {
      const json = all.find(({ device }) => device === profile);
      return Object.keys(values).every((name) => typeof json?.values[name] === 'number');
    });
  });
  for (const { profile, kind, values, cells, temperatures, switches } of published) {
    const json = await named(profile);
    expect(json).toMatchObject({ kind, type: 'mqtt-json', freshness: 'fresh' });
    for (const [name, value] of Object.entries(values)) expect(json.values[name]).toBeCloseTo(value, 1);
    if (cells !== undefined) expect(json.cells).toEqual(cells);
    if (temperatures !== undefined) expect(json.temperatures).toEqual(temperatures);
    if (switches !== undefined) expect(json.switches).toMatchObject(switches);
  }
  // It is drawn: what it shows is looked at by the tests of the screens.
  await until('a picture is written', () => {
    try {
      return readFileSync(picture).length > 5000;
    } catch {
      return false;
    }
  });
  // The password is in no line.
  expect(display.stderr + display.stdout).not.toMatch(/right(\/|%2F)one/i);
}, 60_000);

test('a device that has gone is unknown at once, and one that is silent ages', async () => {
  await client.publishAsync('tele/washer/LWT', 'Offline');
  await until('the washer is unknown', async () => (await named('tasmota')).values['power'] === null);
  expect((await named('batmon')).values['voltage']).toBe(13.29);
  const before = (await named('batmon')).age['voltage']!;
  await until('it is older', async () => (await named('batmon')).age['voltage']! >= before + 1);
  await client.publishAsync('tele/washer/LWT', 'Online');
  await publishAll();
  await until('the washer is back', async () => (await named('tasmota')).values['power'] === 1850);
  await until('silence makes it late', async () => (await named('tasmota')).freshness === 'late');
}, 60_000);

test('a broker that is killed and comes back is read on', async () => {
  const display = programs[0]!;
  client.end(true);
  await broker.kill();
  await display.says(/batmon: .*(closed the connection|no broker listens)/);
  await broker.run();
  client = await connect();
  await until('it is read on', async () => {
    await client.publishAsync('house_bms/soc/total_voltage', '13.31');
    return (await named('batmon')).values['voltage'] === 13.31;
  });
}, 60_000);

test('what the broker has kept is shown as old, and never as fresh', async () => {
  await client.publishAsync('kept/volts', '12.5', { retain: true });
  const decode = start('decode', '--json', '--device', `mqtt-json,voltage=kept/volts,${address()}`);
  await decode.says('\n', 'stdout');
  const json = (): DeviceJson => JSON.parse(decode.stdout.trim().split('\n').at(-1)!) as DeviceJson;
  expect(json()).toMatchObject({ values: { voltage: 12.5 }, freshness: 'late' });
  await client.publishAsync('kept/volts', '12.6', { retain: true });
  await until('it is told anew', () => json().values['voltage'] === 12.6);
  expect(json().freshness).toBe('fresh');
}, 60_000);

test.each([
  ['dial:wrong', /127\.0\.0\.1 does not let this user in, or the password is wrong: next try in/],
  ['', /127\.0\.0\.1 lets nobody in without a user and password, or a certificate: next try in/],
])(
  'refused with %p, it says so in one sentence',
  async (login, sentence) => {
    const at = login === '' ? '' : `${login}@`;
    const device = `mqtt-json,voltage=kept/volts,broker=mqtt://${at}127.0.0.1:${broker.port}`;
    const decode = start('decode', '--json', '--device', device);
    await decode.says(sentence);
    expect(decode.stderr).not.toContain('wrong@');
  },
  60_000,
);

test("without a broker of its own, a device is at the display's", async () => {
  const decode = new Packdial(['decode', '--json', '--device', 'mqtt-json,voltage=kept/volts'], {
    PACKDIAL_MQTT_URL: `mqtt://127.0.0.1:${broker.port}`,
    PACKDIAL_MQTT_USER: 'dial',
    PACKDIAL_MQTT_PASSWORD: 'right/one',
  });
  programs.push(decode);
  await decode.says('"voltage":12.6', 'stdout');
}, 60_000);

test('a broker with an authority of its own is believed where the device says so', async () => {
  const authority = new Authority(folder, 'authority');
  const secure = await Mosquitto.start({ folder, tls: authority.issue('127.0.0.1') });
  try {
    const device = `mqtt-json,voltage=a/b,broker=mqtts://127.0.0.1:${secure.port}`;
    const stranger = start('decode', '--json', '--device', device);
    await stranger.says(
      "not issued by a known authority: set the broker's own (--mqtt-ca, or ca of the device)",
    );
    const decode = start('decode', '--json', '--device', `${device},ca=${authority.cert}`);
    await decode.says('Waiting for mqtt-json at 127.0.0.1');
    const none = start('decode', '--json', '--device', `${device},ca=/nowhere.pem`);
    await none.says(/The file \/nowhere\.pem can't be read: .*: next try in/);
  } finally {
    await secure.kill();
  }
}, 60_000);

test('on the screen such a device is tried with what the broker says', async () => {
  const services = setupServices(resolveSettings([]));
  const signal = new AbortController().signal;
  const entry = {
    ...{ type: 'mqtt-json', name: 'house', profile: 'batmon', topic: 'house_bms' },
    broker: `mqtt://dial:right%2Fone@127.0.0.1:${broker.port}`,
  };
  const trying = services.tryReading(entry, signal, () => undefined);
  let result: Awaited<typeof trying> | undefined;
  void trying.then((outcome) => (result = outcome));
  await until('it is read', async () => {
    await publishAll();
    return result !== undefined;
  });
  expect(result).toMatchObject({
    value: {
      kind: 'battery',
      values: { voltage: 13.29, stateOfCharge: 78.5 },
      cells: [3.325, 3.321, 3.322, 3.324],
    },
  });
  const wrong = { ...entry, broker: `mqtt://dial:no@127.0.0.1:${broker.port}` };
  expect(await services.tryReading(wrong, signal, () => undefined)).toMatchObject({
    trouble: { code: 'login-refused', values: { host: '127.0.0.1' } },
  });
}, 60_000);

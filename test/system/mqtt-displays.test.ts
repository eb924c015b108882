import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { PNG } from 'pngjs';
import { systemClock } from '../../src/base/clock';
import { MqttControllerLink } from '../../src/io/mqtt/mqtt-controller-link';
import { Outbox } from '../../src/io/mqtt/outbox';
import { OutboxDrain } from '../../src/io/mqtt/outbox-drain';
import { energyDiscovery } from '../../src/protocol/mqtt/energy-message';
import { discoveryMessages } from '../../src/protocol/mqtt/home-assistant';
import { siteDiscovery } from '../../src/protocol/mqtt/site-discovery';
import { batteryTopics } from '../../src/protocol/mqtt/topics';
import { version } from '../../src/version';
import { freePort, freeTcpPort, Packdial } from '../commands/packdial';
import { TemporaryFolder } from '../temporary-folder';
import { until } from '../until';
import { bareLink } from './broker-bench';
import { Authority } from './certificates';
import { FedBattery } from './fed-battery';
import { Mosquitto } from './mosquitto';

const folder = new TemporaryFolder();
const programs: Packdial[] = [];
const links: { stop(): Promise<void> }[] = [];
let broker: Mosquitto;
let url: string;
let udp: number;
let controllerPort: number;
let security: readonly string[];

const data = (name: string): string => join(folder.path, name);

function start(args: readonly string[]): Packdial {
  const program = new Packdial(args);
  programs.push(program);
  return program;
}

function display(name: string, role: 'sender' | 'receiver', more: readonly string[]): Packdial {
  return start([
    ...[
      'run',
      '--headless',
      '--data-dir',
      data(name),
      '--mqtt',
      role,
      '--bms-id',
      'MorganOak',
      '--mqtt-url',
      url,
    ],
    ...security,
    ...more,
  ]);
}

beforeAll(async () => {
  const authority = new Authority(folder.path, 'authority');
  const client = authority.issue('display');
  broker = await Mosquitto.start({
    folder: folder.path,
    tls: authority.issue('127.0.0.1'),
    clientCa: authority.cert,
  });
  url = `mqtts://127.0.0.1:${broker.port}`;
  security = ['--mqtt-ca', authority.cert, '--mqtt-cert', client.cert, '--mqtt-key', client.key];
  udp = await freePort();
  controllerPort = await freeTcpPort();
});

afterAll(async () => {
  await Promise.all(links.map((link) => link.stop()));
  for (const program of programs) program.kill();
  await Promise.all(programs.map((program) => program.end()));
  await broker.kill();
  folder.remove();
});

/**
 * The picture of a display without its first line, which tells how the battery is heard, and without the cells' bars, whose
 * window is kept from the values before; or `undefined` while it is being written.
 */
function picture(name: string, withPowerLog = true): Buffer | undefined {
  try {
    const png = PNG.sync.read(readFileSync(join(data(name), 'screen.png')));
    expect([png.width, png.height]).toEqual([800, 480]);
    for (let y = 0; y < 36; y++) png.data.fill(0, y * 3200, y * 3200 + 340 * 4);
    for (let y = 312; y < 442; y++) png.data.fill(0, y * 3200 + 48, y * 3200 + 1320);
    for (let y = 442; y < 470; y++) png.data.fill(0, y * 3200 + 48, y * 3200 + 216);
    if (!withPowerLog) for (let y = 38; y < 172; y++) png.data.fill(0, y * 3200 + 48, y * 3200 + 1320);
    return png.data;
  } catch {
    return undefined;
  }
}

test('S0.107, S0.108, S0.111, S0.118: a sender that hears a controller, and a receiver, show the same picture; a SAVE far away comes back to both', async () => {
  start([
    ...[
      'simulate',
      '--port',
      String(udp),
      '--modules',
      '16',
      '--bms-id',
      'MorganOak',
      '--data-dir',
      data('controller'),
    ],
    ...['--controller-port', String(controllerPort)],
  ]);
  const sender = display('sender', 'sender', ['--port', String(udp)]);
  // The UDP port does not matter to a receiver: somebody else's battery speaks to its own all the time, and is not heard.
  const otherPort = await freePort();
  const other = new FedBattery(otherPort);
  links.push({ stop: () => Promise.resolve(other.close()) });
  const receiver = display('receiver', 'receiver', ['--port', String(otherPort)]);
  await Promise.all([
    sender.says('MQTT: Connected to 127.0.0.1'),
    receiver.says('Hearing MorganOak from 127.0.0.1'),
  ]);
  await until(
    'the same picture',
    () => {
      const [one, other] = [picture('sender'), picture('receiver')];
      return one !== undefined && other !== undefined && one.equals(other) && !isBlank(one);
    },
    90,
  );

  // As the settings' screens of a receiver do it.
  const far = await farDisplay();
  await until('the controller is known', () => far.link.presence.state === 'heard');
  const before = far.values();
  expect(before).toMatchObject({ BMSID: 'MorganOak', HIVOLT: 4.2 });
  expect(before).not.toHaveProperty('WIFIPASS');

  // Nobody at the sender has said yet that this is their controller.
  const results = await far.link.save({ HIVOLT: 4.1 });
  expect(results.get('HIVOLT')).toMatchObject({ state: 'refused' });
  expect(far.values()).toEqual(before);

  // An owner has, at the sender's screen.
  sender.kill();
  await sender.end();
  writeFileSync(join(data('sender'), 'controller.json'), `{"confirmed":"127.0.0.1:${controllerPort}"}\n`);
  const again = display('sender', 'sender', ['--port', String(udp)]);
  await again.says('MQTT: Connected to 127.0.0.1');
  await until('the controller is heard again', () => /"config":/.test(far.seen.at(-1) ?? ''));
  const saved = await far.link.save({ HIVOLT: 4.1, WIFIPASS: 'a secret of mine' });
  expect(saved.get('HIVOLT')).toEqual({ state: 'acknowledged' });
  expect(saved.get('WIFIPASS')).toEqual({
    state: 'refused',
    reason: { code: 'secret-at-broker', values: {} },
  });
  await until('it has come back', () => far.values()['HIVOLT'] === 4.1);
  // But for the power log: the sender was started anew and has only its own bars.
  await until(
    'the same picture again, with the new limit',
    () => {
      const [one, other] = [picture('sender', false), picture('receiver', false)];
      return one !== undefined && other !== undefined && one.equals(other) && !isBlank(one);
    },
    90,
  );
  for (const program of programs) expect(program.stderr + program.stdout).not.toContain('a secret of mine');
  expect(far.seen.join('\n')).not.toContain('a secret of mine');
}, 400_000);

function isBlank(pixels: Buffer): boolean {
  // The middle of the state of charge is blue or black as it fills up; without a battery all of the left half is dark.
  let bright = 0;
  for (let i = 0; i < pixels.length; i += 4 * 97) if ((pixels[i + 2] ?? 0) > 200) bright++;
  return bright < 20;
}

/** The part of a receiver that configures, with everything that went over the broker. */
async function farDisplay() {
  const topics = batteryTopics('MorganOak');
  const [, ca, , cert, , key] = security.map((path) =>
    path.startsWith('/') ? readFileSync(path, 'utf8') : path,
  );
  const outbox = new Outbox(data('far'));
  const seen: string[] = [];
  const link = new MqttControllerLink({
    topics,
    clock: systemClock,
    outbox,
    connected: () => broker1.link.session !== undefined,
    drain: () => void drain.run(),
    changed: () => undefined,
  });
  const broker1 = bareLink(
    {
      url,
      ...(ca !== undefined && { ca }),
      ...(cert !== undefined && { cert }),
      ...(key !== undefined && { key }),
    },
    {
      up: (session) => void session.subscribe(['EVTV/#']),
      message: ({ topic, payload }) => {
        const text = Buffer.from(payload).toString();
        seen.push(`${topic} ${text}`);
        if (topic === topics.status) link.heard((JSON.parse(text) as { config?: unknown }).config);
        if (topic === topics.configReply) link.replied(payload);
      },
    },
  );
  links.push(broker1);
  const drain = new OutboxDrain(outbox, () => broker1.link.session);
  await until('the far display is connected', () => broker1.link.session !== undefined);
  return {
    link,
    seen,
    values: () =>
      (link.presence.state === 'never' ? {} : link.presence.announced.values) as Record<string, unknown>,
  };
}

test('a sender tells of alarms and announces the battery to Home Assistant, which others hear from the broker', async () => {
  const port = await freePort();
  const battery = new FedBattery(port);
  const heard: { readonly topic: string; readonly text: string; readonly retained: boolean }[] = [];
  const access = { url, ca: pemOf('--mqtt-ca'), cert: pemOf('--mqtt-cert'), key: pemOf('--mqtt-key') };
  const listener = (): ReturnType<typeof bareLink> => {
    const made = bareLink(access, {
      up: (session) => void session.subscribe(['EVTV/Ash/Alarm', 'EVTV/Ash/Energy', 'homeassistant/#']),
      message: ({ topic, payload, retained }) =>
        heard.push({ topic, text: Buffer.from(payload).toString(), retained }),
    });
    links.push(made);
    return made;
  };
  const alarms = () =>
    heard.flatMap(({ topic, text }) =>
      topic === 'EVTV/Ash/Alarm' ? [JSON.parse(text) as Record<string, unknown>] : [],
    );
  const energies = () =>
    heard.flatMap(({ topic, text }) =>
      topic === 'EVTV/Ash/Energy' ? [JSON.parse(text) as Record<string, unknown>] : [],
    );
  const announced = () => heard.filter(({ topic }) => topic.startsWith('homeassistant/'));
  try {
    const { link } = listener();
    await until('somebody listens', () => link.session !== undefined);
    // The last --bms-id counts.
    const sender = display('ash', 'sender', ['--bms-id', 'Ash', '--port', String(port), '--home-assistant']);
    await sender.says('MQTT: Connected to 127.0.0.1');
    const devices = [{ name: 'battery', kind: 'battery', type: 'evtv-udp' }] as const;
    const messages = [
      ...discoveryMessages('Ash', version),
      ...energyDiscovery('Ash', version, 'battery', devices),
      ...siteDiscovery('Ash', version, 'battery', devices, true),
    ];
    await until('it is announced', () => announced().length >= messages.length);
    expect(announced().map(({ topic, text }) => ({ topic, payload: text }))).toEqual(messages);
    await until('its energies are told', () => energies().length > 0);
    expect(energies()[0]).toMatchObject({ schema: 1, devices: { battery: expect.any(Object) as object } });
    battery.hottest = 70;
    await until('the alarm is raised', () => alarms().some(({ event }) => event === 'raised'));
    const raised = alarms().find(({ event }) => event === 'raised')!;
    expect(raised).toMatchObject({ schema: 1, bmsId: 'Ash', text: expect.stringContaining('70') as string });
    expect(Math.abs(Date.parse(String(raised['timestamp'])) - Date.now())).toBeLessThan(60_000);
    battery.hottest = 27;
    await until('it is over', () =>
      alarms().some(({ event, id }) => event === 'cleared' && id === raised['id']),
    );
    // Who comes later is told of the battery, and not of an alarm that is over.
    heard.length = 0;
    listener();
    await until('it was kept', () => announced().length >= messages.length);
    expect(announced().every(({ retained }) => retained)).toBe(true);
    expect(alarms()).toEqual([]);
    // Without the announcement the broker keeps none of it any more.
    sender.kill();
    await sender.end();
    heard.length = 0;
    const silent = display('ash', 'sender', ['--bms-id', 'Ash', '--port', String(port)]);
    // Several listen by now.
    const topics = () => new Set(announced().map(({ topic }) => topic));
    await until('all is taken away', () => topics().size === messages.length);
    expect(new Set(announced().map(({ text }) => text))).toEqual(new Set(['']));
    silent.kill();
    await silent.end();
    heard.length = 0;
    const { link: last } = listener();
    await until('somebody listens again', () => last.session !== undefined);
    await last.session?.publish('homeassistant/end', 'end');
    await until('all that was kept has come', () => announced().some(({ text }) => text === 'end'));
    expect(topics()).toEqual(new Set(['homeassistant/end']));
  } finally {
    battery.close();
  }
});

/** What is in the file that an option names. */
function pemOf(option: string): string {
  return readFileSync(security[security.indexOf(option) + 1] ?? '', 'utf8');
}

test('S0.106: MQTT off, a display has nothing to do with a broker', async () => {
  const off = start([
    'run',
    '--headless',
    '--data-dir',
    data('off'),
    '--port',
    String(udp),
    '--mqtt-url',
    url,
  ]);
  await off.says('Listening on UDP port');
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(off.stderr).not.toMatch(/MQTT|broker/);
});

test('S0.106, S0.107: a broker’s port is left alone with MQTT off, though a battery is heard; a sender knocks there', async () => {
  let knocks = 0;
  const door = createServer((socket) => {
    knocks++;
    socket.destroy();
  }).listen(0, '127.0.0.1');
  links.push({ stop: () => new Promise((closed) => door.close(() => closed())) });
  await once(door, 'listening');
  const address = `mqtt://127.0.0.1:${(door.address() as AddressInfo).port}`;
  const port = await freePort();
  const battery = new FedBattery(port);
  links.push({ stop: () => Promise.resolve(battery.close()) });
  const startAs = (role: string): Packdial => {
    const args = ['--mqtt', role, '--bms-id', 'MorganOak', '--mqtt-url', address, '--port', String(port)];
    return start(['run', '--headless', '--data-dir', data(`door-${role}`), ...args]);
  };
  const off = startAs('off');
  await off.says('Listening on UDP port');
  await new Promise((resolve) => setTimeout(resolve, 5000));
  off.kill();
  expect((await off.end()).stderr).toMatch(/Stopped: [1-9]\d* frames heard/);
  expect(knocks).toBe(0);
  const sender = startAs('sender');
  await until('a knock', () => knocks > 0);
  sender.kill();
  await sender.end();
});

test('S0.110, S0.111, S0.112: each message is sent once and without a receipt, carries everything and its time, and has at most 5 kB', async () => {
  const port = await freePort();
  const battery = new FedBattery(port);
  links.push({ stop: () => Promise.resolve(battery.close()) });
  const [ca = '', cert = '', key = ''] = ['--mqtt-ca', '--mqtt-cert', '--mqtt-key'].map(pemOf);
  const client = await connectAsync(url, { ca, cert, key, protocolVersion: 5 });
  links.push({ stop: () => client.endAsync() });
  const messages: { readonly qos: number; readonly text: string }[] = [];
  client.on('message', (_, payload, { qos }) => messages.push({ qos, text: payload.toString() }));
  // With the highest that there is: each comes with that which it was sent with.
  await client.subscribeAsync('EVTV/Everything/CompleteStatus', { qos: 2 });
  const args = ['--mqtt', 'sender', '--bms-id', 'Everything', '--mqtt-url', url, ...security];
  start(['run', '--headless', '--data-dir', data('everything'), '--port', String(port), ...args]);
  await until('ten messages', () => messages.length >= 10);
  expect(new Set(messages.map(({ qos }) => qos))).toEqual(new Set([0]));
  const last = JSON.parse(messages.at(-1)?.text ?? '') as Readonly<Record<string, unknown>>;
  expect(last).toMatchObject({
    bmsId: 'Everything',
    soc: 77.5,
    packVoltage: 49.4,
    highCutoff: 4.2,
    modules: 16,
  });
  expect((last['cells'] as unknown[]).length).toBe(16);
  const stamps = messages.map(({ text }) => (JSON.parse(text) as { timestamp: string }).timestamp);
  expect(new Set(stamps).size).toBe(stamps.length);
  expect(Math.max(...messages.map(({ text }) => Buffer.byteLength(text)))).toBeLessThanOrEqual(5000);
});

test('MQTT without a BMS ID, or with half of a certificate, is a mistake that is said in one sentence', async () => {
  const nameless = await start(['run', '--headless', '--mqtt', 'sender']).end();
  expect([nameless.code, nameless.stderr]).toEqual([
    2,
    expect.stringMatching(/BMS ID: set one \(--bms-id\)/),
  ]);
  const half = await start([
    'run',
    '--headless',
    '--mqtt',
    'sender',
    '--bms-id',
    'A',
    '--mqtt-cert',
    '/x',
  ]).end();
  expect([half.code, half.stderr]).toEqual([2, expect.stringMatching(/belong together/)]);
  const wild = await start(['run', '--headless', '--mqtt', 'sender', '--bms-id', 'A/#']).end();
  expect([wild.code, wild.stderr]).toEqual([2, expect.stringMatching(/without spaces, slashes, \+ and #/)]);
});

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { freeTcpPort } from '../commands/packdial';
import { temporaryFolder } from '../temporary-folder';
import { until } from '../until';
import { bareLink, testReceiver, testSender } from './broker-bench';
import { Authority, pem, type Issued } from './certificates';
import { Mosquitto } from './mosquitto';
import { StallingProxy } from './stalling-proxy';

const folder = temporaryFolder();
let authority: Authority;
let other: Authority;
let server: Issued;
let client: Issued;
const brokers: Mosquitto[] = [];
const running: { stop(): Promise<void> }[] = [];
let outboxes = 0;

beforeAll(() => {
  authority = new Authority(folder, 'authority');
  other = new Authority(folder, 'other');
  server = authority.issue('127.0.0.1');
  client = authority.issue('display');
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.stop()));
  await Promise.all(brokers.splice(0).map((each) => each.kill()));
});

async function broker(options: Partial<Parameters<typeof Mosquitto.start>[0]> = {}): Promise<Mosquitto> {
  const made = await Mosquitto.start({ folder, ...options });
  brokers.push(made);
  return made;
}

function keep<T extends { stop(): Promise<void> }>(part: T): T {
  running.push(part);
  return part;
}

const outbox = (): string => join(folder, `outbox-${++outboxes}`);
const withCertificate = () => ({ ca: pem(authority.cert), cert: pem(client.cert), key: pem(client.key) });

test('S0.107, S0.108, S0.110, S0.114: a sender and a receiver over TLS with client certificates', async () => {
  const { port } = await broker({ tls: server, clientCa: authority.cert });
  const access = { url: `mqtts://127.0.0.1:${port}`, ...withCertificate() };
  const sender = keep(testSender(access, 'MorganOak', { folder: outbox() }));
  const receiver = keep(testReceiver(access, 'MorganOak'));
  await until('the battery is heard', () => receiver.battery.age(performance.now()) < 2000);
  const now = performance.now();
  expect(receiver.battery.quantity('stateOfCharge', now).value).toBe(
    sender.battery.quantity('stateOfCharge', now).value,
  );
  expect(receiver.battery.cells.count).toBe(96);
  expect(receiver.statuses.at(-1)).toMatchObject({ state: 'up', label: 'MQTT MorganOak' });
  // Last will and farewell: who hears the battery knows whether there is a sender.
  await sender.stop();
  await until('the sender has said goodbye', () => receiver.statuses.at(-1)?.note === 'no sender');
});

// aws-iot-device-sdk-python-v2#113: a broker that refuses retained messages hangs up on a retained last will.
test('a broker that keeps no messages is used without, which is said once', async () => {
  const { port } = await broker({ lines: ['retain_available false'] });
  const url = `mqtt://127.0.0.1:${port}`;
  const sender = keep(testSender({ url }, 'MorganOak', { folder: outbox(), repeat: 300 }));
  const receiver = keep(testReceiver({ url }, 'MorganOak'));
  await until('the battery is heard', () => receiver.battery.age(performance.now()) < 2000);
  expect(sender.statuses.filter(({ up }) => up).map(({ text }) => text)).toEqual([
    'Connected to 127.0.0.1, which keeps no messages: whoever subscribes later waits up to a minute',
  ]);
  const heard: string[] = [];
  keep(
    bareLink(
      { url },
      {
        up: (session) => void session.subscribe(['EVTV/MorganOak/availability']),
        message: ({ payload }) => heard.push(Buffer.from(payload).toString()),
      },
    ),
  );
  await until('who comes later learns that there is a sender', () => heard.includes('online'));
  await sender.stop();
  await until('and that it has gone', () => heard.includes('offline'));
});

test('S0.112, S0.137: who subscribes to the topic sees its timestamp move, twice a second', async () => {
  const { port } = await broker();
  const url = `mqtt://127.0.0.1:${port}`;
  keep(testSender({ url }, 'MorganOak', { folder: outbox() }));
  const stamps: number[] = [];
  keep(
    bareLink(
      { url },
      {
        up: (session) => void session.subscribe(['EVTV/MorganOak/CompleteStatus']),
        message: ({ payload }) =>
          stamps.push(
            Date.parse((JSON.parse(Buffer.from(payload).toString()) as { timestamp: string }).timestamp),
          ),
      },
    ),
  );
  await until('ten messages', () => stamps.length >= 10);
  const steps = stamps.slice(1).map((stamp, i) => stamp - (stamps[i] ?? stamp));
  expect(Math.min(...steps)).toBeGreaterThan(0);
  const median = [...steps].sort((a, b) => a - b)[Math.floor(steps.length / 2)];
  expect(median).toBeGreaterThanOrEqual(450);
  // On a busy machine, some of them later.
  expect(median).toBeLessThanOrEqual(700);
});

test('S0.109, S0.121: two senders and three receivers at once, told apart by BMS ID', async () => {
  const { port } = await broker();
  const access = { url: `mqtt://127.0.0.1:${port}` };
  keep(testSender(access, 'North', { folder: outbox(), modules: 7 }));
  keep(testSender(access, 'South', { folder: outbox(), modules: 16, seed: 9 }));
  const receivers = ['North', 'South', 'North'].map((id) => keep(testReceiver(access, id)));
  await until('all are heard', () => receivers.every(({ intake }) => intake.counters.frames >= 3));
  expect(receivers.map(({ battery }) => battery.cells.count)).toEqual([42, 96, 42]);
  for (const { intake } of receivers) expect(intake.counters).toMatchObject({ ignored: 0, malformed: 0 });
});

test('a broker that is killed a hundred times is found again each time, and what must arrive does', async () => {
  const mosquitto = await broker();
  const access = { url: `mqtt://127.0.0.1:${mosquitto.port}` };
  // The broker forgets who listened when it is killed, so that the sender does not come back before the listener has.
  let kills = 0;
  let listens = -1;
  const heard = new Set<number>();
  const topic = 'EVTV/MorganOak/Alarm';
  keep(
    bareLink(access, {
      up: (session) => {
        const now = kills;
        void session.subscribe([topic]).then(() => (listens = now));
      },
      message: ({ payload }) =>
        heard.add((JSON.parse(Buffer.from(payload).toString()) as { number: number }).number),
    }),
  );
  const listened = (): Promise<void> => until('somebody listens to alarms', () => listens === kills);
  const sender = keep(testSender(access, 'MorganOak', { folder: outbox(), interval: 50, before: listened }));
  const receiver = keep(testReceiver(access, 'MorganOak'));
  for (let i = 0; i < 100; i++) {
    const before = receiver.intake.counters.frames;
    await until(`heard after ${i} kills`, () => receiver.intake.counters.frames > before);
    await listened();
    kills++;
    await mosquitto.kill();
    sender.sender.send('alarm', JSON.stringify({ number: i }));
    await mosquitto.run();
  }
  await until('all alarms have arrived', () => sender.outbox.length === 0);
  expect(sender.outbox.dropped).toBe(0);
  await until('each was heard', () => heard.size === 100);
  expect([...heard].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
});

test('a connection that is only half there is noticed within one and a half times the keepalive', async () => {
  const { port } = await broker();
  const proxy = await StallingProxy.to(port);
  running.push({ stop: () => proxy.close() });
  const keepalive = 2;
  const access = { url: `mqtt://127.0.0.1:${proxy.port}` };
  const sender = keep(testSender(access, 'MorganOak', { folder: outbox(), keepalive }));
  const receiver = keep(testReceiver(access, 'MorganOak', keepalive));
  await until('heard', () => receiver.intake.counters.frames > 0);
  proxy.stall();
  const since = performance.now();
  await until('both have noticed', () => {
    return sender.statuses.at(-1)?.up === false && receiver.statuses.at(-1)?.state === 'connecting';
  });
  // Half as much again for a busy machine, and the ping that was just answered.
  expect(performance.now() - since).toBeLessThan(1500 * keepalive + 1000 * keepalive + 5000);
  expect(receiver.statuses.at(-1)?.text).toMatch(/does not answer any more|next try/);
  const before = receiver.intake.counters.frames;
  proxy.mend();
  await until('heard again', () => receiver.intake.counters.frames > before);
}, 180_000);

describe('what is wrong with the broker or its certificate is said in words', () => {
  async function complaint(
    access: Parameters<typeof bareLink>[0],
    more: Parameters<typeof bareLink>[1] = {},
  ): Promise<string> {
    const { statuses } = keep(bareLink(access, more));
    await until('a complaint', () => statuses.some(({ note }) => note !== undefined));
    const { text, note = '' } = statuses.find((status) => status.note !== undefined)!;
    expect(note.length).toBeLessThanOrEqual(10);
    return `${note}: ${text.replace(/: next try in \d+ s$/, '')}`;
  }

  test('an authority that is not the one that is set, or none that is known', async () => {
    const { port } = await broker({ tls: server });
    const url = `mqtts://127.0.0.1:${port}`;
    expect(await complaint({ url, ca: pem(other.cert) })).toBe(
      'wrong CA: The certificate of 127.0.0.1 was not issued by the authority that is set (--mqtt-ca, or ca of the device)',
    );
    expect(await complaint({ url })).toMatch(
      /^wrong CA: .* not issued by a known authority: set the broker's own/,
    );
  });

  test('a certificate that has expired, and one that is not valid yet because the clock is wrong', async () => {
    const expired = await broker({ tls: authority.issue('127.0.0.1', { to: '20210101000000Z' }) });
    const ca = pem(authority.cert);
    expect(await complaint({ url: `mqtts://127.0.0.1:${expired.port}`, ca })).toMatch(
      /^expired: The certificate of 127\.0\.0\.1 has expired \(this machine's clock says 20\d\d-/,
    );
    const early = await broker({ tls: authority.issue('127.0.0.1', { from: '20900101000000Z' }) });
    const url = `mqtts://127.0.0.1:${early.port}`;
    expect(await complaint({ url, ca })).toMatch(
      /^clock\?: .* not valid yet, but .* clock says .*: is that right\?$/,
    );
    const clock = { monotonic: () => performance.now(), wall: () => new Date('1970-01-01T00:00:10Z') };
    expect(await complaint({ url, ca }, { clock })).toMatch(
      /clock says 1970-01-01, which is wrong: it waits for the time/,
    );
  });

  test('a certificate of another host', async () => {
    const { port } = await broker({ tls: authority.issue('broker.example') });
    expect(await complaint({ url: `mqtts://127.0.0.1:${port}`, ca: pem(authority.cert) })).toBe(
      "wrong host: The certificate that 127.0.0.1 shows belongs to another host name: check the broker's address",
    );
  });

  test("the display's own certificate: none, one of another authority, an expired one", async () => {
    const { port } = await broker({ tls: server, clientCa: authority.cert });
    const url = `mqtts://127.0.0.1:${port}`;
    const ca = pem(authority.cert);
    expect(await complaint({ url, ca })).toMatch(
      /^no cert: 127\.0\.0\.1 wants a certificate of this display: bring it on/,
    );
    const foreign = other.issue('display');
    expect(await complaint({ url, ca, cert: pem(foreign.cert), key: pem(foreign.key) })).toBe(
      "refused: 127.0.0.1 does not accept this display's certificate",
    );
    const old = authority.issue('display', { to: '20210101000000Z' });
    expect(await complaint({ url, ca, cert: pem(old.cert), key: pem(old.key) })).toMatch(
      /^refused: 127\.0\.0\.1 does not accept this display's certificate/,
    );
  });

  test('a user or password that is refused, and a broker that asks for one', async () => {
    const passwordFile = join(folder, 'passwords');
    execFileSync('mosquitto_passwd', ['-b', '-c', passwordFile, 'dial', 'right']);
    const { port } = await broker({ passwordFile });
    const url = `mqtt://127.0.0.1:${port}`;
    expect(await complaint({ url, user: 'dial', password: 'wrong' })).toMatch(
      /^refused: 127\.0\.0\.1 (does not let this user in, or the password is wrong|does not accept this user and password)$/,
    );
    expect(await complaint({ url })).toMatch(
      /^refused: 127\.0\.0\.1 lets nobody in without a user and password/,
    );
    const { statuses } = keep(bareLink({ url, user: 'dial', password: 'right' }));
    await until('it is let in', () => statuses.some(({ up }) => up));
  });

  test('nobody there, no such name, no TLS, no MQTT', async () => {
    const port = await freeTcpPort();
    expect(await complaint({ url: `mqtt://127.0.0.1:${port}` })).toBe(
      `no broker: 127.0.0.1 is there, but no broker listens on its port ${port}`,
    );
    expect(await complaint({ url: 'mqtt://broker.invalid' })).toMatch(
      /^no (broker|network): .*broker\.invalid/,
    );
    const plain = await broker();
    expect(await complaint({ url: `mqtts://127.0.0.1:${plain.port}` })).toMatch(
      /^(no TLS|closed): 127\.0\.0\.1/,
    );
  });

  test('another client with the same id, which is taken over again and again', async () => {
    const { port } = await broker();
    const same = { clientId: () => Promise.resolve('twin') };
    const url = `mqtt://127.0.0.1:${port}`;
    const [one, two] = [keep(bareLink({ url }, same)), keep(bareLink({ url }, same))];
    await until('it is said', () =>
      [...one.statuses, ...two.statuses].some(({ note }) => note === 'id in use'),
    );
    const said = [...one.statuses, ...two.statuses].find(({ note }) => note === 'id in use');
    expect(said?.text).toMatch(/^Another client uses this display's id at 127\.0\.0\.1/);
  });
});

test('what others put under the topic makes a receiver neither lie nor fall', async () => {
  const { port } = await broker();
  const url = `mqtt://127.0.0.1:${port}`;
  const receiver = keep(testReceiver({ url }, 'MorganOak'));
  const attacker = keep(bareLink({ url }));
  await until(
    'both are there',
    () => receiver.statuses.at(-1)?.state === 'up' && attacker.link.session !== undefined,
  );
  const say = (payload: string, retain = false): Promise<boolean> =>
    attacker.link.session!.publish('EVTV/MorganOak/CompleteStatus', payload, { qos: 1, retain });
  await say('{');
  await say('{"schema":1,"__proto__":{"soc":1},"constructor":1}');
  await say(
    JSON.stringify({ schema: 1, timestamp: new Date().toISOString(), cells: Array(100_000).fill([3]) }),
  );
  await say(
    JSON.stringify({
      schema: 1,
      timestamp: new Date().toISOString(),
      bmsId: 'Other',
      soc: 1,
      age: { '0x650': 0 },
    }),
  );
  await say('{"schema":1,"timestamp":"2026-01-01T00:00:00.000Z","soc":1e999,"age":{"0x650":0}}');
  await say(
    JSON.stringify({ schema: 1, timestamp: '2026-01-01T00:00:00.000Z', soc: 5, age: { '0x650': 0 } }),
    true,
  );
  await until(
    'they were counted',
    () => receiver.intake.counters.malformed + receiver.intake.counters.ignored >= 4,
  );
  // A broker of MQTT 5 keeps this one to itself, for the receiver has said what it can take.
  await say('x'.repeat(10_000_000)).catch(() => undefined);
  const sender = keep(testSender({ url }, 'MorganOak', { folder: outbox() }));
  await until('the battery is heard', () => receiver.battery.cells.count === 96);
  const now = performance.now();
  await until('the true value', () =>
    receiver.battery.quantity('stateOfCharge', performance.now()).value === sender.battery.quantity('stateOfCharge', now).value,
  ); // prettier-ignore
});

import { BrokerLink, type LinkStatus } from '../../../src/io/mqtt/broker-link';
import type { BrokerSession } from '../../../src/io/mqtt/broker-session';
import { systemClock } from '../../../src/base/clock';
import { MqttSource } from '../../../src/io/sources/mqtt-source';
import { until } from '../../until';
import { worded, type Worded } from '../../worded';
import { grant, hasWill, kinds, letIn, OddBroker, versionOf, type HeardPacket } from './odd-broker';

const running: { stop(): Promise<unknown> }[] = [];

afterEach(async () => {
  for (const each of running.splice(0)) await each.stop();
});

async function odd(answer: Parameters<typeof OddBroker.start>[0]): Promise<OddBroker> {
  const broker = await OddBroker.start(answer);
  running.unshift(broker);
  return broker;
}

const parts = (url: string) => ({
  clock: systemClock,
  keepalive: 30,
  delays: { least: 5, most: 10 },
  longestAnswer: 100,
  clientId: () => Promise.resolve('dial'),
  access: () => Promise.resolve({ url, user: '', password: '' }),
});

/** A display with a last will, and what it says. */
function display(url: string, up: (session: BrokerSession) => void = () => undefined): Worded<LinkStatus>[] {
  const statuses: Worded<LinkStatus>[] = [];
  const stop = new AbortController();
  const link = new BrokerLink({
    ...parts(url),
    will: { topic: 'EVTV/Oak/availability', payload: 'offline' },
    up,
    status: (status) => statuses.push(worded(status)),
  });
  const done = link.run(stop.signal);
  running.unshift({ stop: () => (stop.abort(), done) });
  return statuses;
}

const refuse = (code: number, reference = ''): Uint8Array => {
  const text = Buffer.from(reference);
  const properties = reference === '' ? [] : [28, 0, text.length, ...text];
  return Uint8Array.of(0x20, 3 + properties.length, 0, code, properties.length, ...properties);
};

test.each([
  [
    refuse(157, 'other.example:8883'),
    "127.0.0.1 has moved, to other.example:8883: set that as the broker's address",
  ],
  [refuse(156), '127.0.0.1 sends this display elsewhere for now: ask its operator for the new address'],
  [
    refuse(151),
    '127.0.0.1 takes no more of this display, its quota is used up: look at its limits, or at the plan there',
  ],
  [refuse(159), '127.0.0.1 finds that this display connects or publishes too often'],
  [refuse(140), '127.0.0.1 has ended the connection (MQTT reason 140: bad authentication method)'],
])('what a broker refuses with is told in words: %#', async (answer, sentence) => {
  const broker = await odd(({ kind }) => (kind === kinds.connect ? answer : undefined));
  const statuses = display(broker.url);
  await until('it is told', () => statuses.some(({ nextTry }) => nextTry !== undefined));
  expect(statuses.find(({ nextTry }) => nextTry !== undefined)?.text).toContain(sentence);
});

test.each([4, 5])(
  'a broker of MQTT version %i that hangs up on any last will is used without',
  async (version) => {
    const broker = await odd((packet) => {
      if (packet.kind !== kinds.connect) return undefined;
      return versionOf(packet) !== version || hasWill(packet) ? 'end' : letIn(packet);
    });
    const statuses = display(broker.url);
    await until('it is connected', () => statuses.some(({ up }) => up));
    expect(statuses.at(-1)?.text).toBe(
      'Connected to 127.0.0.1, which keeps no messages: whoever subscribes later waits up to a minute; ' +
        'it takes no last will: nobody is told where this display is cut off',
    );
  },
);

test.each(['hangs up', 'says nothing'])(
  'a broker that %s when it is to acknowledge is used with QoS 0, and never said to have a client of the same id',
  async (what) => {
    const taken: HeardPacket[] = [];
    const broker = await odd((packet) => {
      if (packet.kind === kinds.connect) return versionOf(packet) === 4 ? letIn(packet) : 'end';
      if (packet.kind !== kinds.publish) return undefined;
      taken.push(packet);
      return packet.qos > 0 && what === 'hangs up' ? 'end' : undefined;
    });
    const sent: boolean[] = [];
    const statuses = display(broker.url, (session) => {
      void session.publish('EVTV/Oak/availability', 'online', { qos: 1 }).then((done) => sent.push(done));
    });
    await until('a message has arrived', () => sent.includes(true) && taken.length > 3);
    expect(sent).toEqual([false, false, false, true]);
    expect(taken.map(({ qos }) => qos)).toEqual([1, 1, 1, 0]);
    const troubles = statuses.filter(({ nextTry }) => nextTry !== undefined).map(({ text }) => text);
    for (const text of troubles)
      expect(text).toContain(
        '127.0.0.1 has closed the connection when this display published EVTV/Oak/availability: is it allowed to, there?',
      );
    expect(troubles).not.toHaveLength(0);
  },
);

test('what hangs up on a topic that was asked for is named', async () => {
  const broker = await odd((packet) => (packet.kind === kinds.connect ? letIn(packet) : 'end'));
  const statuses = display(broker.url, (session) => void session.subscribe(['EVTV/Oak/Config']));
  await until('many times', () => statuses.filter(({ nextTry }) => nextTry !== undefined).length > 8);
  expect(statuses.at(-1)?.text).toContain(
    '127.0.0.1 has closed the connection when this display asked for EVTV/Oak/Config: is it allowed to, there?',
  );
});

test('where no patterns can be asked for, a receiver asks for each device by its name', async () => {
  const site = Buffer.from(
    JSON.stringify({
      schema: 1,
      bmsId: 'Oak',
      devices: [
        { name: 'house', kind: 'battery', type: 'jbd-serial' },
        { name: 'roof', kind: 'solar-charger', type: 'litime-mppt' },
      ],
      bank: null,
    }),
  );
  const topic = Buffer.from('EVTV/Oak/Site');
  const message = Buffer.concat([
    Buffer.of(0x30, ...length(2 + topic.length + 1 + site.length), 0, topic.length),
    topic,
    Buffer.of(0),
    site,
  ]);
  let asked = '';
  const broker = await odd((packet) => {
    // 40: wildcard subscriptions are not available.
    if (packet.kind === kinds.connect) return letIn(packet, 40, 0);
    if (packet.kind !== kinds.subscribe) return undefined;
    asked += packet.body.toString('latin1');
    const first = !asked.includes('Devices/');
    const count = first ? 4 : 2;
    return Buffer.concat([
      grant(packet, ...Array.from({ length: count }, () => 0)),
      ...(first ? [message] : []),
    ]);
  });
  const stop = new AbortController();
  const source = new MqttSource({
    ...parts(broker.url),
    bmsId: 'Oak',
    read: () => [],
    configReply: () => undefined,
    site: () => undefined,
  });
  const done = source.run(stop.signal, {
    frame: () => undefined,
    rejected: () => undefined,
    status: () => undefined,
  });
  running.unshift({ stop: () => (stop.abort(), done) });
  await until(
    'both are asked for',
    () => asked.includes('Oak/Devices/house') && asked.includes('Oak/Devices/roof'),
  );
  expect(asked).not.toContain('+');
});

function length(bytes: number): number[] {
  return bytes < 128 ? [bytes] : [(bytes & 127) | 128, bytes >> 7];
}

import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { mqttJson } from '../../../src/devices/mqtt-json/mqtt-json';
import { parseDevice } from '../../../src/devices/parse-device';
import { LinkError } from '../../../src/io/links/link-opener';
import { MqttLinkOpener, type MqttLinkOptions } from '../../../src/io/links/mqtt-link';
import { recordLink, Tape } from '../../../src/io/links/record-link';
import type { TopicMessage } from '../../../src/devices/device-type';
import { parseCaptureRecord } from '../../../src/protocol/capture';
import { linkText } from '../../../src/words/en';
import { CollectingSink } from '../../devices/collecting-sink';
import { until } from '../../until';

/** Packets of MQTT 5 by their first byte; as much of the broker's side as the tests need. */
class BareBroker {
  readonly received: Buffer[] = [];
  readonly sockets: Socket[] = [];
  private readonly server: Server;

  /** @param granted 0 or 1 for what is heard, 135 for what is not @param kept sent in one piece with the answer */
  constructor(granted = 1, kept: readonly Buffer[] = []) {
    this.server = createServer((socket) => {
      this.sockets.push(socket);
      socket.on('error', () => undefined);
      socket.on('data', (packet: Buffer) => {
        this.received.push(packet);
        if (packet[0] === 0x10) socket.write(Buffer.from([0x20, 3, 0, 0, 0]));
        if (packet[0] !== 0x82) return;
        // Topics of one packet: each ends with a byte of options.
        const answer = Buffer.from([0x90, 4, packet[2]!, packet[3]!, 0, granted]);
        socket.write(Buffer.concat([answer, ...kept]));
      });
    });
  }

  async start(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `mqtt://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  send(message: Buffer): void {
    for (const socket of this.sockets) socket.write(message);
  }

  stop(): void {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }
}

function publication(topic: string, payload: string | Buffer, retained = false): Buffer {
  const name = Buffer.from(topic);
  const body = Buffer.concat([Buffer.from([0, name.length]), name, Buffer.from([0]), Buffer.from(payload)]);
  return Buffer.concat([Buffer.from([retained ? 0x31 : 0x30, body.length]), body]);
}

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function opener(broker: BareBroker, options: Partial<MqttLinkOptions> = {}): Promise<MqttLinkOpener> {
  const url = await broker.start();
  closers.push(() => broker.stop());
  const access = () => Promise.resolve({ url, user: '', password: '' });
  return new MqttLinkOpener({ host: '127.0.0.1', access, topics: ['x'], ...options });
}

async function opened(broker: BareBroker, options: Partial<MqttLinkOptions> = {}) {
  const way = await (await opener(broker, options)).open();
  const close = (): Promise<void> => way.close();
  const { link } = way;
  closers.push(close);
  if (link.kind !== 'messages') throw new Error(link.kind);
  return { link, close };
}

it('hears what the broker had kept, which comes with its answer, and what comes later', async () => {
  const broker = new BareBroker(1, [publication('x', '12.5', true)]);
  const { link } = await opened(broker);
  const heard: TopicMessage[] = [];
  link.receive((message) => heard.push(message));
  broker.send(publication('x', '12.6'));
  await until('both are heard', () => heard.length === 2);
  expect(
    heard.map(({ topic, payload, retained }) => [topic, Buffer.from(payload).toString(), retained]),
  ).toEqual([
    ['x', '12.5', true],
    ['x', '12.6', false],
  ]);
});

it('says which topic it may not hear', async () => {
  const failure = (await opener(new BareBroker(135))).open();
  await expect(failure).rejects.toBeInstanceOf(LinkError);
  const { report } = (await failure.catch((error: unknown) => error)) as LinkError;
  expect(report).toEqual({ code: 'broker-topic-refused', values: { host: '127.0.0.1', topic: 'x' } });
});

it('says why there is no broker, and can be given up', async () => {
  const broker = new BareBroker();
  const way = await opener(broker);
  broker.stop();
  const { report } = (await way.open().catch((error: unknown) => error)) as LinkError;
  expect(report.code).toBe('broker-not-listening');
  const stop = new AbortController();
  const given = way.open(stop.signal);
  stop.abort();
  await expect(given).rejects.toBeInstanceOf(LinkError);
});

it('is lost with the reason when the broker goes, and another one can be opened', async () => {
  const broker = new BareBroker();
  const way = await opener(broker);
  const first = await way.open();
  broker.sockets[0]!.destroy();
  expect(linkText(await first.link.closed)).toBe('127.0.0.1 has closed the connection');
  await first.close();
  const again = await way.open();
  await again.close();
});

it('publishes the keep-alive of the device, an empty message, and nothing else', async () => {
  const broker = new BareBroker();
  const { close } = await opened(broker, { keepAlive: { topic: 'R/1/keepalive', every: 0.05 } });
  const sent = (): Buffer[] => broker.received.filter((packet) => packet[0]! >> 4 === 3);
  await until('it is repeated', () => sent().length >= 2);
  expect(sent()[0]).toEqual(publication('R/1/keepalive', ''));
  await close();
  const { length } = sent();
  await new Promise((resolve) => setTimeout(resolve, 120));
  expect(sent()).toHaveLength(length);
});

it('is read and recorded as any link', async () => {
  const broker = new BareBroker();
  const { link } = await opened(broker);
  const { values } = await parseDevice('mqtt-json,name=it,broker=mqtt://host,voltage=x:,every=1');
  const lines: string[] = [];
  const sink = new CollectingSink();
  const clock = { monotonic: () => performance.now(), sleep: () => Promise.resolve() };
  const stop = new AbortController();
  const tape = new Tape((line) => lines.push(line), clock);
  const recorded = recordLink(link, tape, linkText);
  if (recorded.kind !== 'messages') throw new Error(recorded.kind);
  const done = mqttJson.converse(recorded, { name: 'it', values, clock }, stop.signal, sink);
  broker.send(publication('x', '13.2', true));
  broker.send(publication('x', Buffer.from([0xff, 0xfe])));
  await until('both are heard', () => lines.length === 3);
  expect(sink.readings.map((reading) => reading.values)).toEqual([{ voltage: 13.2 }, {}]);
  expect(sink.rejects).toEqual({ 'unusable value': 1 });
  expect(lines.map(parseCaptureRecord)).toMatchObject([
    { event: 'connected' },
    { dir: 'rx', at: 'x', text: '13.2', retained: true },
    { dir: 'rx', at: 'x', bytes: Buffer.from([0xff, 0xfe]) },
  ]);
  stop.abort();
  await done;
});

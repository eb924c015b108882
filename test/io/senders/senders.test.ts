import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { CanChannelOptions, CanMessage, OpenCanChannel } from '../../../src/io/can-channel';
import { CanPackageError } from '../../../src/io/can-channel';
import { CanSender } from '../../../src/io/senders/can-sender';
import { ImpairedSender } from '../../../src/io/senders/impaired-sender';
import { UdpSender } from '../../../src/io/senders/udp-sender';
import { UdpSource } from '../../../src/io/sources/udp-source';
import { dataFrame } from '../../../src/protocol/can-frame';
import { Impairment } from '../../../src/simulation/impairment';
import { UserError } from '../../../src/base/user-error';
import { RecordingSink } from '../sources/recording-sink';

const frame = dataFrame(0x650, Uint8Array.of(155));

describe('sending over UDP', () => {
  let receiver: Socket;
  let received: Buffer[];
  let port: number;

  beforeEach(async () => {
    received = [];
    receiver = createSocket('udp4');
    receiver.on('message', (bytes) => received.push(bytes));
    receiver.bind(0);
    await once(receiver, 'listening');
    ({ port } = receiver.address());
  });

  afterEach(async () => {
    const closed = once(receiver, 'close');
    receiver.close();
    await closed;
  });

  async function heard(count: number): Promise<string[]> {
    while (received.length < count) await once(receiver, 'message');
    return received.map((bytes) => bytes.toString('hex'));
  }

  it.each(['localhost', '127.0.0.1', '127.255.255.255'])(
    'puts datagrams of 24 bytes on the way to %s',
    async (host) => {
      const sender = await UdpSender.open({ host, port, clock: { monotonic: () => 0x01020304 } });
      sender.send(frame);
      expect(await heard(1)).toEqual(['9b0000000000000050060000000000000403020100000001']);
      await sender.close();
      expect(sender.counts).toEqual({ sent: 1, dropped: 0 });
    },
  );

  it('has everything out before it is closed, and drops what comes later', async () => {
    const sender = await UdpSender.open({ host: '127.0.0.1', port });
    for (let i = 0; i < 100; i++) sender.send(frame);
    await sender.close();
    await sender.close();
    sender.send(frame);
    expect(sender.counts).toEqual({ sent: 100, dropped: 1 });
    expect(await heard(100)).toHaveLength(100);
  });

  it('drops what the network does not take, and goes on', async () => {
    const sender = await UdpSender.open({ host: '127.0.0.1', port });
    sender.sendBytes(new Uint8Array(70_000));
    sender.send(frame);
    await heard(1);
    await sender.close();
    expect(sender.counts).toEqual({ sent: 1, dropped: 1 });
  });

  it('does not pile up more than a thousand', async () => {
    const sender = await UdpSender.open({ host: '127.0.0.1', port });
    for (let i = 0; i < 1500; i++) sender.send(frame);
    expect(sender.counts.dropped).toBe(500);
    await sender.close();
  });

  it('refuses a host that is none, and a port that is none', async () => {
    await expect(UdpSender.open({ host: 'no such host', port })).rejects.toThrow(UserError);
    await expect(UdpSender.open({ host: 'no such host', port })).rejects.toThrow(/no machine no such host/);
    for (const bad of [0, 65536, 1.5])
      await expect(UdpSender.open({ host: 'localhost', port: bad })).rejects.toThrow(UserError);
  });

  it('sends what a source hears, garbage and all', async () => {
    const sink = new RecordingSink();
    const controller = new AbortController();
    const source = new UdpSource({ port: 0 });
    const run = source.run(controller.signal, sink);
    await sink.until((s) => s.statuses.length > 0);
    const wire = await UdpSender.open({ host: '127.0.0.1', port: source.boundPort! });
    const sender = new ImpairedSender(wire, new Impairment({ garbage: 0.5 }));
    for (let i = 0; i < 200; i++) sender.send(frame);
    await sender.close();
    await sink.until((s) => s.frames.length + s.rejections.length === sender.counts.sent);
    expect(
      sink.frames.filter(({ id, extended, remote }) => id === 0x650 && !extended && !remote).length,
    ).toBeGreaterThan(199);
    expect(sink.rejections.length).toBeGreaterThan(5);
    controller.abort();
    await run;
  });
});

describe('sending on a CAN interface', () => {
  const sent: CanMessage[] = [];
  let takes = true;
  let closes = 0;
  let asked: CanChannelOptions | undefined;
  const openChannel: OpenCanChannel = (options) => {
    asked = options;
    return Promise.resolve({
      send: (message) => {
        if (takes) sent.push(message);
        return takes;
      },
      close: () => {
        closes++;
      },
    });
  };

  it('counts what the bus does not take, and never waits for it', async () => {
    const sender = await CanSender.open({ interfaceName: 'can0', openChannel });
    expect(asked).toEqual({ interfaceName: 'can0' });
    sender.send({
      id: 0x18ff0150,
      data: new Uint8Array([9, 8, 7]).subarray(1),
      extended: true,
      remote: false,
    });
    expect(sent).toEqual([{ id: 0x18ff0150, data: Buffer.of(8, 7), ext: true, rtr: false }]);
    takes = false;
    sender.send(frame);
    takes = true;
    sender.send(dataFrame(0x150, new Uint8Array(9)));
    await sender.close();
    await sender.close();
    sender.send(frame);
    expect(sender.counts).toEqual({ sent: 1, dropped: 3 });
    expect(closes).toBe(1);
  });

  it('sends no garbage that no bus could carry', async () => {
    const wire = await CanSender.open({ interfaceName: 'can0', openChannel });
    const sender = new ImpairedSender(wire, new Impairment({ garbage: 1 }));
    for (let i = 0; i < 100; i++) sender.send(frame);
    expect(sender.counts.dropped).toBe(0);
    expect(sender.counts.sent).toBeLessThan(200);
  });

  it('says what to do when the interface can not be opened', async () => {
    const failing =
      (error: Error): OpenCanChannel =>
      () =>
        Promise.reject(error);
    const open = (error: Error): Promise<CanSender> =>
      CanSender.open({ interfaceName: 'can7', openChannel: failing(error) });
    await expect(open(new Error('x'))).rejects.toMatchObject({
      name: 'UserError',
      message: "The CAN interface can7 can't be opened: see if `ip link show can7` knows it",
    });
    await expect(open(new CanPackageError('none'))).rejects.toMatchObject({
      name: 'UserError',
      message: 'none',
    });
    await expect(CanSender.open({ interfaceName: 'nocan9' })).rejects.toThrow(UserError);
  });
});

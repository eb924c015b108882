import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { UdpSource } from '../../../src/io/sources/udp-source';
import { dataFrame } from '../../../src/protocol/can-frame';
import { encodeDatagram } from '../../../src/protocol/udp-frame';
import { frameSourceContract, type SourceBench } from '../../contracts/frame-source-contract';
import { FakeTimers } from '../fake-timers';
import { RecordingSink } from './recording-sink';

/** Bytes that the kernel lets a socket's buffer have at most. */
const largestBuffer = Number(readFileSync('/proc/sys/net/core/rmem_max', 'utf8'));

async function bound(port: number, shared = false): Promise<Socket> {
  const socket = createSocket({ type: 'udp4', reuseAddr: shared });
  socket.bind(port, '0.0.0.0');
  await once(socket, 'listening');
  return socket;
}

async function boundTo(address: string): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.bind(0, address);
  await once(socket, 'listening');
  return socket;
}

async function closed(socket: Socket): Promise<void> {
  const end = once(socket, 'close');
  socket.close();
  await end;
}

function sendTo(socket: Socket, bytes: Uint8Array, port: number): Promise<void> {
  return new Promise((resolve, reject) =>
    socket.send(bytes, port, '127.0.0.1', (error) => (error === null ? resolve() : reject(error))),
  );
}

const frames = Array.from({ length: 50 }, (_, i) => dataFrame(0x150, Uint8Array.of(i, 1, 2, 3, 4, 5, 6, 7)));

frameSourceContract(
  'UDP',
  async ({ broken = false } = {}): Promise<SourceBench> => {
    const timers = new FakeTimers();
    // A port that is surely free a moment later: the machine has just given it out.
    let blocker: Socket | undefined = await bound(0);
    const port = blocker.address().port;
    if (!broken) {
      await closed(blocker);
      blocker = undefined;
    }
    const source = new UdpSource({ port, timers });
    const sender = createSocket('udp4');
    return {
      source,
      frames,
      play: async () => {
        for (const frame of frames) await sendTo(sender, encodeDatagram(frame, 0), port);
      },
      spoil: async () => {
        for (const length of [0, 1, 11, 12, 23, 25, 1400]) await sendTo(sender, new Uint8Array(length), port);
        return 7;
      },
      tick: () => timers.advance(100),
      mend: async () => {
        if (blocker !== undefined) await closed(blocker);
        blocker = undefined;
      },
      held: () => timers.pending + (source.boundPort === undefined ? 0 : 1),
      close: async () => {
        await closed(sender);
        if (blocker !== undefined) await closed(blocker);
      },
    };
  },
  ['fail'],
);

describe('listening for datagrams', () => {
  let controller: AbortController;
  let sink: RecordingSink;
  let run: Promise<void> = Promise.resolve();
  let sender: Socket;

  beforeEach(() => {
    controller = new AbortController();
    sink = new RecordingSink();
    sender = createSocket('udp4');
  });

  afterEach(async () => {
    controller.abort();
    await run;
    await closed(sender);
  });

  async function listen(source: UdpSource): Promise<number> {
    run = source.run(controller.signal, sink);
    await sink.until((heard) => heard.statuses.at(-1)?.state === 'up');
    return source.boundPort!;
  }

  it('tells its port, and who sent what', async () => {
    const port = await listen(new UdpSource({ port: 0 }));
    expect(sink.text).toBe(`Listening on UDP port ${port}`);
    await sendTo(sender, encodeDatagram(frames[0]!, 0), port);
    await sendTo(sender, new Uint8Array(23), port);
    await sink.until((heard) => heard.rejections.length === 1);
    expect(sink.senders).toEqual(['127.0.0.1']);
    expect(sink.rejections).toEqual([{ cause: 'wrong length', detail: '23 bytes from 127.0.0.1' }]);
  });

  it('S0.133: takes what comes in from anybody, without pairing', async () => {
    const port = await listen(new UdpSource({ port: 0 }));
    const others = await Promise.all(['127.0.0.2', '127.0.0.3'].map((address) => boundTo(address)));
    for (const socket of [sender, ...others]) await sendTo(socket, encodeDatagram(frames[0]!, 0), port);
    await sink.until((heard) => heard.frames.length === 3);
    expect([...new Set(sink.senders)].sort()).toEqual(['127.0.0.1', '127.0.0.2', '127.0.0.3']);
    for (const socket of others) await closed(socket);
  });

  it('keeps to one of two that send the same messages by turns, and names both', async () => {
    const port = await listen(new UdpSource({ port: 0, partOf: ({ id }) => id }));
    const other = await boundTo('127.0.0.2');
    for (let turn = 0; turn < 5; turn++) {
      for (const socket of [sender, other]) await sendTo(socket, encodeDatagram(frames[0]!, 0), port);
    }
    await sink.until((heard) => heard.rejections.length >= 2);
    expect(sink.rejections[0]).toEqual({
      cause: 'other battery',
      detail: 'a datagram from 127.0.0.2, beside 127.0.0.1',
    });
    expect(sink.text).toBe(
      `Listening on UDP port ${port}, to 127.0.0.1 only: 127.0.0.2 sends the same messages, give it a port of its own`,
    );
    await closed(other);
  });

  it('takes short datagrams when it is lenient', async () => {
    const port = await listen(new UdpSource({ port: 0, lenient: true }));
    for (const length of [11, 12, 23]) {
      await sendTo(sender, encodeDatagram(frames[0]!, 0).subarray(0, length), port);
    }
    await sink.until((heard) => heard.frames.length === 2);
    expect(sink.rejections).toHaveLength(1);
  });

  it('hears broadcasts', async () => {
    const port = await listen(new UdpSource({ port: 0 }));
    sender.bind(0);
    await once(sender, 'listening');
    sender.setBroadcast(true);
    sender.send(encodeDatagram(frames[0]!, 0), port, '127.255.255.255');
    await sink.until((heard) => heard.frames.length === 1);
  });

  it('shares its port with a program that shares it too', async () => {
    const other = await bound(0, true);
    expect(await listen(new UdpSource({ port: other.address().port }))).toBe(other.address().port);
    await closed(other);
  });

  it('says in words why it can not listen, and how long it waits', async () => {
    const timers = new FakeTimers();
    const other = await bound(0);
    const { port } = other.address();
    run = new UdpSource({ port, timers }).run(controller.signal, sink);
    const words = `UDP port ${port} is taken by another program: next try in`;
    await sink.until((heard) => heard.text === `${words} 1 s`);
    // The second wait of a second has the same text: it is not said again.
    while (sink.text !== `${words} 60 s`) await timers.advance(1000);
    expect(sink.statuses.map(({ text }) => text)).toEqual(
      [1, 2, 3, 5, 10, 30, 60].map((s) => `${words} ${s} s`),
    );
    await closed(other);
    while (sink.statuses.at(-1)?.state !== 'up') await timers.advance(1000);
  });

  it('waits for an address that the machine does not have', async () => {
    const timers = new FakeTimers();
    run = new UdpSource({ port: 0, bindAddress: '192.0.2.77', timers }).run(controller.signal, sink);
    await sink.until((heard) => heard.statuses.length > 0);
    expect(sink.text).toBe('This machine has no address 192.0.2.77 now: next try in 1 s');
  });

  it('leaves no listeners behind, however often it fails', async () => {
    const timers = new FakeTimers();
    const add = jest.spyOn(controller.signal, 'addEventListener');
    const remove = jest.spyOn(controller.signal, 'removeEventListener');
    run = new UdpSource({ port: 0, bindAddress: '192.0.2.77', timers }).run(controller.signal, sink);
    while (add.mock.calls.length < 2000) await timers.advance(60_000);
    expect(add.mock.calls.length - remove.mock.calls.length).toBeLessThanOrEqual(1);
    add.mockRestore();
    remove.mockRestore();
  });

  /** All are with the kernel before the event loop turns: they wait in the socket's buffer. */
  async function burst(count: number): Promise<void> {
    const port = await listen(new UdpSource({ port: 0 }));
    const bytes = encodeDatagram(frames[0]!, 0);
    await Promise.all(Array.from({ length: count }, () => sendTo(sender, bytes, port)));
    await sink.until((heard) => heard.frames.length === count);
  }

  it('has nothing lost in a burst of two hundred', () => burst(200));

  const where = largestBuffer >= 1 << 20 ? it : it.skip;
  where('has nothing lost in a burst of two thousand, where the kernel gives a buffer of a megabyte', () =>
    burst(2000),
  );

  it.each([-1, 65536, 6500.5, Number.NaN])('has no port %d', (port) => {
    expect(() => new UdpSource({ port })).toThrow(RangeError);
  });
});

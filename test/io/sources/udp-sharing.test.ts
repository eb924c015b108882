import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { broadcastAddresses, udpPortTaken } from '../../../src/io/sources/udp-sharing';
import { UdpSource } from '../../../src/io/sources/udp-source';
import { dataFrame } from '../../../src/protocol/can-frame';
import { encodeDatagram } from '../../../src/protocol/udp-frame';
import { until } from '../../until';
import { RecordingSink } from './recording-sink';

const bytes = encodeDatagram(dataFrame(0x150, Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)), 0);

async function freeUdpPort(): Promise<number> {
  const socket = createSocket('udp4').bind(0);
  await once(socket, 'listening');
  const { port } = socket.address();
  const closed = once(socket, 'close');
  socket.close();
  await closed;
  return port;
}

/** A display and a look at its port, in the order in which they start. */
async function both(
  order: readonly boolean[],
  try_: (display: RecordingSink, look: RecordingSink, port: number) => Promise<void>,
): Promise<void> {
  const port = await freeUdpPort();
  const stop = new AbortController();
  const sinks = new Map([
    [false, new RecordingSink()],
    [true, new RecordingSink()],
  ]);
  const running: Promise<void>[] = [];
  for (const yields of order) {
    const sink = sinks.get(yields)!;
    running.push(new UdpSource({ port, yields }).run(stop.signal, sink));
    await until('it listens', () => sink.statuses.some(({ state }) => state === 'up'));
  }
  try {
    await try_(sinks.get(false)!, sinks.get(true)!, port);
  } finally {
    stop.abort();
    await Promise.all(running);
  }
}

async function send(port: number, address: string): Promise<void> {
  const socket = createSocket('udp4').bind(0);
  await once(socket, 'listening');
  socket.setBroadcast(true);
  await new Promise((resolve) => socket.send(bytes, port, address, resolve));
  socket.close();
}

test.each([
  ['after the display', [false, true]],
  ['before the display', [true, false]],
] as const)('a look that starts %s takes no datagram away from it', async (_, order) => {
  await both(order, async (display, look, port) => {
    for (let i = 0; i < 20; i++) await send(port, '127.0.0.1');
    await until('all of them at the display', () => display.frames.length === 20);
    // Broadcasts reach both.
    await send(port, '127.255.255.255');
    await until('a broadcast at both', () => display.frames.length === 21 && look.frames.length === 1);
  });
});

test('a look beside a display says what it does not get', async () => {
  await both([false, true], (display, look, port) => {
    expect(display.statuses.at(-1)?.text).toBe(`Listening on UDP port ${port}`);
    expect(look.statuses.at(-1)?.text).toBe(
      `Listening on UDP port ${port}, to broadcasts only: another program, such as the display, uses it and keeps what is sent to this machine alone`,
    );
    return Promise.resolve();
  });
});

test('who listens is read from the kernel’s tables, of both kinds', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'packdial-test-'));
  const head = '   sl  local_address rem_address   st tx_queue rx_queue\n';
  writeFileSync(join(folder, 'udp'), `${head}  123: 00000000:1964 00000000:0000 07 00000000:00000000\n`);
  writeFileSync(
    join(folder, 'udp6'),
    `${head}   7: 00000000000000000000000000000000:0035 00000000000000000000000000000000:1965 07\n`,
  );
  expect(await Promise.all([6500, 53, 6501, 123].map((port) => udpPortTaken(port, folder)))).toEqual([
    true,
    true,
    false,
    false,
  ]);
  rmSync(folder, { recursive: true });
  expect(await udpPortTaken(6500, folder)).toBe(false);
});

test('broadcast addresses follow from the networks', () => {
  const of = (address: string, netmask: string) => [
    { family: 'IPv4', address, netmask, mac: '', internal: false, cidr: null } as const,
  ];
  const addresses = broadcastAddresses(() => ({
    lo: of('127.0.0.1', '255.0.0.0'),
    wlan0: of('192.168.1.72', '255.255.255.0'),
    eth0: of('10.1.2.3', '255.255.240.0'),
    wg0: of('10.9.0.2', '255.255.255.255'),
  }));
  expect(addresses).toEqual(['255.255.255.255', '127.255.255.255', '192.168.1.255', '10.1.15.255']);
});

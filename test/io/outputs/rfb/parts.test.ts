import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, Socket, type Server } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import fc from 'fast-check';
import { FailureTable } from '../../../../src/io/failure-table';
import { ownCertificate } from '../../../../src/io/outputs/rfb/own-certificate';
import { pieceSize, piecesOf } from '../../../../src/io/outputs/rfb/pieces';
import { Region } from '../../../../src/io/outputs/rfb/region';
import { RfbListener } from '../../../../src/io/outputs/rfb/rfb-listener';
import type { DamageRect } from '../../../../src/io/outputs/output';
import { temporaryFolder } from '../../../temporary-folder';
import { until } from '../../../until';
import { FakeTimers, settled } from '../../fake-timers';
import { vncText } from '../../../../src/words/en';

const folder = temporaryFolder();

const rect = fc.record({
  x: fc.integer({ min: -20, max: 70 }),
  y: fc.integer({ min: -20, max: 70 }),
  width: fc.nat(40),
  height: fc.nat(40),
});

/** The pixels of rectangles within 50 x 40, each with how often it is covered. */
function covered(rects: readonly DamageRect[]): Map<number, number> {
  const pixels = new Map<number, number>();
  for (const { x, y, width, height } of rects) {
    for (let row = Math.max(0, y); row < Math.min(40, y + height); row++)
      for (let column = Math.max(0, x); column < Math.min(50, x + width); column++)
        pixels.set(row * 50 + column, (pixels.get(row * 50 + column) ?? 0) + 1);
  }
  return pixels;
}

test('a region never loses a pixel, gives none twice, and never becomes many rectangles', () => {
  fc.assert(
    fc.property(fc.array(rect, { maxLength: 60 }), rect, (rects, area) => {
      const region = new Region(50, 40);
      for (const one of rects) region.add(one);
      const taken = region.take(area);
      const rest = region.take({ x: 0, y: 0, width: 50, height: 40 });
      const given = covered([...taken, ...rest]);
      for (const pixel of covered(rects).keys()) expect(given.has(pixel)).toBe(true);
      for (const pixel of covered(taken).keys()) expect(covered([area]).has(pixel)).toBe(true);
      expect(taken.length).toBeLessThanOrEqual(33);
      expect(rest.length).toBeLessThanOrEqual(36);
      expect(region.empty).toBe(true);
    }),
  );
});

test('pieces cover a rectangle exactly, none is large, and all but few', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1920 }), fc.integer({ min: 1, max: 1200 }), (width, height) => {
      const pieces = piecesOf([{ x: 3, y: 4, width, height }]);
      expect(pieces.reduce((sum, piece) => sum + piece.width * piece.height, 0)).toBe(width * height);
      for (const piece of pieces) {
        expect(piece.width * piece.height).toBeLessThanOrEqual(pieceSize);
        expect(
          piece.x >= 3 &&
            piece.y >= 4 &&
            piece.x + piece.width <= 3 + width &&
            piece.y + piece.height <= 4 + height,
        ).toBe(true);
      }
      expect(pieces.length).toBeLessThanOrEqual(Math.ceil(width / 256) * Math.ceil(height / 64));
    }),
  );
});

test('failures: 1, 2, 4 … 60 s for each address, forgotten after ten minutes, and of 256 addresses only', () => {
  let now = 0;
  const table = new FailureTable({ monotonic: () => now });
  const waits = Array.from({ length: 9 }, () => {
    table.failed('192.168.1.20');
    return table.wait('192.168.1.20');
  });
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
  expect(table.wait('192.168.1.21')).toBe(0);
  expect(table.wait('::ffff:192.168.1.20')).toBe(60);
  now += 600_000;
  table.failed('192.168.1.20');
  expect(table.wait('192.168.1.20')).toBe(1);
  table.succeeded('192.168.1.20');
  expect([table.wait('192.168.1.20'), table.size]).toEqual([0, 0]);
  // One machine has a whole 64-bit network of IPv6 to itself.
  table.failed('2001:db8:1:2::1');
  expect(table.wait('2001:db8:1:2:ffff:1:2:3')).toBe(1);
  expect(table.wait('2001:db8:1:3::1')).toBe(0);
  table.failed('fe80::1%eth0');
  expect(table.wait('fe80::2')).toBe(1);
  for (let i = 0; i < 10_000; i++) table.failed(`10.0.${i >> 8}.${i & 255}`);
  expect(table.size).toBe(256);
});

test('the certificate is made once, is for nobody else to read, and a torn one gives way to a new one', async () => {
  const file = join(folder, 'identity.pem');
  const problems: string[] = [];
  const first = await ownCertificate(file, (problem) => problems.push(problem));
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(await ownCertificate(file, (problem) => problems.push(problem))).toEqual(first);
  writeFileSync(file, readFileSync(file, 'utf8').slice(0, 500));
  const second = await ownCertificate(file, (problem) => problems.push(problem));
  expect(second).not.toEqual(first);
  expect(await ownCertificate(file, (problem) => problems.push(problem))).toEqual(second);
  expect(problems).toEqual([]);
  await ownCertificate(join(folder, 'missing', 'identity.pem'), (problem) => problems.push(problem));
  expect(problems).toEqual(['its folder is missing']);
});

test('a port that somebody else has is said, and tried again until it is free', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  const timers = new FakeTimers();
  const said: string[] = [];
  const listener = new RfbListener({
    port,
    address: '127.0.0.1',
    serve: (stream) => stream.destroy(),
    status: (report) => said.push(vncText(report)),
    timers,
  });
  await until('it is said', () => said.length === 1);
  await timers.advance(1_000);
  await settled();
  other.close();
  await once(other, 'close');
  while (said.length < 2) {
    await timers.advance(60_000);
    await settled();
  }
  expect(said).toEqual([
    `VNC can't listen on port ${port}: another program uses it`,
    `VNC viewers can come in on port ${port}`,
  ]);
  expect(listener.port).toBe(port);
  listener.close();
  expect(timers.pending).toBe(0);
});

describe('who comes from where', () => {
  const listeners: RfbListener[] = [];
  afterEach(() => {
    for (const listener of listeners.splice(0)) listener.close();
  });

  /** Who is served of those that come to a listener. @param own its address */
  async function served(own: string, ...from: readonly string[]): Promise<readonly string[]> {
    const heard: string[] = [];
    let ready = false;
    const listener = new RfbListener({
      port: 0,
      address: own,
      serve: (stream, peer) => {
        heard.push(peer.address);
        stream.destroy();
      },
      status: () => (ready = true),
    });
    listeners.push(listener);
    await until('it listens', () => ready);
    const { server } = listener as unknown as { server: Server };
    for (const remoteAddress of from) {
      // Nobody here has such addresses: the socket says so instead.
      const socket = Object.defineProperty(new Socket(), 'remoteAddress', { value: remoteAddress });
      server.emit('connection', socket);
      expect(socket.destroyed).toBe(true);
    }
    return heard;
  }

  test('without an address of its own VNC is for the local network only', async () => {
    expect(
      await served(
        '',
        '203.0.114.1',
        '::ffff:203.0.114.1',
        '2001:db8::1',
        '',
        '192.168.1.20',
        'fe80::1%eth0',
        '::1',
      ),
    ).toEqual(['192.168.1.20', 'fe80::1%eth0', '::1']);
  });

  test('with one its owner has decided', async () => {
    expect(await served('127.0.0.1', '203.0.114.1', '192.168.1.20')).toEqual(['203.0.114.1', '192.168.1.20']);
  });
});

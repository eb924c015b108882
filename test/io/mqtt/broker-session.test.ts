import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import type * as Tls from 'node:tls';
import { BrokerSession } from '../../../src/io/mqtt/broker-session';

/** TLS's versions that a hello offers (RFC 8446, 4.2.1), highest first; only what it says there counts. */
function offeredVersions(record: Buffer): readonly number[] {
  // The record's header, the message's, version and random.
  let at = 5 + 4 + 2 + 32;
  at += 1 + record.readUInt8(at);
  at += 2 + record.readUInt16BE(at);
  at += 1 + record.readUInt8(at);
  for (at += 2; at < record.length; at += 4 + record.readUInt16BE(at + 2)) {
    if (record.readUInt16BE(at) !== 43) continue;
    return Array.from({ length: record.readUInt8(at + 4) / 2 }, (_, i) =>
      record.readUInt16BE(at + 5 + 2 * i),
    );
  }
  return [];
}

describe('TLS is of version 1.2 or later, also where the machine is set to take older ones', () => {
  const tls = jest.requireActual<typeof Tls>('node:tls');
  const { DEFAULT_MIN_VERSION, DEFAULT_CIPHERS } = tls;
  beforeEach(() => {
    tls.DEFAULT_MIN_VERSION = 'TLSv1';
    // At any higher level OpenSSL leaves the older ones out by itself.
    tls.DEFAULT_CIPHERS = `${DEFAULT_CIPHERS}:@SECLEVEL=0`;
  });
  afterEach(() => {
    tls.DEFAULT_MIN_VERSION = DEFAULT_MIN_VERSION;
    tls.DEFAULT_CIPHERS = DEFAULT_CIPHERS;
  });

  /** What a broker is offered by whoever connects. */
  async function heard(connect: (port: number) => unknown): Promise<readonly number[]> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const hello = new Promise<Buffer>((resolve) => {
      server.on('connection', (socket) => {
        socket.on('error', () => undefined);
        socket.once('data', (bytes: Buffer) => {
          resolve(bytes);
          socket.destroy();
        });
      });
    });
    try {
      connect((server.address() as AddressInfo).port);
      return offeredVersions(await hello);
    } finally {
      server.close();
    }
  }

  test('which this machine does now', async () => {
    const versions = await heard((port) =>
      tls.connect({ port, host: '127.0.0.1' }).on('error', () => undefined),
    );
    expect(versions).toEqual([0x0304, 0x0303, 0x0302, 0x0301]);
  });

  test.each(['mqtts', 'wss'])('%s://', async (scheme) => {
    let ended: Promise<unknown> | undefined;
    const versions = await heard((port) => {
      const session = new BrokerSession({
        access: { url: `${scheme}://127.0.0.1:${port}`, user: '', password: '' },
        clientId: 'dial',
        keepalive: 30,
        version: 5,
        up: () => undefined,
        message: () => undefined,
        demands: { retain: true, acknowledge: true, will: true },
        tooLong: () => undefined,
      });
      ended = session.ended;
      return session.open();
    });
    expect(versions).toEqual([0x0304, 0x0303]);
    await ended;
  });
});

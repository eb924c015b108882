import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { WebSocket } from 'ws';
import { usualLimits, WebServer, type WebLimits } from '../../../src/io/web/web-server';
import { MadeParts } from './made-parts';

const open: WebServer[] = [];

async function serve(made = new MadeParts(), limits: Partial<WebLimits> = {}): Promise<WebServer> {
  const server = await WebServer.open(
    made.parts,
    { reach: 'localhost', port: 0 },
    { ...usualLimits, ...limits },
  );
  open.push(server);
  return server;
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

/** What comes on a raw connection until it is closed. */
async function raw(port: number, send: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let heard = '';
  socket.on('data', (chunk: Buffer) => (heard += chunk.toString()));
  socket.on('error', () => undefined);
  socket.write(send);
  await once(socket, 'close');
  return heard;
}

async function isOpen(port: number): Promise<Socket | undefined> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n');
  const [first] = (await Promise.race([once(socket, 'data'), once(socket, 'close')])) as [Buffer | boolean];
  return typeof first === 'boolean' ? undefined : socket;
}

describe('its port', () => {
  test('that somebody else has is passed over for the next one', async () => {
    const other = createServer();
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const server = await WebServer.open(new MadeParts().parts, { reach: 'localhost', port });
    open.push(server);
    expect(server.port).toBeGreaterThan(port);
    expect(server.port).toBeLessThan(port + 10);
    expect((await fetch(`http://127.0.0.1:${server.port}/healthz`)).status).toBe(200);
    other.close();
  });

  test('is let go of at the end, with everybody who still listens', async () => {
    const server = await WebServer.open(new MadeParts().parts, { reach: 'localhost', port: 0 });
    const { port } = server;
    const answer = await fetch(`http://127.0.0.1:${port}/api/events`);
    const reader = answer.body!.getReader();
    await reader.read();
    await server.close();
    await expect(
      (async () => {
        while (!(await reader.read()).done);
        await fetch(`http://127.0.0.1:${port}/healthz`);
      })(),
    ).rejects.toThrow();
  });
});

describe('S0.124: with reach `lan`', () => {
  /** Whether somebody with this address is answered at all. */
  const answers = async (address: string): Promise<boolean> => {
    const place = { reach: 'lan', port: 0, addressOf: () => address } as const;
    const server = await WebServer.open(new MadeParts().parts, place);
    open.push(server);
    const socket = await isOpen(server.port);
    socket?.destroy();
    return socket !== undefined;
  };

  test.each(['203.0.113.77', '::ffff:203.0.113.77', '2001:db8:77::1', ''])(
    'who comes from %j, outside of the house, is let go of without a word',
    async (address) => {
      expect(await answers(address)).toBe(false);
    },
  );

  test.each(['192.168.1.9', '::ffff:10.0.0.7', 'fe80::1%wlan0'])('%s is answered', async (address) => {
    expect(await answers(address)).toBe(true);
  });

  test('it is the other end’s address that counts', async () => {
    const server = await WebServer.open(new MadeParts().parts, { reach: 'lan', port: 0 });
    open.push(server);
    expect((await fetch(`http://127.0.0.1:${server.port}/healthz`)).status).toBe(200);
  });
});

describe('what one may take of it', () => {
  test('is what the documents say', () => {
    expect(usualLimits).toEqual({
      connections: 96,
      ofOneAddress: 32,
      head: 10_000,
      request: 15_000,
      silence: 30_000,
    });
  });

  test('usually that: 32 connections of one address', async () => {
    const server = await WebServer.open(new MadeParts().parts, { reach: 'localhost', port: 0 });
    open.push(server);
    const sockets = await Promise.all(Array.from({ length: 32 }, () => isOpen(server.port)));
    expect(sockets).not.toContain(undefined);
    expect(await isOpen(server.port)).toBeUndefined();
    for (const socket of sockets) socket!.destroy();
  });

  test('heads of more than 8 kB are refused', async () => {
    const { port } = await serve();
    const heard = await raw(port, `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(9000)}\r\n\r\n`);
    expect(heard).toMatch(/^HTTP\/1.1 400 /);
  });

  test.each(['BLAH\r\n\r\n', 'GET / HTTP/9.9\r\n\r\n', '\u0016\u0003\u0001'])(
    'what is no request is answered with 400: %j',
    async (text) => {
      const { port } = await serve();
      expect(await raw(port, text)).toMatch(/^HTTP\/1.1 400 /);
    },
  );

  test('of thousands of fields the first sixty are read at the most', async () => {
    const { port } = await serve();
    // Host comes behind them: without it there is no name, and so no page. Newer releases of Node refuse the request.
    const fields = Array.from({ length: 100 }, (_, i) => `A${i}: b`).join('\r\n');
    const heard = await raw(
      port,
      `GET / HTTP/1.1\r\n${fields}\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
    );
    expect(heard).toMatch(/^HTTP\/1.1 40[03]/);
  });

  test('who never ends the head of a request is let go of', async () => {
    const { port } = await serve(new MadeParts(), { head: 300, request: 300 });
    expect(await raw(port, 'GET / HTTP/1.1\r\nHost: localhost\r\nX: ')).not.toContain('200');
  });

  test('who never sends what it announced is let go of', async () => {
    const { port } = await serve(new MadeParts(), { head: 300, request: 600 });
    const head = 'POST /api/login HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\n';
    const heard = await raw(port, `${head}Content-Type: application/json\r\nContent-Length: 50\r\n\r\n{`);
    expect(heard).not.toContain('200');
  });

  test('who neither asks nor takes anything is let go of', async () => {
    const { port } = await serve(new MadeParts(), { silence: 200 });
    expect(await raw(port, '')).toBe('');
  });

  test('so many connections and no more, of one address and in all', async () => {
    for (const limits of [{ ofOneAddress: 3 }, { connections: 3 }]) {
      const { port } = await serve(new MadeParts(), limits);
      const sockets = [await isOpen(port), await isOpen(port), await isOpen(port)];
      expect(sockets).not.toContain(undefined);
      expect(await isOpen(port)).toBeUndefined();
      sockets[0]!.destroy();
      let next: Socket | undefined;
      while (next === undefined) next = await isOpen(port);
      for (const socket of [...sockets, next]) socket!.destroy();
    }
  });

  test('nonsense is answered with 400, and then all is as before', async () => {
    const { port } = await serve();
    expect(await raw(port, '\x16\x03\x01\x02\x00 nonsense\r\n\r\n')).toMatch(/^HTTP\/1.1 400 /);
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
  });
});

describe('S0.126: the live screen through a WebSocket', () => {
  const view = (port: number, headers: Record<string, string>, path = '/screen') =>
    new WebSocket(`ws://127.0.0.1:${port}${path}`, ['binary'], { headers });
  const refused = async (socket: WebSocket): Promise<number> => {
    socket.on('error', () => undefined);
    const [, answer] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }];
    return answer.statusCode;
  };

  test('carries bytes both ways, with what the viewer may do', async () => {
    const made = new MadeParts({ control: 'Sesame123', view: '' });
    const { port } = await serve(made);
    const origin = `http://127.0.0.1:${port}`;
    const looking = view(port, { origin });
    await once(looking, 'open');
    expect(looking.protocol).toBe('binary');
    expect(made.viewers[0]!.peer).toEqual({ address: '127.0.0.1', access: 'view' });
    made.viewers[0]!.stream.write('RFB 003.008\n');
    const [message] = (await once(looking, 'message')) as [Buffer];
    expect(message.toString()).toBe('RFB 003.008\n');
    looking.send(Buffer.from([1, 2, 3]));
    const [bytes] = (await once(made.viewers[0]!.stream, 'data')) as [Buffer];
    expect(Array.from(bytes)).toEqual([1, 2, 3]);
    const cookie = `packdial=${made.parts.sessions.open('control', made.wall)}`;
    const touching = view(port, { origin, cookie });
    await once(touching, 'open');
    expect(made.viewers[1]!.peer.access).toBe('control');
    looking.terminate();
    touching.terminate();
    await once(made.viewers[1]!.stream, 'close');
  });

  test('is for pages of ours only', async () => {
    const made = new MadeParts();
    const { port } = await serve(made);
    const origin = `http://127.0.0.1:${port}`;
    expect(await refused(view(port, {}))).toBe(403);
    expect(await refused(view(port, { origin: 'http://evil.example' }))).toBe(403);
    expect(await refused(view(port, { origin: 'http://evil.example', host: 'evil.example' }))).toBe(403);
    expect(await refused(view(port, { origin }, '/elsewhere'))).toBe(404);
    expect(made.viewers).toHaveLength(0);
  });

  test('takes a login where there is a password for viewing', async () => {
    const made = new MadeParts({ control: 'Sesame123', view: 'LookOnly1' });
    const { port } = await serve(made);
    expect(await refused(view(port, { origin: `http://127.0.0.1:${port}` }))).toBe(401);
  });

  test('takes no message of more than 64 kB', async () => {
    const made = new MadeParts();
    const { port } = await serve(made);
    const socket = view(port, { origin: `http://127.0.0.1:${port}` });
    await once(socket, 'open');
    made.viewers[0]!.stream.resume();
    socket.send(Buffer.alloc(65_537));
    const [code] = (await once(socket, 'close')) as [number];
    expect(code).toBe(1009);
  });

  test('has twelve viewers at the most', async () => {
    const { port } = await serve();
    const origin = `http://127.0.0.1:${port}`;
    const viewers = Array.from({ length: 12 }, () => view(port, { origin }));
    await Promise.all(viewers.map((viewer) => once(viewer, 'open')));
    expect(await refused(view(port, { origin }))).toBe(503);
  });
});

import { createServer, type Server } from 'node:net';
import * as http from 'node:http';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import * as path from 'node:path';
import { WebSocketServer, type WebSocket } from 'ws';
import { bluenova } from '../../../src/devices/bluenova/bluenova';
import { recordLink, Tape } from '../../../src/io/links/record-link';
import { WebsocketLinkOpener, type WebsocketLinkOptions } from '../../../src/io/links/websocket-link';
import { systemTimers } from '../../../src/io/timers';
import { CollectingSink } from '../../devices/collecting-sink';
import { until } from '../../until';
import { LinkError } from '../../../src/io/links/link-opener';
import { linkText, statusText } from '../../../src/words/en';

const [transcript] = JSON.parse(
  readFileSync(path.join(__dirname, '../../fixtures/bluenova-console.json'), 'utf8'),
) as [{ readonly console: readonly { readonly line: string }[] }];

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A server on a free port that does this with each connection. */
async function serve(play: (socket: WebSocket, request: http.IncomingMessage) => void): Promise<number> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  closers.push(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });
  server.on('connection', (socket, request) => {
    socket.on('error', () => undefined);
    play(socket, request);
  });
  await new Promise((resolve) => server.once('listening', resolve));
  return (server.address() as AddressInfo).port;
}

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  closers.push(() => server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  return (server.address() as AddressInfo).port;
}

const openerOf = (port: number, options: Partial<WebsocketLinkOptions> = {}): WebsocketLinkOpener =>
  new WebsocketLinkOpener({ host: '127.0.0.1', port, path: '/ws/', ...options });

/** Reads as the display would, until the link is lost. */
async function read(port: number, options?: Partial<WebsocketLinkOptions>) {
  const opened = await openerOf(port, options).open();
  const { link } = opened;
  const close = (): Promise<void> => opened.close();
  const sink = new CollectingSink();
  const stop = new AbortController();
  const clock = { monotonic: () => performance.now(), sleep: () => Promise.resolve() };
  if (link.kind !== 'lines') throw new Error(link.kind);
  const context = { name: 'stern', values: {}, clock };
  const done = bluenova.converse(link, context, stop.signal, sink);
  closers.push(() => void close());
  return { sink, link, done, stop, close };
}

describe('a WebSocket link', () => {
  it('asks for the path, of the host itself, without a sub-protocol, and plays a transcript', async () => {
    let asked: http.IncomingMessage | undefined;
    const port = await serve((socket, request) => {
      asked = request;
      for (const { line } of transcript.console) socket.send(line);
    });
    const { sink } = await read(port);
    await until('the value', () => sink.latest('console')?.values['adc4'] !== undefined);
    expect(sink.latest('console')!.values).toMatchObject({
      voltage: 52.936,
      current: -12.35,
      stateOfCharge: 87,
    });
    expect(asked?.url).toBe('/ws/');
    expect(asked?.headers).toMatchObject({ host: `127.0.0.1:${port}`, origin: 'http://127.0.0.1' });
    expect(asked?.headers['sec-websocket-protocol']).toBeUndefined();
  });

  it('hears what is sent together with the answer that opens it', async () => {
    const port = await serve((socket) => socket.send('SOC: 87'));
    const { link } = await openerOf(port).open();
    if (link.kind !== 'lines') throw new Error(link.kind);
    const heard: string[] = [];
    link.receive((text) => heard.push(text));
    await until('the first message', () => heard.length === 1);
  });

  it('puts a message together that is sent in fragments', async () => {
    const port = await serve((socket) => {
      socket.send('SOC', { fin: false });
      socket.send(': ', { fin: false });
      setTimeout(() => socket.send('87', { fin: true }), 50);
    });
    const { sink } = await read(port);
    await until('the value', () => sink.latest('console')?.values['stateOfCharge'] === 87);
  });

  it('is lost in the middle of a message without telling half of it', async () => {
    const port = await serve((socket) => {
      socket.send('Vpack: 52000');
      socket.send('SOC: 8', { fin: false });
      setTimeout(() => socket.terminate(), 50);
    });
    const { sink, done, link } = await read(port);
    await done;
    expect(sink.latest('console')!.values).not.toHaveProperty('stateOfCharge');
    expect(linkText(await link.closed)).toBe(`127.0.0.1:${port} closed the connection`);
  });

  it('counts binary messages and lines of a megabyte, and goes on', async () => {
    const port = await serve((socket) => {
      socket.send(Buffer.from('SOC: 12'));
      socket.send('x'.repeat(1_000_000));
      socket.send(`Breaker: ${'y'.repeat(1_000_000)}`);
      socket.send('SOC: 87');
    });
    const { sink } = await read(port);
    await until('the value', () => sink.latest('console')?.values['stateOfCharge'] !== undefined);
    expect(sink.latest('console')!.values['stateOfCharge']).toBe(87);
    expect(sink.rejects).toEqual({ binary: 1, 'long line': 2 });
  });

  it('is written down with its binary messages', async () => {
    const port = await serve((socket) => {
      socket.send('SOC: 87');
      socket.send(Buffer.from([1, 2]));
    });
    const opened = await openerOf(port).open();
    const lines: string[] = [];
    const recorded = recordLink(
      opened.link,
      new Tape((line) => lines.push(line), { monotonic: () => 0 }),
      linkText,
    );
    if (recorded.kind !== 'lines') throw new Error(recorded.kind);
    const heard: string[] = [];
    recorded.receive(
      (text) => heard.push(text),
      (bytes) => heard.push(Buffer.from(bytes).toString('hex')),
    );
    await until('both messages', () => heard.length === 2);
    await opened.close();
    expect(heard).toEqual(['SOC: 87', '0102']);
    expect(lines.slice(1, 3)).toEqual([
      '{"t":0,"dir":"rx","text":"SOC: 87"}',
      '{"t":0,"dir":"rx","hex":"0102"}',
    ]);
  });

  it('takes text that is no UTF-8 as far as it can be read', async () => {
    const port = await serve((socket) => {
      socket.send(Buffer.from([0xff, 0xfe, 0x41]), { binary: false });
      socket.send('SOC: 87');
    });
    const { sink } = await read(port);
    await until('the value', () => sink.latest('console')?.values['stateOfCharge'] === 87);
  });

  it('is given up after a message that has no end', async () => {
    const port = await serve((socket) => socket.send('x'.repeat(5_000_000)));
    const { link } = await read(port);
    expect(linkText(await link.closed)).toBe(`127.0.0.1:${port} sent a message of more than 4 MB`);
  });

  it('is given up when nothing comes any more', async () => {
    let connections = 0;
    const port = await serve((socket) => {
      connections++;
      socket.send('SOC: 87');
    });
    const { link, done, sink } = await read(port, { stallTime: 200 });
    expect(linkText(await link.closed)).toBe(`127.0.0.1:${port} has sent nothing for 0.2 s`);
    await done;
    expect(sink.readings).toHaveLength(1);
    expect(connections).toBe(1);
  });

  it('is not given up while messages come', async () => {
    const port = await serve((socket) => {
      const timer = setInterval(() => socket.send('noise'), 50);
      socket.on('close', () => clearInterval(timer));
    });
    const { link, close } = await read(port, { stallTime: 400 });
    const first = await Promise.race([link.closed, new Promise((resolve) => setTimeout(resolve, 1500))]);
    expect(first).toBeUndefined();
    await close();
    expect(linkText(await link.closed)).toBe(`127.0.0.1:${port} was closed`);
  });

  it('leaves no timer and no listener behind when it is closed', async () => {
    let timers = 0;
    let gone = false;
    const port = await serve((socket) => socket.on('close', () => (gone = true)));
    const counting = {
      after: (ms: number, callback: () => void) => {
        timers++;
        const cancel = systemTimers.after(ms, callback);
        return () => {
          timers--;
          cancel();
        };
      },
    };
    const { close } = await read(port, { timers: counting });
    expect(timers).toBe(1);
    await close();
    await until('the end of the connection', () => gone);
    expect(timers).toBe(0);
  });

  it('says in one sentence why it can not be opened', async () => {
    const words = (port: number, options?: Partial<WebsocketLinkOptions>): Promise<unknown> =>
      openerOf(port, options)
        .open()
        .then(
          () => 'open',
          (error: unknown) => (error instanceof LinkError ? statusText(error) : error),
        );
    const free = createServer();
    const nobody = await listening(free);
    await new Promise((resolve) => free.close(resolve));
    expect(await words(nobody)).toBe(`127.0.0.1:${nobody} refuses the connection`);

    const web = http.createServer((_, response) => response.writeHead(404).end());
    web.listen(0, '127.0.0.1');
    closers.push(() => web.close());
    await new Promise((resolve) => web.once('listening', resolve));
    const { port } = web.address() as AddressInfo;
    expect(await words(port)).toBe(`127.0.0.1:${port} is a web server, but no battery's console (HTTP 404)`);

    const mute = await listening(createServer((socket) => closers.push(() => socket.destroy())));
    expect(await words(mute, { openTime: 200 })).toBe(`127.0.0.1:${mute} does not answer`);

    const rude = await listening(createServer((socket) => socket.end('SSH-2.0-OpenSSH\r\n')));
    expect(await words(rude)).toContain(`127.0.0.1:${rude} does not speak WebSocket as it should`);
    expect(await words(1, { host: 'no-such-host.invalid' })).toBe(
      'The name in no-such-host.invalid:1 is not known in this network',
    );
  });
});

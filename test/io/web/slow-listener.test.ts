import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { WebServer } from '../../../src/io/web/web-server';
import { FakeTimers, settled } from '../fake-timers';
import { MadeParts } from './made-parts';

let server: WebServer;
afterEach(() => server.close());

/** A page that listens. It reads what it is sent until it is told to wait. */
async function listener(port: number) {
  const request = get(`http://127.0.0.1:${port}/api/events`);
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  expect(answer.headers['content-type']).toBe('text/event-stream');
  let text = '';
  answer.setEncoding('utf8');
  answer.on('data', (chunk: string) => (text = (text + chunk).slice(-40_000)));
  const gone = new Promise((resolve) => answer.once('close', () => resolve('gone')));
  // The connection breaks in the middle of an answer: that is what is wanted.
  answer.on('error', () => undefined);
  return { answer, gone, heard: () => text };
}

test('who listens to events and does not read what he is sent loses his connection, and nobody else does', async () => {
  const told = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  const made = new MadeParts();
  const timers = new FakeTimers();
  let number = 0;
  const live = made.parts.live;
  const parts = {
    ...made.parts,
    timers,
    changes: () => ++number,
    live: () => {
      const { status, display } = live()!;
      // The system itself takes several MB for who does not read: with these that is a few hundred messages.
      return { status, display: { ...display, link: { tone: 'live', text: `${number} `.padEnd(16_000) } } };
    },
  } as const satisfies MadeParts['parts'];
  const sockets: Socket[] = [];
  const addressOf = (socket: Socket): string => `visitor ${sockets.push(socket)}`;
  server = await WebServer.open(parts, { reach: 'localhost', port: 0, addressOf });
  const reader = await listener(server.port);
  const slow = await listener(server.port);
  slow.answer.pause();
  const nextMessage = async (): Promise<void> => {
    await timers.advance(200);
    while (!reader.heard().includes(`"text":"${number} `)) await settled();
  };
  for (let i = 0; i < 3000 && sockets[1]?.destroyed === false; i++) await nextMessage();
  expect(sockets.map(({ destroyed }) => destroyed)).toEqual([false, true]);
  slow.answer.resume();
  expect(await slow.gone).toBe('gone');
  expect(slow.answer.complete).toBe(false);
  await nextMessage();
  // It is nothing to fill the log with.
  expect(told).not.toHaveBeenCalled();
  told.mockRestore();
});

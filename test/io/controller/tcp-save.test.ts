import { once } from 'node:events';
import type * as Net from 'node:net';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { AttemptOutcome } from '../../../src/io/controller/controller-dialect';
import { saveOverTcp, usualPatience } from '../../../src/io/controller/tcp-save';
import { encodeLine, LineReader, type ProtocolLine } from '../../../src/protocol/controller-lines';
import { FakeTimers } from '../fake-timers';
import { until } from '../../until';

const nowhere = '192.0.2.1:6501';

// To an address at which nobody says yes or no there is no wire here: a socket that goes on trying stands for it.
jest.mock('node:net', () => {
  const net = jest.requireActual<typeof Net>('node:net');
  const connect = (options: { host: string; port: number }) =>
    options.host === '192.0.2.1' ? new net.Socket() : net.connect(options);
  return { ...net, connect };
});

/** A controller that hears all and answers when the test says so. */
class Listening {
  readonly heard: ProtocolLine[] = [];
  address = '';
  private server: Server | undefined;
  private socket: Socket | undefined;

  async open(): Promise<this> {
    const reader = new LineReader();
    this.server = createServer((socket) => {
      this.socket = socket;
      socket.on('error', () => undefined);
      socket.on('data', (bytes: Buffer) => this.heard.push(...reader.push(bytes)));
    }).listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    this.address = `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this;
  }

  says(word: string, text: string): void {
    this.socket?.write(encodeLine({ word, text }));
  }

  close(): void {
    this.socket?.destroy();
    this.server?.close();
  }
}

let there: Listening;
beforeEach(async () => {
  there = await new Listening().open();
});
afterEach(() => there.close());

/** An attempt with the time-outs of the program, and what it has come to. */
function attempt(address: string) {
  const timers = new FakeTimers();
  const made: { outcome?: AttemptOutcome } = {};
  const signal = new AbortController().signal;
  const changes = { HIVOLT: 4.1, LOVOLT: 3.1, BALVOLT: 4, HITEMP: 50, UDPPORT: 6500 };
  void saveOverTcp({ address, changes, signal, progress: () => undefined }, timers, usualPatience).then(
    (outcome) => (made.outcome = outcome),
  );
  return { timers, made };
}

test('a connection is waited for for five seconds', async () => {
  const { timers, made } = attempt(nowhere);
  await timers.advance(4_999);
  expect(made.outcome).toBeUndefined();
  await timers.advance(1);
  expect(made.outcome?.verdict).toEqual({ kind: 'unreachable', reason: { code: 'no-answer', values: {} } });
});

test('each answer is waited for for five seconds', async () => {
  const { timers, made } = attempt(there.address);
  await until('the line is heard', () => there.heard.length === 1);
  await timers.advance(4_999);
  there.says('HELLO', 'Morgan');
  await until('the line is heard', () => there.heard.length === 2);
  await timers.advance(4_999);
  expect(made.outcome).toBeUndefined();
  await timers.advance(1);
  expect(made.outcome).toMatchObject({
    verdict: { kind: 'silent', reason: { code: 'no-answer', values: {} } },
    inDoubt: false,
  });
});

test('all answers together are waited for for twenty seconds, however lively the controller is', async () => {
  const { timers, made } = attempt(there.address);
  for (let line = 1; line <= 4; line++) {
    await until('the line is heard', () => there.heard.length === line);
    await timers.advance(4_500);
    const { word } = there.heard.at(-1)!;
    there.says(word === 'SAVE' ? 'HELLO' : 'ACK', word === 'SAVE' ? 'Morgan' : word);
  }
  await until('the line is heard', () => there.heard.length === 5);
  await timers.advance(1_999);
  expect(made.outcome).toBeUndefined();
  await timers.advance(1);
  expect(made.outcome?.verdict).toEqual({ kind: 'silent', reason: { code: 'too-slow', values: {} } });
});

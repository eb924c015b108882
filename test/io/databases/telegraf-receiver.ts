import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { helperStarted } from '../helper-started';

/** What stands in for a Telegraf: a socket that somebody else listens on, and what it has received. */
export interface TelegrafReceiver {
  readonly url: string;
  readonly messages: readonly string[];
  close(): Promise<void>;
}

/** At a Unix socket, in a program of its own. @param delay seconds that it takes for each message */
export async function unixReceiver(path: string, delay = 0): Promise<TelegrafReceiver> {
  const child = spawn('python3', [join(__dirname, 'unix-receiver.py'), path, String(delay)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const messages: string[] = [];
  let rest = '';
  await helperStarted(child);
  child.stdout.on('data', (piece: Buffer) => {
    const lines = (rest + piece.toString()).split('\n');
    rest = lines.pop() ?? '';
    messages.push(...lines.map((line) => Buffer.from(line, 'hex').toString()));
  });
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      child.once('close', () => resolve());
      child.kill('SIGKILL');
    });
  return { url: `telegraf+unix://${path}`, messages, close };
}

/** At a UDP port. @param port 0 for any */
export async function udpReceiver(port = 0): Promise<TelegrafReceiver> {
  const socket = createSocket('udp4');
  const messages: string[] = [];
  socket.on('message', (message) => messages.push(message.toString()));
  await new Promise<void>((resolve) => socket.bind(port, '127.0.0.1', resolve));
  const close = (): Promise<void> => new Promise((resolve) => socket.close(() => resolve()));
  return { url: `telegraf+udp://127.0.0.1:${socket.address().port}`, messages, close };
}

/** At a TCP port, that takes NUL for the end of a message, as `splitting_strategy = "null"` does. */
export async function tcpReceiver(port = 0): Promise<TelegrafReceiver> {
  const messages: string[] = [];
  const clients = new Set<Socket>();
  const server = createServer((socket) => {
    clients.add(socket);
    let rest = '';
    socket.on('error', () => undefined);
    socket.on('data', (piece) => {
      const parts = (rest + piece.toString()).split('\0');
      rest = parts.pop() ?? '';
      messages.push(...parts);
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const close = (): Promise<void> => {
    for (const client of clients) client.destroy();
    return new Promise((resolve) => server.close(() => resolve()));
  };
  return { url: `telegraf+tcp://127.0.0.1:${(server.address() as AddressInfo).port}`, messages, close };
}

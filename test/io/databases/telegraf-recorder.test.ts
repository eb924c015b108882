import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseStatus } from '../../../src/io/databases/database-recorder';
import { TelegrafRecorder } from '../../../src/io/databases/telegraf-recorder';
import { tryTelegraf } from '../../../src/io/databases/telegraf-trial';
import { parseDatabaseAddress, type TelegrafAddress } from '../../../src/protocol/database-address';
import { databaseText } from '../../../src/words/en';
import { temporaryFolder } from '../../temporary-folder';
import { until } from '../../until';
import { tcpReceiver, udpReceiver, unixReceiver, type TelegrafReceiver } from './telegraf-receiver';

const top = temporaryFolder();
const path = (): string => join(mkdtempSync(join(top, 'telegraf-')), 'telegraf.sock');

let ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends) await end();
  ends = [];
});

function recorderOf(url: string) {
  const told: DatabaseStatus[] = [];
  const address = parseDatabaseAddress(url) as TelegrafAddress;
  const recorder = new TelegrafRecorder({ address, changed: (status) => told.push(status) });
  ends.push(() => recorder.close());
  const send = (...messages: readonly string[]): void =>
    recorder.keep({ at: 0, device: 'house', text: JSON.stringify(messages) });
  return { recorder, send, told, says: () => databaseText(recorder.status.report) };
}

async function receiver(start: Promise<TelegrafReceiver>): Promise<TelegrafReceiver> {
  const started = await start;
  ends.push(() => started.close());
  return started;
}

const kinds: Readonly<Record<string, (again?: TelegrafReceiver) => Promise<TelegrafReceiver>>> = {
  'a Unix socket': (again) => unixReceiver(again === undefined ? path() : new URL(again.url).pathname),
  UDP: (again) => udpReceiver(again === undefined ? 0 : Number(new URL(again.url).port)),
  TCP: (again) => tcpReceiver(again === undefined ? 0 : Number(new URL(again.url).port)),
};

describe.each(Object.entries(kinds))('S3.6 Telegraf at %s', (kind, start) => {
  test('gets each message as it is and in order, also after it was away; what was for then is not sent later', async () => {
    const first = await start();
    const { recorder, send, says, told } = recorderOf(first.url);
    const messages = ['meter,volts\r\nbms,26.53', 'meter,c01\r\nhäuschen,0'];
    send(...messages);
    send('meter,volts\r\nbms,26.54');
    await until('they are there', () => first.messages.length === 3);
    expect(first.messages).toEqual([...messages, 'meter,volts\r\nbms,26.54']);
    await until('it is said', () => recorder.status.waiting === 0);
    expect(recorder.status).toMatchObject({ state: 'up', waiting: 0, dropped: 0 });
    await first.close();
    await until('it is noticed', async () => {
      send('lost');
      await new Promise((resolve) => setTimeout(resolve, 50));
      return recorder.status.state === 'down';
    });
    expect(says()).toMatch(/^No database: nothing listens (at|on port)|has closed the connection$/);
    const before = told.length;
    send('lost');
    send('lost');
    await until('they are given up', () => recorder.status.waiting === 0);
    expect(recorder.status.state).toBe('down');
    // TCP learns that the port is closed only with the next connection.
    expect(told.length - before).toBeLessThanOrEqual(kind === 'TCP' ? 1 : 0);
    expect(recorder.status.dropped).toBeGreaterThanOrEqual(2);
    const second = await receiver(start(first));
    send('found');
    await until('it is there', () => second.messages.length > 0);
    expect(second.messages).toEqual(['found']);
    await until('it is up', () => recorder.status.state === 'up');
  });
});

test('a Telegraf that is slower than the messages come gets all of them', async () => {
  const slow = await receiver(unixReceiver(path(), 0.01));
  const { recorder, send } = recorderOf(slow.url);
  // More than a queue of datagrams has room for.
  const messages = Array.from({ length: 60 }, (_, i) => `meter,n\r\nbms,${i}`);
  send(...messages);
  await until('all are there', () => slow.messages.length === messages.length);
  expect(slow.messages).toEqual(messages);
  expect(recorder.status.dropped).toBe(0);
});

test('what is no socket, or may not be written, is one sentence', async () => {
  const nothing = path();
  const missing = recorderOf(`telegraf+unix://${nothing}`);
  missing.send('x');
  await until('it is said', () => missing.recorder.status.state === 'down');
  expect(missing.says()).toBe(`No database: nothing listens at ${nothing}`);
  const file = path();
  writeFileSync(file, '');
  chmodSync(file, 0o666);
  const plain = recorderOf(`telegraf+unix://${file}`);
  plain.send('x');
  await until('it is said', () => plain.recorder.status.state === 'down');
  expect(plain.says()).toBe(`No database: nothing listens at ${file}`);
});

test('it is closed at once, whatever waits', async () => {
  const silent = await receiver(unixReceiver(path(), 30));
  const { recorder, send } = recorderOf(silent.url);
  send(...Array.from({ length: 500 }, () => 'x'.repeat(1000)));
  const begun = performance.now();
  await recorder.close();
  expect(performance.now() - begun).toBeLessThan(3000);
});

test.each(['a Unix socket', 'TCP'])('is tried at %s with a message that has no row', async (kind) => {
  const there = await receiver(kinds[kind]!());
  const address = parseDatabaseAddress(there.url) as TelegrafAddress;
  expect(await tryTelegraf(address)).toBeUndefined();
  await until('it is there', () => there.messages.length > 0);
  expect(there.messages).toEqual(['meter\n']);
  const nobody = { ...address, host: address.port === 0 ? path() : address.host, port: address.port && 1 };
  expect(await tryTelegraf(nobody)).toMatchObject({ code: 'database-not-listening' });
});

import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import {
  DatabaseRecorder,
  type DatabaseRecorderParts,
  type DatabaseStatus,
} from '../../../src/io/databases/database-recorder';
import { DatabaseThread } from '../../../src/io/databases/database-thread';
import { databaseText } from '../../../src/words/en';
import { recorderContract } from '../../contracts/recorder-contract';
import { temporaryFolder } from '../../temporary-folder';
import { until } from '../../until';
import { bundled, sampleAt } from '../recorders/temporary-history';
import { LineServer } from './line-server';

const workerFile = bundled('src/io/databases/database-worker.ts');
const top = temporaryFolder();
const start = Date.UTC(2026, 5, 1, 12);

const sample = (number: number) => sampleAt(start + number * 1000, { power: number });

let open: DatabaseRecorder[] = [];
let servers: LineServer[] = [];
afterEach(async () => {
  await Promise.all(open.map((recorder) => recorder.close()));
  await Promise.all(servers.map((server) => server.close()));
  open = [];
  servers = [];
});

async function startServer(): Promise<LineServer> {
  const server = await LineServer.start();
  servers.push(server);
  return server;
}

function makeRecorder(server: LineServer, more: Partial<DatabaseRecorderParts> = {}) {
  const told: DatabaseStatus[] = [];
  const aside: string[] = [];
  const recorder = new DatabaseRecorder({
    url: `http://127.0.0.1:${server.port}/write`,
    file: join(mkdtempSync(join(top, 'spool-')), 'spool.sqlite'),
    place: `127.0.0.1:${server.port}`,
    limits: {},
    thread: new DatabaseThread(workerFile),
    longestDelay: 30,
    retryInterval: 30,
    changed: (status) => told.push(status),
    aside: (path) => aside.push(path),
    ...more,
  });
  open.push(recorder);
  return { recorder, told, aside };
}

function numbers(server: LineServer): number[] {
  return [...server.kept.values()].map((line) => Number(/power=(\d+)/.exec(line)?.[1])).sort((a, b) => a - b);
}

const away = () => ({ status: 503, body: '' });

recorderContract(
  'A database over HTTP',
  async ({ broken }) => {
    const server = await startServer();
    if (broken) server.answer = away;
    const limit = 50;
    const { recorder, told } = makeRecorder(server, { limits: { mostRows: limit } });
    if (!broken) await until('it is connected', () => told.at(-1)?.report.code === 'database-written');
    return {
      recorder,
      told,
      limit,
      break: () => Promise.resolve(void (server.answer = away)),
      mend: () => Promise.resolve(void (server.answer = undefined)),
      written: () => Promise.resolve(numbers(server)),
      close: () => recorder.close(),
    };
  },
  sample,
  databaseText,
);

test('rows that a run could not send are sent by the next one', async () => {
  const server = await startServer();
  server.answer = away;
  const file = join(mkdtempSync(join(top, 'spool-')), 'spool.sqlite');
  const first = makeRecorder(server, { file });
  for (let number = 1; number <= 5; number++) first.recorder.record(sample(number));
  await until(
    'it is down',
    () => first.recorder.status.state === 'down' && first.recorder.status.waiting === 5,
  );
  await first.recorder.close();
  server.answer = undefined;
  const second = makeRecorder(server, { file });
  await until('all are there', () => server.kept.size === 5);
  expect(numbers(server)).toEqual([1, 2, 3, 4, 5]);
  await until('none waits', () => second.recorder.status.waiting === 0);
});

test('a row that is refused is put aside and counted, and the others are written', async () => {
  const server = await startServer();
  server.answer = (text) =>
    /power=13\b/.test(text) ? { status: 400, body: '{"error":"no 13"}' } : undefined;
  const file = join(mkdtempSync(join(top, 'spool-')), 'spool.sqlite');
  const { recorder } = makeRecorder(server, { file });
  for (let number = 1; number <= 40; number++) recorder.record(sample(number));
  await until('none waits', () => recorder.status.waiting === 0);
  expect(numbers(server)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1).filter((n) => n !== 13));
  expect(recorder.status).toMatchObject({ state: 'up', refused: 1 });
  await recorder.close();
  const kept = new Database(file, { readonly: true }).prepare('SELECT at, reason FROM refused').all();
  expect(kept).toEqual([{ at: start + 13_000, reason: '400 no 13' }]);
});

test('a database that refuses everything loses no more than a few rows', async () => {
  const server = await startServer();
  server.answer = () => ({ status: 400, body: 'not today' });
  const { recorder } = makeRecorder(server);
  for (let number = 1; number <= 300; number++) recorder.record(sample(number));
  await until('it is down', () => recorder.status.state === 'down');
  expect(databaseText(recorder.status.report)).toMatch(/refuses every row \(400 not today\)$/);
  server.answer = undefined;
  await until('none waits', () => recorder.status.waiting === 0);
  const { refused } = recorder.status;
  expect(refused).toBeLessThanOrEqual(110);
  expect(server.kept.size).toBe(300 - refused);
});

test('a damaged spool is set aside, and rows go on', async () => {
  const server = await startServer();
  const file = join(mkdtempSync(join(top, 'spool-')), 'spool.sqlite');
  writeFileSync(file, 'not a database at all, and long enough to look at'.repeat(100));
  const { recorder, aside } = makeRecorder(server, { file });
  recorder.record(sample(1));
  await until('it is there', () => server.kept.size === 1);
  expect(aside).toEqual([expect.stringMatching(/spool\.corrupt-.*\.sqlite$/)]);
});

test('a disk that takes no rows is told, and they wait in memory up to a limit', async () => {
  const server = await startServer();
  const file = '/dev/null/spool/spool.sqlite';
  const { recorder } = makeRecorder(server, { file, memoryLimit: 20 });
  for (let number = 1; number <= 25; number++) recorder.record(sample(number));
  await until('it is down', () => recorder.status.report.code === 'spool-failed');
  expect(recorder.status).toMatchObject({ state: 'down', waiting: 20, dropped: 5 });
});

test('databases that share a thread do not wait for one another, and go on when one of them is closed', async () => {
  const thread = new DatabaseThread(workerFile);
  const [well, silent] = [await startServer(), await startServer()];
  silent.silent = true;
  const stuck = makeRecorder(silent, { thread });
  for (let number = 1; number <= 600; number++) stuck.recorder.record(sample(number));
  const one = makeRecorder(well, { thread });
  for (let number = 1; number <= 600; number++) one.recorder.record(sample(number));
  await until('all are there', () => well.kept.size === 600);
  expect(silent.kept.size).toBe(0);
  expect(stuck.recorder.status.waiting).toBe(600);
  await stuck.recorder.close();
  one.recorder.record(sample(601));
  await until('it goes on', () => well.kept.size === 601);
});

test('a thread that ends is begun anew for all of them, and nothing is lost', async () => {
  const thread = new DatabaseThread(workerFile);
  const servers = [await startServer(), await startServer()];
  const recorders = servers.map((server) => makeRecorder(server, { thread }));
  await until('they are connected', () =>
    recorders.every(({ told }) => told.at(-1)?.report.code === 'database-written'),
  );
  const ends: string[] = [];
  // No such way can be, and whatever goes wrong in the thread that nobody expects ends it.
  const data = { url: 'nonsense', file: '/dev/null', limits: {} };
  thread.open(data, { heard: () => undefined, ended: (reason) => ends.push(reason) });
  for (let number = 1; number <= 40; number++)
    for (const { recorder } of recorders) recorder.record(sample(number));
  await until('all are there', () => servers.every((server) => server.kept.size === 40));
  expect(ends).toEqual(['not the address of a database']);
  for (const { told } of recorders)
    expect(told.map(({ report }) => report.code)).toContain('spool-thread-ended');
});

import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseError, RowsRefused, type DatabaseStore } from '../../../src/io/databases/database-store';
import { Drain } from '../../../src/io/databases/drain';
import { SpoolFile } from '../../../src/io/databases/spool-file';
import { parseRow, type KeptRow } from '../../../src/protocol/database-rows';
import type { DatabaseTrouble } from '../../../src/model/database-reports';
import { temporaryFolder } from '../../temporary-folder';
import { until } from '../../until';

const top = temporaryFolder();

/** A store whose answers are in the test's hands. */
class TestStore implements DatabaseStore<KeptRow> {
  readonly read = parseRow;
  readonly calls: string[] = [];
  readonly rows: number[] = [];
  opening: () => Promise<void> = () => Promise.resolve();
  writing: (numbers: readonly number[]) => Promise<void> = () => Promise.resolve();

  async open(): Promise<void> {
    this.calls.push('open');
    await this.opening();
  }

  async write(rows: readonly KeptRow[]): Promise<void> {
    const numbers = rows.map(({ at }) => at);
    this.calls.push(`write ${numbers.length}`);
    await this.writing(numbers);
    this.rows.push(...numbers);
  }

  close(): void {
    this.calls.push('close');
  }
}

let running: { readonly drain: Drain<KeptRow>; readonly done: Promise<void> } | undefined;
afterEach(async () => {
  running?.drain.end();
  await running?.done;
  running = undefined;
});

function begin(count: number, store = new TestStore(), limit = 1000) {
  const spool = new SpoolFile({
    file: join(mkdtempSync(join(top, 'drain-')), 'spool.sqlite'),
    limits: {},
    wall: () => new Date(),
    aside: () => undefined,
  });
  const add = (from: number, to: number): void =>
    spool.add(
      Array.from({ length: to - from + 1 }, (_, i) => ({
        at: from + i,
        device: 'house',
        text: '{"kind":"battery","values":{"power":1}}',
      })),
    );
  if (count > 0) add(1, count);
  const delays: number[] = [];
  const told: (DatabaseTrouble | undefined)[] = [];
  const drain = new Drain({
    spool,
    store,
    place: 'here/db',
    changed: (trouble) => told.push(trouble),
    answerLimit: limit,
    delay: { next: () => (delays.push(0), 0), reset: () => delays.splice(0) },
  });
  running = { drain, done: drain.run() };
  return { drain, spool, store, told, add, delays };
}

const numbers = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

test('a backlog goes out in batches, the oldest first, and then what comes', async () => {
  const { store, spool, drain, add } = begin(1200);
  await until('all is out', () => spool.counts.waiting === 0);
  expect(store.calls).toEqual(['open', 'write 500', 'write 500', 'write 200']);
  add(1201, 1202);
  drain.poke();
  await until('these too', () => spool.counts.waiting === 0);
  expect(store.rows).toEqual(numbers(1, 1202));
});

test('it connects at once, so that what is wrong is known before the first row', async () => {
  const { told, store } = begin(0);
  await until('it has said that all is well', () => told.length > 0);
  expect(told).toEqual([undefined]);
  expect(store.calls).toEqual(['open']);
});

test('a batch that was cut is sent again as it was, and the reason is told', async () => {
  const store = new TestStore();
  let cuts = 3;
  const cause: DatabaseTrouble = { code: 'database-closed', values: { host: 'here' } };
  store.writing = () => (cuts-- > 0 ? Promise.reject(new DatabaseError(cause)) : Promise.resolve());
  const { spool, told } = begin(20, store);
  await until('all is out', () => spool.counts.waiting === 0 && told.at(-1) === undefined);
  expect(told).toEqual([cause, cause, cause, undefined]);
  expect(store.calls.filter((call) => call === 'open')).toHaveLength(4);
  expect(store.rows).toEqual(numbers(1, 20));
});

test('a server that does not answer is given up, and tried again', async () => {
  const store = new TestStore();
  let hangs = true;
  store.writing = () => (hangs ? new Promise(() => undefined) : Promise.resolve());
  const { spool, told } = begin(5, store, 30);
  await until('it is told', () => told[0]?.code === 'database-no-answer');
  hangs = false;
  await until('all is out', () => spool.counts.waiting === 0);
  expect(store.rows).toEqual(numbers(1, 5));
});

test('refused rows are found by halves, after the tables were looked at once', async () => {
  const store = new TestStore();
  const bad = new Set([7, 8, 333]);
  let refusals = 0;
  store.writing = (rows) => {
    if (!rows.some((number) => bad.has(number))) return Promise.resolve();
    refusals++;
    return Promise.reject(new RowsRefused('out of range'));
  };
  // The connection is an old one when the bad rows come.
  const { spool, drain, add } = begin(0, store);
  await until('it is connected', () => store.calls.length > 0);
  add(1, 400);
  drain.poke();
  await until('all is out', () => spool.counts.waiting === 0);
  expect(spool.counts.refused).toBe(3);
  expect(store.rows).toEqual(numbers(1, 400).filter((number) => !bad.has(number)));
  expect(store.calls.filter((call) => call === 'open').length).toBeLessThanOrEqual(2);
  expect(refusals).toBeLessThan(40);
});

test('tables that were changed are told instead of putting rows aside', async () => {
  const store = new TestStore();
  const cause: DatabaseTrouble = {
    code: 'database-other-column',
    values: { host: 'here', table: 'battery', column: 'power' },
  };
  const { spool, drain, add, told } = begin(0, store);
  await until('it is connected', () => told.length > 0);
  store.writing = () => Promise.reject(new RowsRefused('no number'));
  store.opening = () => Promise.reject(new DatabaseError(cause));
  add(1, 50);
  drain.poke();
  await until('it is told', () => told.at(-1) === cause);
  expect(spool.counts).toMatchObject({ waiting: 50, refused: 0 });
});

test('it ends at once, even while it waits for an answer', async () => {
  const store = new TestStore();
  store.writing = () => new Promise(() => undefined);
  const { drain, spool } = begin(3, store, 60_000);
  await until('it writes', () => store.calls.includes('write 3'));
  drain.end();
  await running?.done;
  expect(spool.counts.waiting).toBe(3);
});

test('what a card has spoilt in the spool is put aside as well', async () => {
  const { spool, drain, store } = begin(2);
  spool.add([
    { at: 3, device: 'house', text: '{"kind":"batt' },
    { at: 4, device: 'house', text: '{"kind":"meter","values":{}}' },
  ]);
  drain.poke();
  await until('all is out', () => spool.counts.waiting === 0);
  expect(spool.counts.refused).toBe(1);
  expect(store.rows).toEqual([1, 2, 4]);
});

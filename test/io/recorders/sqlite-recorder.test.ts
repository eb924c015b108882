import Database from 'better-sqlite3';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setAside } from '../../../src/io/recorders/set-aside';
import type { RecorderStatus } from '../../../src/io/recorders/recorder';
import { SqliteRecorder, type SqliteRecorderParts } from '../../../src/io/recorders/sqlite-recorder';
import { recorderContract } from '../../contracts/recorder-contract';
import { temporaryFolder } from '../../temporary-folder';
import { until } from '../../until';
import { bundled, sampleAt } from './temporary-history';
import { historyEventText, historyText } from '../../../src/words/en';

const workerFile = bundled('src/io/recorders/history-worker.ts');
const top = temporaryFolder();
const start = Date.UTC(2026, 5, 1, 12);
const second = 1000;

const sample = (number: number) => sampleAt(start + number * second, { power: number });

let open: SqliteRecorder[] = [];
afterEach(async () => {
  await Promise.all(open.map((recorder) => recorder.close()));
  open = [];
});

function makeRecorder(file: string, more: Partial<SqliteRecorderParts> = {}) {
  const told: RecorderStatus[] = [];
  const notes: string[] = [];
  const recorder = new SqliteRecorder({
    file,
    workerFile,
    wall: () => start + 60 * second,
    changed: (status) => told.push(status),
    note: (event) => notes.push(historyEventText(event)),
    interval: 20,
    ...more,
  });
  open.push(recorder);
  return { recorder, told, notes };
}

const newFile = (): string => join(mkdtempSync(join(top, 'bench-')), 'history.sqlite');

async function numbersIn(recorder: SqliteRecorder): Promise<number[]> {
  const buckets = await recorder.query({
    device: 'battery',
    quantity: 'power',
    from: start,
    to: start + 1000 * second,
    points: 1000,
  });
  return buckets.map(({ last }) => last);
}

recorderContract(
  'SQLite',
  ({ broken }) => {
    const file = newFile();
    const limit = 50;
    let other: Database.Database | undefined;
    // Another program holds on to the database.
    const lock = (): void => {
      other = new Database(file);
      other.pragma('journal_mode = WAL');
      other.exec('BEGIN IMMEDIATE');
    };
    if (broken) lock();
    const { recorder, told } = makeRecorder(file, { limit });
    return Promise.resolve({
      recorder,
      told,
      limit,
      break: () => Promise.resolve(lock()),
      mend: () => Promise.resolve(void other?.close()),
      written: () => numbersIn(makeRecorder(file).recorder),
      close: () => Promise.resolve(void other?.close()),
    });
  },
  sample,
  historyText,
);

describe('trouble with the disk is told in a sentence and survived', () => {
  test('a full one', async () => {
    const file = newFile();
    // Room for the tables and little more.
    const { recorder, told } = makeRecorder(file, { mostPages: 12 });
    for (let number = 1; number <= 4000; number++)
      recorder.record(
        sampleAt(start + number * second, {
          power: Math.sin(number * number) * 1e6,
          [`cell${number % 50}`]: number,
        }),
      );
    await until('nothing is written', () => recorder.status.state === 'down');
    expect(historyText(recorder.status.report)).toBe('No history is written: the disk is full');
    await recorder.close();
    expect(told.map(({ state }) => state)).toContain('down');
    // What was written is whole, and with room there is more.
    const again = makeRecorder(file);
    again.recorder.record(sample(990));
    await until('it is written', () => again.recorder.status.waiting === 0);
    expect(again.notes).toEqual([]);
    expect(await numbersIn(again.recorder)).toContain(990);
  });

  test('a folder that is not there yet', async () => {
    const file = join(newFile(), 'later', 'history.sqlite');
    const { recorder } = makeRecorder(file);
    recorder.record(sample(1));
    await until('nothing is written', () => recorder.status.state === 'down');
    expect(historyText(recorder.status.report)).toMatch(/^No history is written: /);
    mkdirSync(join(file, '..'), { recursive: true });
    await until('it is written', () => recorder.status.waiting === 0);
    expect(await numbersIn(recorder)).toEqual([1]);
  });

  test('one that can only be read', async () => {
    const file = newFile();
    const first = makeRecorder(file);
    first.recorder.record(sample(1));
    await first.recorder.close();
    // root may write everywhere, so SQLite is told in the words of the file itself: version numbers that only allow reading.
    const bytes = readFileSync(file);
    bytes[18] = 3;
    writeFileSync(file, bytes);
    const { recorder } = makeRecorder(file);
    recorder.record(sample(2));
    await until('nothing is written', () => recorder.status.state === 'down');
    expect(historyText(recorder.status.report)).toBe('No history is written: the disk can only be read');
    bytes[18] = 2;
    writeFileSync(file, bytes);
    await until('it is written', () => recorder.status.waiting === 0);
    expect(await numbersIn(recorder)).toEqual([1, 2]);
  });
});

describe('a database that can not be used', () => {
  const spoilt: readonly (readonly [string, (file: string) => void])[] = [
    ['is no database', (file) => writeFileSync(file, 'x'.repeat(5000))],
    [
      'is damaged in the middle',
      (file) => {
        const bytes = readFileSync(file);
        bytes.fill(0xa5, 4096);
        writeFileSync(file, bytes);
      },
    ],
    ['was cut off', (file) => truncateSync(file, 8192)],
  ];

  test.each(spoilt)('%s is set aside, told, and a new one begun', async (_, spoil) => {
    const file = newFile();
    const first = makeRecorder(file);
    for (let number = 1; number < 300; number++) first.recorder.record(sample(number));
    await first.recorder.close();
    spoil(file);
    const { recorder, notes } = makeRecorder(file);
    recorder.record(sample(500));
    await until('it is written', () => recorder.status.waiting === 0);
    expect(recorder.status.state).toBe('up');
    const aside = readdirSync(join(file, '..')).filter((name) => name.startsWith('history.corrupt-'));
    expect(aside.filter((name) => /^history\.corrupt-\d{8}T\d{6}Z\.sqlite$/.test(name))).toHaveLength(1);
    expect(notes).toHaveLength(1);
    expect(notes[0]).toContain(join(file, '..', 'history.corrupt-'));
    expect(await numbersIn(recorder)).toEqual([500]);
  });

  test('was made by a later version is set aside too', async () => {
    const file = newFile();
    const later = new Database(file);
    later.exec('CREATE TABLE everything (all_of_it TEXT); PRAGMA user_version = 7');
    later.close();
    const { recorder, notes } = makeRecorder(file);
    recorder.record(sample(1));
    await until('it is written', () => recorder.status.waiting === 0);
    expect(notes[0]).toMatch(/another version/);
    expect(readdirSync(join(file, '..')).some((name) => name.startsWith('history.other-'))).toBe(true);
  });

  test('is damaged while it is open: what waits goes into the new one', async () => {
    const file = newFile();
    const { recorder, notes } = makeRecorder(file);
    for (let number = 1; number < 300; number++) recorder.record(sample(number));
    await until('it is written', () => recorder.status.waiting === 0);
    // It is tidied up after that, and what was written then would stand in for what is damaged.
    let [writtenAt, looks] = [0, 0];
    await until('nothing is written any more', () => {
      const { mtimeMs } = statSync(`${file}-wal`);
      looks = mtimeMs === writtenAt ? looks + 1 : 0;
      writtenAt = mtimeMs;
      return looks >= 100;
    });
    const other = new Database(file);
    other.pragma('wal_checkpoint(TRUNCATE)');
    other.close();
    writeFileSync(file, Buffer.alloc(4096, 0xa5), { flag: 'r+' });
    recorder.record(sample(500));
    await until('the damage is told', () => notes.length > 0);
    await until('it is written', () => recorder.status.waiting === 0);
    expect(await numbersIn(recorder)).toEqual([500]);
  });
});

test('what another version has made is never thrown away', () => {
  const folder = mkdtempSync(join(top, 'aside-'));
  const file = join(folder, 'history.sqlite');
  for (const [day, why] of (['other', 'corrupt', 'corrupt', 'corrupt', 'other'] as const).entries()) {
    writeFileSync(file, why);
    setAside(file, why, new Date(Date.UTC(2026, 0, day + 1)));
  }
  expect(readdirSync(folder).sort()).toEqual([
    'history.corrupt-20260103T000000Z.sqlite',
    'history.corrupt-20260104T000000Z.sqlite',
    'history.other-20260101T000000Z.sqlite',
    'history.other-20260105T000000Z.sqlite',
  ]);
});

test('of what was set aside as damaged the latest two are kept', () => {
  const folder = mkdtempSync(join(top, 'aside-'));
  const file = join(folder, 'history.sqlite');
  for (let day = 1; day <= 4; day++) {
    writeFileSync(file, String(day));
    writeFileSync(`${file}-wal`, String(day));
    setAside(file, 'corrupt', new Date(Date.UTC(2026, 0, day)));
  }
  writeFileSync(join(folder, 'PowerSafe100.log'), '');
  expect(readdirSync(folder).sort()).toEqual([
    'PowerSafe100.log',
    'history.corrupt-20260103T000000Z.sqlite',
    'history.corrupt-20260103T000000Z.sqlite-wal',
    'history.corrupt-20260104T000000Z.sqlite',
    'history.corrupt-20260104T000000Z.sqlite-wal',
  ]);
});

test('a thread that can not be started is told, and asking it has an answer', async () => {
  const { recorder } = makeRecorder(newFile(), { workerFile: join(top, 'none.js') });
  recorder.record(sample(1));
  await until('nothing is written', () => recorder.status.state === 'down');
  expect(historyText(recorder.status.report)).toMatch(/^No history is written: Cannot find module/);
  expect(await numbersIn(recorder)).toEqual([]);
});

test('recent values come with their ages, oldest first', async () => {
  const { recorder } = makeRecorder(newFile());
  for (let number = 1; number <= 40; number++) recorder.record(sample(number));
  await until('it is written', () => recorder.status.waiting === 0);
  const now = start + 40 * second;
  const ask = (seconds: number, step: number) =>
    recorder.recent({ device: 'battery', quantity: 'power', seconds, step, now });
  expect((await ask(4, 1)).map(({ age, value }) => [age, value])).toEqual([
    [3500, 36],
    [2500, 37],
    [1500, 38],
    [500, 39],
    [0, 40],
  ]);
  const tens = await ask(40, 10);
  expect(tens.length).toBeGreaterThanOrEqual(4);
  expect(tens.map(({ age }) => age)).toEqual([...tens.map(({ age }) => age)].sort((a, b) => b - a));
  expect(await recorder.recent({ device: 'none', quantity: 'power', seconds: 9, step: 1, now })).toEqual([]);
});

test('what three devices send in twenty seconds is no backlog, and of one it is', () => {
  const [one, three] = [1, 3].map(
    (devices) => makeRecorder(newFile(), { devices, interval: 60_000 }).recorder,
  );
  for (let number = 0; number < 60; number++)
    for (const recorder of [one, three]) recorder?.record(sample(number));
  expect([one?.status.state, three?.status.state]).toEqual(['behind', 'up']);
});

import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { OtherSpoolError, Spool, type SpoolLimits } from '../../../src/io/databases/spool';
import { temporaryFolder } from '../../temporary-folder';
import { bundled } from '../recorders/temporary-history';

const victim = bundled('test/io/databases/spool-victim.ts');
const top = temporaryFolder();
const newFile = (): string => join(mkdtempSync(join(top, 'spool-')), 'spool.sqlite');

let open: Spool[] = [];
afterEach(() => {
  for (const spool of open) spool.close();
  open = [];
});

function openSpool(file = newFile(), limits: SpoolLimits = {}): Spool {
  const spool = new Spool(file, limits);
  open.push(spool);
  return spool;
}

const row = (number: number, device = 'house') => ({ at: number * 1000, device, text: `row ${number}` });
const texts = (spool: Spool): string[] => spool.oldest(1000).map(({ text }) => text);

test('gives rows back by their time, and a row that is handed in again is there once', () => {
  const spool = openSpool();
  spool.add([row(3), row(1)]);
  spool.add([row(2), row(1), row(1, 'bow')]);
  expect(spool.waiting).toBe(4);
  expect(spool.oldest(10).map(({ at, device }) => `${at / 1000} ${device}`)).toEqual([
    '1 bow',
    '1 house',
    '2 house',
    '3 house',
  ]);
  spool.arrived(spool.oldest(2));
  expect(spool.waiting).toBe(2);
  expect(texts(spool)).toEqual(['row 2', 'row 3']);
});

test('a row that was dropped while it was under way is not counted twice', () => {
  const spool = openSpool(newFile(), { mostRows: 3 });
  spool.add([row(1), row(2), row(3)]);
  const underWay = spool.oldest(2);
  spool.add([row(4)]);
  spool.arrived(underWay);
  expect(spool).toMatchObject({ waiting: 2, dropped: 1 });
  expect(texts(spool)).toEqual(['row 3', 'row 4']);
});

test('what was taken is there when it is opened again, with what was counted', () => {
  const file = newFile();
  const first = openSpool(file, { mostRows: 3 });
  first.add([1, 2, 3, 4, 5].map((number) => row(number)));
  first.refuse(first.oldest(1)[0]!, 'it\'s "odd"\n');
  first.close();
  const second = openSpool(file);
  expect(second).toMatchObject({ waiting: 2, dropped: 2, refused: 1 });
  expect(texts(second)).toEqual(['row 4', 'row 5']);
});

test('over its bytes the oldest are dropped and counted, and the newest stay', () => {
  const file = newFile();
  const spool = openSpool(file, { mostBytes: 300_000 });
  const long = 'x'.repeat(1000);
  for (let number = 0; number < 100; number++)
    spool.add(Array.from({ length: 10 }, (_, i) => ({ ...row(number * 10 + i), text: long })));
  expect(spool.dropped).toBeGreaterThan(600);
  expect(spool.waiting + spool.dropped).toBe(1000);
  expect(spool.waiting).toBeGreaterThan(150);
  const times = spool.oldest(1000).map(({ at }) => at / 1000);
  expect(times).toEqual(Array.from({ length: spool.waiting }, (_, i) => spool.dropped + i));
  spool.close();
  open = [];
  const { size } = new Database(file, { readonly: true })
    .prepare('SELECT page_count * page_size AS size FROM pragma_page_count, pragma_page_size')
    .get() as { size: number };
  expect(size).toBeLessThan(400_000);
});

test('a disk that is nearly full is not filled further', () => {
  const disk = { size: 100e9, free: 50e9 };
  const spool = openSpool(newFile(), { room: () => disk });
  const long = 'x'.repeat(1000);
  const add = (from: number, count: number): void =>
    spool.add(Array.from({ length: count }, (_, i) => ({ ...row(from + i), text: long })));
  add(0, 3000);
  expect(spool.dropped).toBe(0);
  disk.free = 1e6;
  add(3000, 1000);
  expect(spool.dropped).toBeGreaterThan(500);
  expect(spool.waiting).toBeGreaterThan(2000);
});

test('a full disk takes nothing of a batch, and loses nothing that it has', () => {
  const spool = openSpool(newFile(), { mostPages: 12 });
  spool.add([row(1)]);
  const big = Array.from({ length: 100 }, (_, i) => ({ ...row(10 + i), text: 'x'.repeat(1000) }));
  expect(() => spool.add(big)).toThrow('database or disk is full');
  expect(spool.waiting).toBe(1);
  expect(texts(spool)).toEqual(['row 1']);
});

test('a batch ends with the row that fills it, and is never empty', () => {
  const spool = openSpool();
  spool.add([1, 2, 3].map((number) => ({ ...row(number), text: 'x'.repeat(100) })));
  expect(spool.oldest(10, 150)).toHaveLength(2);
  expect(spool.oldest(10, 1)).toHaveLength(1);
});

test('room is given back to the disk when all has arrived', () => {
  const file = newFile();
  const spool = openSpool(file);
  spool.add(Array.from({ length: 5000 }, (_, i) => ({ ...row(i), text: 'x'.repeat(500) })));
  while (spool.waiting > 0) spool.arrived(spool.oldest(500));
  spool.close();
  open = [];
  const pages = new Database(file, { readonly: true }).pragma('page_count', { simple: true });
  expect(pages).toBeLessThan(100);
});

test('a database of something else is refused', () => {
  const file = newFile();
  const other = new Database(file);
  other.exec('CREATE TABLE notes (text TEXT)');
  other.close();
  expect(() => new Spool(file)).toThrow(OtherSpoolError);
});

test('killed at random moments: what it said was kept is there, once', async () => {
  const file = newFile();
  // 1,000 with PACKDIAL_KILLS=1000.
  const kills = Number(process.env['PACKDIAL_KILLS'] ?? 4);
  let kept = 0;
  for (let kill = 0; kill < kills; kill++) {
    const child = spawn(process.execPath, [victim, file, String(kept + 1)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let said = '';
    const died = new Promise((resolve) => child.once('exit', resolve));
    await new Promise<void>((resolve) =>
      child.stdout.on('data', (text: Buffer) => {
        said += text.toString();
        resolve();
      }),
    );
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 30));
    child.kill('SIGKILL');
    await died;
    const told = Number(said.slice(0, said.lastIndexOf('\n')).split('\n').at(-1));
    const spool = new Spool(file);
    const numbers = spool.oldest(1e6).map(({ at }) => at);
    spool.close();
    expect(numbers.length).toBeGreaterThanOrEqual(told);
    // Nothing twice, nothing missing, in order.
    expect(numbers.every((number, i) => number === i + 1)).toBe(true);
    kept = numbers.length;
  }
  const database = new Database(file);
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
  database.close();
}, 600_000);

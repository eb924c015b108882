import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { HistoryDatabase } from '../../../src/io/recorders/history-database';
import { HistoryStore } from '../../../src/io/recorders/history-store';
import { temporaryFolder } from '../../temporary-folder';
import { bundled } from './temporary-history';

const victim = bundled('test/io/recorders/kill-victim.ts');
const workerFile = bundled('src/io/recorders/history-worker.ts');
const file = join(temporaryFolder(), 'history.sqlite');
const begin = Date.UTC(2026, 5, 1) / 1000;

/** Lets the program write from this number on and kills it at a moment that nobody chose; how far it had said that it came. */
async function killed(number: number): Promise<number> {
  const child = spawn(process.execPath, [victim, file, workerFile, String(number)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let said = '';
  const died = new Promise((resolve) => child.once('exit', resolve));
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (text: Buffer) => {
      said += text.toString();
      resolve();
    });
  });
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 100));
  child.kill('SIGKILL');
  await died;
  return Number(said.slice(0, said.lastIndexOf('\n')).split('\n').at(-1));
}

test('killed a hundred times at random moments: the database is whole, what it said was written is there, once', async () => {
  let number = begin;
  const runs: (readonly [from: number, to: number])[] = [];
  for (let time = 0; time < 100; time++) {
    const to = await killed(number);
    runs.push([number + 1, to]);
    // The next run begins minutes later, so that a block is over now and then, and one is killed while it is settled. All of it
    // is within the day that raw values are kept.
    number = to + 400;
  }
  const database = new HistoryDatabase(file);
  expect(database.db.pragma('integrity_check', { simple: true })).toBe('ok');
  const store = new HistoryStore(database);
  const from = begin * 1000;
  const to = (number + 100_000) * 1000;
  const query = (quantity: string) =>
    store.query({ device: 'battery', quantity, from, to, points: (to - from) / 1000 });
  expect(to - from).toBeLessThan(2 * 86_400_000);
  const buckets = query('power');
  const times = buckets.map(({ start }) => start / 1000);
  for (const [i, { count, last }] of buckets.entries()) {
    // Nothing twice, in order, and each value with its own time.
    if (count !== 1 || last !== times[i]! % 1000 || times[i]! <= (times[i - 1] ?? 0))
      expect(buckets[i]).toBeUndefined();
  }
  const known = new Set(times);
  for (const [first, last] of runs)
    for (let one = first; one <= last; one++) if (!known.has(one)) expect(one).toBe('written');
  expect(query('voltage').map(({ start }) => start / 1000)).toEqual(times);
  expect(runs.filter(([first, last]) => last > first).length).toBeGreaterThan(50);
  expect(store.unreadable).toBe(0);
  database.close();
}, 180_000);

import { join } from 'node:path';
import { HistoryDatabase } from '../../../src/io/recorders/history-database';
import { HistoryStore } from '../../../src/io/recorders/history-store';
import { times } from '../../run-counts';
import { temporaryFolder } from '../../temporary-folder';
import { killedWhileWriting } from './killed-program';
import { bundled } from './temporary-history';

const victim = bundled('test/io/recorders/kill-victim.ts');
const workerFile = bundled('src/io/recorders/history-worker.ts');
const file = join(temporaryFolder(), 'history.sqlite');
const begin = Date.UTC(2026, 5, 1) / 1000;
const kills = times('KILLS', 40);
/** s between two runs: all of them have to be within the day that raw values are kept. */
const pause = kills > 100 ? 40 : 400;

test(
  `killed ${kills} times at random moments: the database is whole, what it said was written is there, once`,
  async () => {
    let number = begin;
    const runs: (readonly [from: number, to: number])[] = [];
    for (let time = 0; time < kills; time++) {
      const to = await killedWhileWriting([victim, file, workerFile, String(number)]);
      runs.push([number + 1, to]);
      // The next run begins a while later, so that a block is over now and then, and one is killed while it is settled.
      number = to + pause;
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
    expect(runs.filter(([first, last]) => last > first).length).toBeGreaterThan(kills / 2);
    expect(store.unreadable).toBe(0);
    database.close();
  },
  180_000 + kills * 3000,
);

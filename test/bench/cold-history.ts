import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { HistoryDatabase } from '../../src/io/recorders/history-database';
import { HistoryStore } from '../../src/io/recorders/history-store';
import { tenYearsEnd as end, writeTenYears } from '../io/recorders/ten-years';
import { ms, ratio, type Figure } from './measure';
import { freshFolder } from './processes';

const hour = 3_600_000;
const day = 24 * hour;
const spans = [4 * hour, day, 2 * day, 7 * day, 31 * day, 366 * day, 3650 * day];

/** The slowest question to a history of ten years and 96 cells that the system has nothing of in memory, each asked once. */
export function coldHistory(): Figure {
  const folder = freshFolder();
  try {
    const file = join(folder, 'history.sqlite');
    const made = new HistoryDatabase(file);
    writeTenYears(made, 96, end);
    made.db.pragma('wal_checkpoint(TRUNCATE)');
    made.close();
    const answers: number[] = [];
    const reading: number[] = [];
    for (const span of spans)
      for (const quantity of ['power', 'cell7']) {
        forget(file);
        const begin = performance.now();
        const database = new HistoryDatabase(file);
        new HistoryStore(database).query({
          device: 'battery',
          quantity,
          from: end - span,
          to: end,
          points: 800,
        });
        answers.push(performance.now() - begin);
        database.close();
        forget(file);
        const readFrom = performance.now();
        readFileSync(file);
        reading.push(performance.now() - readFrom);
      }
    const [slowest, yardstick] = [Math.max(...answers), Math.max(...reading)];
    return {
      name: 'the slowest question to a cold history of ten years, opened for it',
      value: ms(slowest),
      yardstick: `${ms(yardstick)} (reading the file)`,
      ratio: ratio(slowest, yardstick),
      reach: '100 ms',
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Makes the system forget what it has of a file in memory, once it is on the disk. */
function forget(file: string): void {
  spawnSync('sync', [file]);
  spawnSync('dd', [`if=${file}`, 'iflag=nocache', 'count=0', 'status=none']);
}

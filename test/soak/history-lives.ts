import { HistoryDatabase } from '../../src/io/recorders/history-database';
import { HistoryStore } from '../../src/io/recorders/history-store';
import { SqliteRecorder } from '../../src/io/recorders/sqlite-recorder';
import { historyText } from '../../src/words/en';

// Starts the history and stops it again, as often as it is told, and has the garbage collected all the while: once as the
// display has it, with a thread of its own, and once in this thread. To be run with --expose-gc and collect.cjs; arguments:
// the database, the worker's code, how often. The last line it prints is the number of samples found at the end.

const [file = '', workerFile = '', lives = '1'] = process.argv.slice(2);
const begin = Date.UTC(2026, 5, 1);
const collect = globalThis.gc;

/** Two samples a life; ms since 1970 of the first of them. */
function timeOf(life: number): number {
  return begin + life * 2000;
}

/** Records a sample, asks for it and closes, with the thread of the display's history. */
async function liveInThread(life: number): Promise<void> {
  const at = timeOf(life);
  const recorder = new SqliteRecorder({ file, workerFile, wall: () => at, interval: 1 });
  recorder.record({
    device: 'battery',
    kind: 'battery',
    at,
    names: ['power'],
    values: Float64Array.of(life),
  });
  await recorder.query({ device: 'battery', quantity: 'power', from: at - 60_000, to: at + 1, points: 60 });
  await recorder.close();
  if (recorder.status.state !== 'up') throw new Error(historyText(recorder.status.report));
}

/** The same without a thread; nothing holds the closed database any more when the next one is opened. */
function liveHere(life: number): void {
  const at = timeOf(life) + 1000;
  const database = new HistoryDatabase(file);
  new HistoryStore(database).append(`here ${life}`, 1, [
    { device: 'battery', kind: 'battery', at, names: ['power'], values: Float64Array.of(life) },
  ]);
  database.checkpoint();
  database.close();
}

function found(): number {
  const database = new HistoryDatabase(file);
  const to = timeOf(Number(lives));
  const points = (to - begin) / 1000;
  const buckets = new HistoryStore(database).query({
    device: 'battery',
    quantity: 'power',
    from: begin,
    to,
    points,
  });
  const whole = database.db.pragma('integrity_check', { simple: true });
  database.close();
  if (whole !== 'ok') throw new Error(String(whole));
  return buckets.reduce((sum, { count }) => sum + count, 0);
}

async function main(): Promise<void> {
  if (collect === undefined) throw new Error('Run this with --expose-gc.');
  // The history's thread lets a process end.
  const alive = setInterval(() => undefined, 60_000);
  for (let life = 0; life < Number(lives); life++) {
    await liveInThread(life);
    collect();
    liveHere(life);
    collect();
  }
  clearInterval(alive);
  process.stdout.write(`${found()}\n`);
}

void main();

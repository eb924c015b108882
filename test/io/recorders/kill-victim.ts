import { SqliteRecorder } from '../../../src/io/recorders/sqlite-recorder';

// Records two values a millisecond, each a second later than the one before, until it is killed. Arguments: the database, the worker's
// code, and the number to begin with. It prints how far it was told that all is written.
const [file = '', workerFile = '', begin = '0'] = process.argv.slice(2);
let number = Number(begin);
const recorder = new SqliteRecorder({ file, workerFile, wall: () => number * 1000, interval: 5 });
setInterval(() => {
  for (let i = 0; i < 2; i++) {
    number++;
    recorder.record({
      device: 'battery',
      kind: 'battery' as const,
      at: number * 1000,
      names: ['power', 'voltage'],
      values: Float64Array.of(number % 1000, 350),
    });
  }
  const written = number - recorder.status.waiting;
  if (written > Number(begin)) process.stdout.write(`${written}\n`);
}, 1);
process.stdin.on('end', () => process.exit()).resume();

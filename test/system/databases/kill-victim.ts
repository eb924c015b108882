import { DatabaseRecorder } from '../../../src/io/databases/database-recorder';
import { DatabaseThread } from '../../../src/io/databases/database-thread';

// Records two rows every two milliseconds until it is killed. Arguments: the database's address, the spool, the worker's code, and
// the number to begin with. It prints up to which number all is said to be kept.
const [url = '', file = '', workerFile = '', begin = '1'] = process.argv.slice(2);
let number = Number(begin);
const handed: number[] = [];
const recorder = new DatabaseRecorder({
  url,
  file,
  place: 'here',
  limits: {},
  thread: new DatabaseThread(workerFile),
  longestDelay: 30,
});
setInterval(() => {
  for (let i = 0; i < 2; i++) {
    handed.push(number);
    recorder.record({
      device: 'house',
      kind: 'battery',
      at: Date.UTC(2026, 5, 1) + number * 1000,
      names: ['power'],
      values: Float64Array.of(number++),
    });
  }
  const kept = number - 1 - recorder.unkept;
  if (kept >= Number(begin)) process.stdout.write(`${kept}\n`);
}, 2);
process.stdin.on('end', () => process.exit()).resume();

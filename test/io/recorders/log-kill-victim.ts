import { LogAppender } from '../../../src/io/recorders/log-appender';
import { encodeLogRow } from '../../../src/protocol/powersafe-log';

// Appends lines to a log, each a second later than the one before, in batches of one to ten until it is killed. Arguments: the log, and
// the second to begin with. It prints how far it was told that all is on the disk.
const [file = '', begin = '0'] = process.argv.slice(2);
process.stdin.on('end', () => process.exit()).resume();

async function write(): Promise<never> {
  const appender = new LogAppender(file);
  for (let second = Number(begin); ;) {
    let lines = '';
    for (let left = 1 + (second % 10); left > 0; left--, second++) {
      const stamp = new Date(second * 1000);
      const values = { stateOfCharge: 77.5, voltage: 49.4, current: -34.12, power: -1685.5, ampHours: -12.5 };
      lines += `${encodeLogRow({ stamp, ...values, temperature: second % 60 })}\r\n`;
    }
    await appender.append(lines);
    process.stdout.write(`${second - 1}\n`);
  }
}

void write();

import { LogAppender } from '../../../src/io/recorders/log-appender';
import { encodeLogRow } from '../../../src/protocol/powersafe-log';

/** A process for the tests to kill: appends ten lines at a time, and says each second that the disk has. */
async function writeForever(path: string, first: number): Promise<void> {
  const log = new LogAppender(path);
  for (let second = first; ; second += 10) {
    const lines = Array.from({ length: 10 }, (_, i) =>
      encodeLogRow({
        stamp: new Date((second + i) * 1000),
        stateOfCharge: 50,
        voltage: 41.1,
        current: -34,
        power: -1397,
        ampHours: -1415.7,
        temperature: 36,
      }),
    );
    await log.append(`${lines.join('\n')}\n`);
    process.stdout.write(`${second + 9}\n`);
  }
}

void writeForever(process.argv[2] ?? '', Number(process.argv[3]));

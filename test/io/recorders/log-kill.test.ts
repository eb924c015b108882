import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseLogRow } from '../../../src/protocol/powersafe-log';
import { times } from '../../run-counts';
import { temporaryFolder } from '../../temporary-folder';
import { killedWhileWriting } from './killed-program';
import { bundled } from './temporary-history';

const kills = times('KILLS', 20);
const victim = bundled('test/io/recorders/log-kill-victim.ts');
const file = join(temporaryFolder(), 'PowerSafe100.log');
const begin = Date.UTC(2026, 5, 1) / 1000;

test(
  'the log of a program that is killed again and again is whole, and has each line that was written once',
  async () => {
    const written: number[] = [];
    let second = begin;
    for (let kill = 0; kill < kills; kill++) {
      const last = await killedWhileWriting([victim, file, String(second)]);
      for (let one = second; one <= last; one++) written.push(one);
      // The lines that were under way may be there, too; the next program goes on well behind them.
      second = last + 100;
    }
    // A last program mends what the last kill has left.
    await killedWhileWriting([victim, file, String(second)]);
    const lines = readFileSync(file, 'latin1').split('\r\n').slice(0, -1);
    const seconds = lines.map((line) => (parseLogRow(line)?.stamp.getTime() ?? NaN) / 1000);
    expect(lines.filter((line) => parseLogRow(line) === undefined)).toEqual([]);
    expect(seconds.filter((one, i) => i > 0 && one <= (seconds[i - 1] ?? NaN))).toEqual([]);
    const known = new Set(seconds);
    expect(written.filter((one) => !known.has(one))).toEqual([]);
    expect(written.length).toBeGreaterThan(kills);
  },
  180_000 + kills * 3000,
);

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LogAppender } from '../../../src/io/recorders/log-appender';
import { parseLogRow } from '../../../src/protocol/powersafe-log';

const root = resolve(__dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'packdial-kill-'));
const program = join(folder, 'writer.js');
const path = join(folder, 'PowerSafe100.log');
const kills = 100;

beforeAll(() => {
  execFileSync(process.execPath, ['build.mjs', 'test/io/recorders/log-writer.ts', program], { cwd: root });
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Seconds since 1970 of all lines, which must be whole. */
function seconds(): number[] {
  const text = readFileSync(path, 'latin1');
  if (text !== '' && !text.endsWith('\n')) throw new Error(`the last line is torn: ${text.slice(-60)}`);
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const row = parseLogRow(line);
      if (row === undefined) throw new Error(`not whole: ${JSON.stringify(line)}`);
      return row.stamp.getTime() / 1000;
    });
}

test(`killed ${kills} times at random moments, it keeps every line that it said to be kept, in order, and no other`, async () => {
  const first = Date.parse('2026-06-12T10:00:00Z') / 1000;
  let next = first;
  for (let kill = 0; kill < kills; kill++) {
    const writer = spawn(process.execPath, [program, path, String(next)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let kept = next - 1;
    writer.stdout.on('data', (chunk: Buffer) => {
      kept = Number(chunk.toString().trimEnd().split('\n').at(-1));
    });
    // Also before its first line, and in the middle of a write.
    if (kill % 10 > 0) await once(writer.stdout, 'data');
    await sleep(Math.random() * 8);
    writer.kill('SIGKILL');
    await once(writer, 'close');
    // A kill leaves in the file what a power cut would not: a part of it goes too.
    const { length } = readFileSync(path, { flag: 'a+' });
    if (kill % 3 === 0) {
      const torn = Math.max(length - Math.floor(Math.random() * 54), (kept - first + 1) * 54);
      if (torn < length) truncateSync(path, torn);
    }
    await new LogAppender(path).append('');
    const found = seconds();
    expect(found).toEqual(Array.from({ length: found.length }, (_, i) => first + i));
    expect(first + found.length - 1).toBeGreaterThanOrEqual(kept);
    next = first + found.length;
  }
  expect(next - first).toBeGreaterThan(kills * 10);
}, 120_000);

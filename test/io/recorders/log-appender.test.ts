import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { LogAppender } from '../../../src/io/recorders/log-appender';
import { temporaryFolder } from '../../temporary-folder';
import { FailingFiles, type Mishap } from './failing-files';

const folder = temporaryFolder();

let next = 0;
function fresh(before?: string): {
  path: string;
  files: FailingFiles;
  log: LogAppender;
  content: () => string;
} {
  const path = join(folder, `${next++}.log`);
  if (before !== undefined) writeFileSync(path, before, 'latin1');
  const files = new FailingFiles();
  return { path, files, log: new LogAppender(path, files), content: () => readFileSync(path, 'latin1') };
}
const row = (second: number): string =>
  `06/12/2026 10:00:${String(second).padStart(2, '0')} ,11.5,41.1,-34,-1397,-1415.70,036\n`;

test('S0.71: lines are appended, each write is on the disk when it is told so', async () => {
  const { log, files, content } = fresh();
  expect(await log.append(row(1) + row(2))).toBe(content().length);
  await log.append(row(3));
  expect(content()).toBe(row(1) + row(2) + row(3));
  expect([files.syncs, files.opened]).toEqual([2, 0]);
});

test('without any lines the log is made, and not written', async () => {
  const { log, files, content } = fresh();
  await log.append('');
  expect([content(), files.syncs]).toEqual(['', 0]);
});

test('a torn last line is cut off, and only the end of the log is read for that', async () => {
  const before = row(1).repeat(20_000);
  const { log, content } = fresh(before + row(2).slice(0, 30));
  await log.append(row(3));
  expect(content()).toBe(before + row(3));
});

test('zeros that a file system leaves after a cut are cut off, however many', async () => {
  const { log, content } = fresh(row(1) + row(2) + '\0'.repeat(100_000));
  await log.append(row(3));
  expect(content()).toBe(row(1) + row(2) + row(3));
});

test('a log of another version is left as it is and continued', async () => {
  for (const before of ['Time;SOC;Volts\n2017-01-01;1;2\n', 'Time,SOC', 'x'.repeat(9000)]) {
    const { log, content } = fresh(before);
    await log.append(row(1));
    expect(content()).toBe(before + (before.endsWith('\n') ? '' : '\n') + row(1));
  }
});

test('a log that was removed or replaced while it is written is found again', async () => {
  const { log, path, content } = fresh();
  await log.append(row(1));
  rmSync(path);
  await log.append(row(2));
  expect(content()).toBe(row(2));
  renameSync(path, `${path}.old`);
  writeFileSync(path, row(3).slice(0, 9));
  await log.append(row(4));
  expect(content()).toBe(row(4));
  // Somebody else has written to it, and was interrupted.
  writeFileSync(path, row(5) + row(6).slice(0, 20));
  await log.append(row(7));
  expect(content()).toBe(row(5) + row(7));
});

test('a disk that takes a few bytes at a time gets everything', async () => {
  const { log, files, content } = fresh();
  files.shortest = 7;
  await log.append(row(1) + row(2));
  expect(content()).toBe(row(1) + row(2));
});

const mishaps: readonly Mishap[] = [
  { in: 'open', code: 'EROFS' },
  { in: 'open', code: 'EACCES' },
  { in: 'write', code: 'EIO' },
  { in: 'write', code: 'ENOSPC' },
  { in: 'datasync', code: 'EIO' },
  { in: 'room', code: 'EIO' },
];

test.each(mishaps)(
  '$code in $in is told, nothing is added, and the next try is as the first',
  async (mishap) => {
    const { log, files, content } = fresh(row(1));
    await log.append(row(2));
    files.mishaps = [mishap];
    await expect(log.append(row(3))).rejects.toThrow(mishap.code);
    expect(content()).toBe(row(1) + row(2));
    files.mishaps = [];
    await log.append(row(3) + row(4));
    expect(content()).toBe(row(1) + row(2) + row(3) + row(4));
    expect(files.opened).toBe(0);
  },
);

test('a disk that is full in the middle of a line, and refuses to take it back, does not double any line', async () => {
  const { log, files, content } = fresh(row(1));
  await log.append('');
  files.left = 100;
  files.mishaps = [{ in: 'truncate', code: 'EIO' }];
  await expect(log.append(row(2) + row(3))).rejects.toThrow('ENOSPC');
  expect(content()).toHaveLength(row(1).length + 100);
  files.left = Infinity;
  await expect(log.append(row(2) + row(3))).rejects.toThrow('EIO');
  files.mishaps = [];
  await log.append(row(2) + row(3));
  expect(content()).toBe(row(1) + row(2) + row(3));
});

test('a log that is a folder is told and not touched', async () => {
  const path = join(folder, 'folder.log');
  mkdirSync(path);
  await expect(new LogAppender(path, new FailingFiles()).append(row(1))).rejects.toThrow('EISDIR');
  expect(existsSync(path)).toBe(true);
});

test.each([
  [32e9, 499e6, 500e6],
  [2e9, 99e6, 100e6],
])('of a disk of %d bytes a reserve is left to the system', async (size, free, reserve) => {
  const { log, files, content } = fresh(row(1));
  Object.assign(files, { size, free });
  await expect(log.append(row(2))).rejects.toMatchObject({ name: 'DiskReserveError', free, reserve });
  files.free += 2e6;
  await log.append(row(2));
  expect(content()).toBe(row(1) + row(2));
});

test('a disk that does not tell its size is written to', async () => {
  const { log, files, content } = fresh();
  Object.assign(files, { size: 0, free: 0 });
  await log.append(row(1));
  expect(content()).toBe(row(1));
});

test('whatever fails and when, what was told to be written is there once, in order, and nothing else', async () => {
  const fault = fc.oneof(
    fc.constant(undefined),
    fc.constantFrom(...mishaps),
    fc.constantFrom<Mishap>({ in: 'truncate', code: 'EIO' }, { in: 'read', code: 'EIO' }),
    fc.integer({ min: 1, max: 200 }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fault, fc.boolean()), { maxLength: 12 }), async (faults) => {
      const { log, files, content } = fresh();
      let second = 0;
      let waiting = '';
      let told = '';
      for (const [each, alsoNoWayBack] of [...faults, [undefined, false] as const]) {
        files.mishaps = typeof each === 'object' ? [each] : [];
        if (alsoNoWayBack) files.mishaps.push({ in: 'truncate', code: 'EIO' });
        files.left = typeof each === 'number' ? each : Infinity;
        waiting += row(second++ % 60);
        try {
          await log.append(waiting);
          told += waiting;
          waiting = '';
        } catch {
          // Tried again with the next line.
        }
      }
      expect(content()).toBe(told);
      expect(waiting).toBe('');
    }),
    { numRuns: 200 },
  );
});

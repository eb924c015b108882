import { mkdirSync, readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import * as files from 'node:fs/promises';
import { join } from 'node:path';
import { LogCopy, type LogCopyParts } from '../../../src/io/stick/log-copy';
import { StickError } from '../../../src/io/stick/choose-stick';
import { actionText } from '../../../src/words/en';
import type { Stick } from '../../../src/io/stick/stick';
import type { ActionView } from '../../../src/model/action-view';
import { temporaryFolder } from '../../temporary-folder';

const root = temporaryFolder();
const row = '06/12/2026 10:00:00 ,11.5,41.1,-34,-1397,-1415.70,036\n';

let next = 0;
/** A view as it is read on the screen. */
function shown(view: ActionView) {
  const { state, progress } = view;
  return { state, text: actionText(view), progress };
}

/** A log of so many lines, a folder that stands for a stick, and a copy from one to the other. */
function copying(lines: number, options: { stick?: Partial<Stick>; parts?: Partial<LogCopyParts> } = {}) {
  const folder = join(root, String(next++));
  mkdirSync(join(folder, 'stick'), { recursive: true });
  const path = join(folder, 'PowerSafe100.log');
  const content = row.repeat(lines);
  writeFileSync(path, content);
  const released: boolean[] = [];
  const views: ReturnType<typeof shown>[] = [];
  const stick: Stick = {
    folder: join(folder, 'stick'),
    version: 'FAT32',
    largestFile: 2 ** 32 - 1,
    present: () => Promise.resolve(true),
    release: () => {
      released.push(true);
      return Promise.resolve(true);
    },
    ...options.stick,
  };
  let now = 0;
  const copy = new LogCopy({
    path,
    stick: () => Promise.resolve(stick),
    onChange: (view) => views.push(shown(view)),
    clock: { monotonic: () => (now += 300) },
    ...options.parts,
  });
  const run = async () => {
    copy.start();
    await copy.finished;
    return shown(copy.view);
  };
  const onStick = (): string[] => readdirSync(stick.folder).sort();
  const read = (name: string): string => readFileSync(join(stick.folder, name), 'latin1');
  return { copy, run, path, content, stick, views, released, onStick, read };
}

afterEach(() => jest.restoreAllMocks());

/** The prototype of open files, whose calls can be made to fail. */
async function openFiles(): Promise<files.FileHandle> {
  const handle = await files.open(__filename);
  await handle.close();
  return Object.getPrototypeOf(handle) as files.FileHandle;
}
const failing = (code: string): Error => Object.assign(new Error(code), { code });

test('S0.67: COPY LOG copies the log, flushed before, checks it, gives the stick back, and says so', async () => {
  const flush = jest.fn(() => Promise.resolve());
  const { copy, run, content, views, released, onStick, read } = copying(20_000, { parts: { flush } });
  expect(shown(copy.view)).toEqual({ state: 'idle', text: '', progress: undefined });
  expect(await run()).toEqual({
    state: 'done',
    text: 'PowerSafe100.log (1.1 MB) is on the stick, checked; it is safe to pull.',
    progress: 1,
  });
  expect(onStick()).toEqual(['PowerSafe100.log']);
  expect(read('PowerSafe100.log')).toBe(content);
  expect([flush.mock.calls.length, released]).toEqual([1, [true]]);
  expect(views[0]?.text).toBe('Looking for the stick BATTERY.');
  expect(views.map(({ text }) => text)).toContain('Finishing: leave the stick in.');
  const progress = views.map((view) => view.progress).filter((each) => each !== undefined);
  expect(progress.length).toBeGreaterThan(8);
  expect(progress).toEqual([...progress].sort((a, b) => a - b));
  expect(views.some(({ text }) => /^Copying PowerSafe100\.log: .* of 1\.1 MB\.$/.test(text))).toBe(true);
  expect(views.some(({ text }) => /^Checking the copy: .* of 1\.1 MB\.$/.test(text))).toBe(true);
});

test('S0.67: where a file of the stick is too small for the log it is copied in parts, and they are named', async () => {
  const { run, content, onStick, read } = copying(100, { stick: { largestFile: 3000, version: 'FAT16' } });
  expect((await run()).text).toMatch(
    /^The log \(6 kB\) is on the stick, checked, as 2 files from PowerSafe100-part1of2\.log to PowerSafe100-part2of2\.log, for a file of FAT16 holds/,
  );
  expect(onStick()).toEqual(['PowerSafe100-part1of2.log', 'PowerSafe100-part2of2.log']);
  expect(onStick().map(read).join('')).toBe(content);
  expect(read('PowerSafe100-part1of2.log').endsWith('\n')).toBe(true);
});

test('an earlier copy stays, under the time at which it was made', async () => {
  const { run, content, stick, onStick, read } = copying(10);
  const earlier = join(stick.folder, 'PowerSafe100.log');
  writeFileSync(earlier, 'earlier');
  const made = new Date(2026, 10, 20, 18, 30);
  utimesSync(earlier, made, made);
  expect((await run()).text).toContain('; the copy from before is kept as PowerSafe100-2026-11-20-1830.log;');
  expect(onStick()).toEqual(['PowerSafe100-2026-11-20-1830.log', 'PowerSafe100.log']);
  expect([read('PowerSafe100-2026-11-20-1830.log'), read('PowerSafe100.log')]).toEqual(['earlier', content]);
});

test('what a power cut has left half copied is thrown away', async () => {
  const { run, stick, onStick } = copying(10);
  writeFileSync(join(stick.folder, 'PowerSafe100.log.unfinished'), 'half');
  writeFileSync(join(stick.folder, 'PowerSafe100-part1of2.log.unfinished'), 'half');
  writeFileSync(join(stick.folder, 'holiday.jpg'), 'photo');
  expect((await run()).state).toBe('done');
  expect(onStick()).toEqual(['PowerSafe100.log', 'holiday.jpg']);
});

test('lines that are logged meanwhile belong to the next copy', async () => {
  const { run, path, content, read } = copying(50_000, {
    parts: {
      onChange: ({ report }) => {
        if (report?.code === 'copy-copying') writeFileSync(path, 'more', { flag: 'a' });
      },
    },
  });
  expect((await run()).state).toBe('done');
  expect(read('PowerSafe100.log')).toBe(content);
});

test('S0.67: stopped midway, nothing of the copy stays, and the earlier one is as it was', async () => {
  const { copy, run, stick, onStick, read, released } = copying(100_000, {
    parts: { onChange: ({ report }) => report?.code === 'copy-copying' && copy.cancel() },
  });
  writeFileSync(join(stick.folder, 'PowerSafe100.log'), 'earlier');
  expect(await run()).toEqual({
    state: 'failed',
    text: 'Copying was stopped: nothing of this copy is left on the stick.',
    progress: undefined,
  });
  expect([onStick(), read('PowerSafe100.log'), released]).toEqual([['PowerSafe100.log'], 'earlier', [true]]);
  // It can be begun again.
  copy.start();
  copy.start();
  await copy.finished;
});

test('a stick that says no is quoted', async () => {
  const sentence = 'The stick BATTERY is write protected: move its switch or plug in another.';
  const { run } = copying(1, {
    parts: { stick: () => Promise.reject(new StickError({ code: 'stick-write-protected', values: {} })) },
  });
  expect(await run()).toEqual({ state: 'failed', text: sentence, progress: undefined });
});

test('without a log, or with an empty one, there is nothing to copy', async () => {
  const empty = copying(0);
  expect((await empty.run()).text).toBe('The log is empty: there is nothing to copy yet.');
  const none = copying(1);
  rmSync(none.path);
  expect((await none.run()).text).toBe('There is no log yet: there is nothing to copy.');
  expect(none.released).toEqual([true]);
});

test.each([
  [
    'ENOSPC',
    true,
    /^The stick BATTERY is full \([\d.]+ [kMG]B free\): delete something from it or take a larger one\.$/,
  ],
  ['EROFS', true, /^The stick BATTERY can only be read any more: its files are damaged, check it on a PC\.$/],
  ['EIO', true, /^The stick BATTERY does not take the copy: the disk fails; take another one\.$/],
  ['EIO', false, /^The stick was pulled out before the copy was complete: plug it in and copy again\.$/],
])('S0.67: %s with a stick that is there: %s', async (code, present, sentence) => {
  const { run, onStick, released } = copying(10_000, { stick: { present: () => Promise.resolve(present) } });
  jest.spyOn(await openFiles(), 'write').mockRejectedValue(failing(code));
  expect(await run()).toEqual({
    state: 'failed',
    text: expect.stringMatching(sentence) as string,
    progress: undefined,
  });
  expect([onStick(), released]).toEqual([[], [true]]);
});

test('S0.67: a stick that keeps something else than it was given is found out', async () => {
  const { run, onStick } = copying(100);
  const prototype = await openFiles();
  const write = Object.getOwnPropertyDescriptor(prototype, 'write')!.value as (
    this: unknown,
    ...args: unknown[]
  ) => Promise<unknown>;
  jest.spyOn(prototype, 'write').mockImplementation(function (this: unknown, ...args: unknown[]) {
    const spoiled = Buffer.from(args[0] as Uint8Array);
    spoiled[7] = 0x58;
    return write.call(this, spoiled, ...args.slice(1)) as never;
  });
  expect((await run()).text).toBe(
    'What was read back from the stick BATTERY is not the log: take another stick.',
  );
  expect(onStick()).toEqual([]);
});

test('a stick that somebody else has mounted is not said to be safe to pull', async () => {
  const { run } = copying(10, { stick: { release: () => Promise.resolve(false) } });
  expect((await run()).text).toMatch(/; eject it where it is mounted before you pull it\.$/);
});

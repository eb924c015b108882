import { mkdtempSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { HistoryFile } from '../../../src/io/recorders/history-file';
import { temporaryFolder } from '../../temporary-folder';
import { sampleAt } from './temporary-history';
import { historyEventText } from '../../../src/words/en';

const minute = 60_000;
const hour = 60 * minute;
const start = Date.UTC(2026, 5, 1);
const top = temporaryFolder();

/** Numbers that can't be packed well. */
let seed = 1;
const random = (): number => (seed = (seed * 48_271) % 2_147_483_647);

/** A history of some hours of a battery, on a disk whose room is said here. */
function history(hours: number) {
  const path = join(mkdtempSync(join(top, 'room-')), 'history.sqlite');
  const disk = { size: 32e9, free: 20e9 };
  const notes: string[] = [];
  let monotonic = 0;
  const file = new HistoryFile({
    file: path,
    note: (event) => notes.push(historyEventText(event)),
    wall: () => new Date(start + hours * hour),
    monotonic: () => monotonic,
    room: () => disk,
  });
  let sequence = 1;
  const write = (from: number, count: number, step = 2000): void => {
    const samples = Array.from({ length: count }, (_, i) =>
      sampleAt(from + i * step, { voltage: 40 + (random() % 1000) / 100, power: random() % 10_007 }),
    );
    file.write('run', sequence, samples);
    sequence += count;
  };
  const settle = (now: number): void => {
    while (file.tidy(now));
  };
  for (let h = 0; h < hours; h++) write(start + h * hour, 1800);
  settle(start + hours * hour + 5 * minute);
  const query = (from: number, to: number, points: number) =>
    file.query({ device: 'battery', quantity: 'voltage', from, to, points });
  const pass = (ms: number): void => {
    monotonic += ms;
  };
  return { path, disk, notes, file, write, settle, query, pass };
}

test('a disk that is nearly full costs single seconds, the oldest first, and nothing that was made of them', () => {
  const { disk, notes, query, write, pass, file } = history(12);
  const end = start + 12 * hour;
  const coarse = query(start, end, 72);
  expect(query(start, start + hour, 1800)).toHaveLength(1800);
  disk.free = 300e6;
  pass(minute);
  write(end, 1);
  expect(notes).toEqual([expect.stringMatching(/^The disk is nearly full: the history gives up its oldest/)]);
  // The first two hours are told by two minutes now, the others as before.
  expect(query(start, start + hour, 1800)).toHaveLength(30);
  expect(query(start + 3 * hour, start + 4 * hour, 1800)).toHaveLength(1800);
  expect(query(start, end, 72)).toEqual(coarse);
  // One bit a minute, and told once.
  write(end + 2000, 1);
  expect(query(start + 3 * hour, start + 4 * hour, 1800)).toHaveLength(1800);
  pass(minute);
  write(end + 4000, 1);
  expect(query(start + 3 * hour, start + 4 * hour, 1800)).toHaveLength(30);
  expect(notes).toHaveLength(1);
  // With room again it goes on as if nothing had been.
  disk.free = 20e9;
  pass(minute);
  write(end + 6000, 1);
  pass(10 * minute);
  write(end + 8000, 1);
  expect(query(start + 5 * hour, start + 6 * hour, 1800)).toHaveLength(1800);
  expect(query(end, end + minute, 30)).toHaveLength(5);
  file.close();
});

test('what is given up is given back to the disk', () => {
  const { path, disk, write, pass, file } = history(12);
  file.close();
  const before = statSync(path).size;
  disk.free = 300e6;
  for (let i = 0; i < 6; i++) {
    pass(minute);
    write(start + 12 * hour + i * 2000, 1);
  }
  // What was written to its log is in the file when it is closed.
  file.close();
  expect(statSync(path).size).toBeLessThan(before * 0.7);
});

test('when there is nothing more to give up, nothing is written, which is told, until there is room', () => {
  const { disk, write, pass, query, file } = history(2);
  const end = start + 2 * hour;
  disk.free = 300e6;
  pass(minute);
  write(end, 1);
  pass(minute);
  expect(() => write(end + 2000, 1)).toThrow('the disk is nearly full');
  expect(() => write(end + 2000, 1)).toThrow('the disk is nearly full');
  expect(query(end, end + minute, 30)).toHaveLength(1);
  disk.free = 20e9;
  write(end + 2000, 1);
  expect(query(end, end + minute, 30)).toHaveLength(2);
  file.close();
});

test('late values of hours whose seconds were given up are added to what is left of them', () => {
  const { disk, write, pass, settle, query, file } = history(4);
  disk.free = 300e6;
  pass(minute);
  write(start + 4 * hour, 1);
  disk.free = 20e9;
  pass(minute);
  const [before] = query(start, start + 2 * minute, 1);
  write(start + 1000, 1);
  settle(start + 4 * hour + 5 * minute);
  const [after] = query(start, start + 2 * minute, 1);
  expect(after!.count).toBe(before!.count + 1);
  file.close();
});

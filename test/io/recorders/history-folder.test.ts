import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { HistoryDatabase } from '../../../src/io/recorders/history-database';
import { historyTrouble } from '../../../src/io/recorders/history-trouble';
import { historyText } from '../../../src/words/en';
import { temporaryFolder } from '../../temporary-folder';

const folder = temporaryFolder();

// wrolpi#568: a data folder on a file system without shared memory maps, such as 9p. A folder in the place of the file for
// that memory makes SQLite do without it as well.
test('a folder in which no memory can be shared keeps the history all the same', () => {
  const file = join(folder, 'history.sqlite');
  mkdirSync(`${file}-shm`);
  for (let start = 1; start <= 3; start++) {
    const database = new HistoryDatabase(file);
    expect(database.db.pragma('journal_mode', { simple: true })).toBe('wal');
    database.makeSeries('battery', 'battery', `quantity ${start}`);
    expect(database.allSeries()).toHaveLength(start);
    database.db.close();
  }
  expect(readdirSync(`${file}-shm`)).toEqual([]);
});

test('a folder that can not even lock files is named as what is wrong', () => {
  for (const code of ['SQLITE_IOERR_SHMMAP', 'SQLITE_IOERR_LOCK', 'SQLITE_PROTOCOL']) {
    const trouble = historyTrouble(Object.assign(new Error('disk I/O error'), { code }));
    expect(historyText({ ...trouble })).toMatch(/the file system of its folder can't lock files/);
  }
});

test('elsewhere others may read it while it is open', () => {
  const file = join(folder, 'shared.sqlite');
  const [one, other] = [new HistoryDatabase(file), new HistoryDatabase(file)];
  one.makeSeries('battery', 'battery', 'soc');
  other.loadSeries();
  expect(other.allSeries()).toHaveLength(1);
  one.db.close();
  other.db.close();
});

test('a folder that can not be written is told as such', () => {
  expect(() => new HistoryDatabase(join(folder, 'none', 'history.sqlite'))).toThrow(
    /does not exist|unable to open/,
  );
});

test.each([
  ['a folder in its place', (file: string) => mkdirSync(file), 'it is a folder'],
  [
    'a link to a disk that is gone',
    (file: string) => symlinkSync('/no/disk/x', file),
    'its folder is missing',
  ],
  ['a link that leads to itself', (file: string) => symlinkSync(file, file), 'its link leads to itself'],
])('%s is named', (_, make, words) => {
  const file = join(folder, `named-${words.length}`, 'history.sqlite');
  mkdirSync(dirname(file));
  make(file);
  let trouble: ReturnType<typeof historyTrouble> | undefined;
  try {
    new HistoryDatabase(file).db.close();
  } catch (error) {
    trouble = historyTrouble(error);
  }
  expect(trouble && historyText(trouble)).toBe(
    `No history is written: history.sqlite can't be opened: ${words}`,
  );
});

test.each([
  ['EROFS', 'No history is written: the disk can only be read'],
  ['EACCES', 'No history is written: its file belongs to another user'],
])('what the system says is told: %s', (code, words) =>
  expect(historyText(historyTrouble(Object.assign(new Error(code), { code })))).toBe(words),
);

import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
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

import Database from 'better-sqlite3';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { HistoryDatabase } from '../../../src/io/recorders/history-database';
import { rawTier } from '../../../src/model/history/tiers';
import { temporaryFolder } from '../../temporary-folder';

const fs = jest.requireActual<{ statfsSync(): { bavail: number; bsize: number } }>('node:fs');
const top = temporaryFolder();

/** A history as the first release made it, which could not give anything back to the disk, with 1,000 pieces in it. */
function oldHistory(name: string): string {
  const file = join(top, name);
  const tier = rawTier;
  const made = new HistoryDatabase(file);
  const series = made.makeSeries('battery', 'battery', 'voltage')!;
  made.db.transaction(() => {
    for (let i = 0; i < 1000; i++) made.putPiece(tier, series, i * tier.piece, new Uint8Array(4000).fill(i));
  })();
  made.close();
  const db = new Database(file);
  db.pragma('journal_mode = DELETE');
  db.pragma('auto_vacuum = NONE');
  db.exec('VACUUM');
  expect(db.pragma('auto_vacuum', { simple: true })).toBe(0);
  db.close();
  return file;
}

const sizeOf = (file: string): number => statSync(file).size;

test('a very old history gives back to the disk what is thrown away, and has lost nothing', () => {
  const file = oldHistory('old.sqlite');
  const full = sizeOf(file);
  const tier = rawTier;
  const history = new HistoryDatabase(file);
  const series = history.series('battery', 'voltage')!;
  expect(history.pieces(tier, series, 0, 1000 * tier.piece)).toHaveLength(1000);
  history.dropPieces(tier, series, 900 * tier.piece);
  for (let i = 0; i < 5; i++) history.shrink();
  const left = history.pieces(tier, series, 0, 1000 * tier.piece);
  expect(left.map((piece) => piece[0])).toEqual(Array.from({ length: 100 }, (_, i) => (900 + i) & 0xff));
  history.close();
  expect(sizeOf(file)).toBeLessThan(full / 5);
});

test('it is written anew once, and not at every start', () => {
  const file = oldHistory('once.sqlite');
  const exec = jest.spyOn(Database.prototype, 'exec');
  const written = (): number => exec.mock.calls.filter(([what]) => what === 'VACUUM').length;
  for (let start = 0; start < 3; start++) {
    new HistoryDatabase(file).close();
    expect(written()).toBe(1);
  }
  exec.mockRestore();
});

test('one for which there is no room stays as it is', () => {
  const file = oldHistory('full.sqlite');
  const room = jest.spyOn(fs, 'statfsSync').mockReturnValue({ bavail: 1000, bsize: 4096 });
  const history = new HistoryDatabase(file);
  room.mockRestore();
  expect(history.db.pragma('auto_vacuum', { simple: true })).toBe(0);
  expect(
    history.pieces(rawTier, history.series('battery', 'voltage')!, 0, 1000 * rawTier.piece),
  ).toHaveLength(1000);
  history.close();
});

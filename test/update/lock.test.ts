import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from '../../src/update/lock';
import { folderOfEachTest } from '../temporary-folder';
import { refusal } from './trial-machine';

const folder = folderOfEachTest();
const lock = (): string => join(folder(), 'lock');

test('one works at a time; afterwards, the next may, also after an error', async () => {
  await withLock(lock(), async () => {
    expect(await refusal(withLock(lock(), () => Promise.resolve()))).toBe('Another update is going on.');
  });
  await expect(withLock(lock(), () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await withLock(lock(), () => Promise.resolve(5))).toBe(5);
  expect(existsSync(lock())).toBe(false);
});

test.each(['999999999', 'nonsense', '', '-1', '0'])(
  'a lock of nobody alive (%s) does not count',
  async (content) => {
    writeFileSync(lock(), content);
    expect(await withLock(lock(), () => Promise.resolve(5))).toBe(5);
  },
);

test('without a place for it nothing is done', async () => {
  expect(await refusal(withLock(join(folder(), 'missing', 'lock'), () => Promise.resolve()))).toMatch(
    /can't be taken: its folder is missing/,
  );
});

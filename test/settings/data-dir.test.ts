import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataDir } from '../../src/settings/data-dir';
import { temporaryFolder } from '../temporary-folder';

const folder = temporaryFolder();

test('a link to a folder is as good as the folder, and its name may have spaces and 255 letters', () => {
  const target = join(folder, `a b ${'n'.repeat(251)}`);
  mkdirSync(target);
  const link = join(folder, 'link');
  symlinkSync(target, link);
  expect([dataDir({ dataDir: target }), dataDir({ dataDir: link })]).toEqual([target, link]);
});

const link = (name: string, target: string): void => symlinkSync(target, join(folder, name));

test.each([
  [
    'gone',
    () => link('gone', '/no/disk'),
    `${join(folder, 'gone')} is a link to /no/disk, which is not there (a disk that is not plugged in or not mounted?)`,
  ],
  ['loop', () => link('loop', 'loop'), 'its link leads to itself'],
  ['file', () => writeFileSync(join(folder, 'file'), ''), 'a part of the path is a file and no folder'],
  ['n'.repeat(256), () => undefined, 'its name is too long'],
])('what is no folder is refused with what it is: %.8s', (name, make, reason) => {
  make();
  const path = join(folder, name);
  expect(() => dataDir({ dataDir: path })).toThrow(
    `The data folder ${path} can't be written: ${reason}; name another with --data-dir.`,
  );
});

test('a folder within a link that leads nowhere names the link', () => {
  link('away', '/no/disk');
  expect(() => dataDir({ dataDir: join(folder, 'away', 'packdial') })).toThrow(
    `: ${join(folder, 'away')} is a link to /no/disk, which is not there`,
  );
});

import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lastGoodFile, readSettingsFile } from '../../src/settings/settings-file';
import {
  keepLastGood,
  readGoodSettings,
  saveSettings,
  settingsInFile,
} from '../../src/settings/settings-store';
import { noticeWords } from '../../src/words/en';
import { folderOfEachTest } from '../temporary-folder';

const folder = folderOfEachTest();
const file = (): string => join(folder(), 'settings.json');
const contentOf = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

test('what is saved is in the file and in its last good copy, with the rights that the file had', async () => {
  writeFileSync(file(), '{"port": 7000}');
  chmodSync(file(), 0o640);
  await saveSettings(file(), { port: 7001 });
  expect([contentOf(file()), contentOf(lastGoodFile(file()))]).toEqual([{ port: 7001 }, { port: 7001 }]);
  expect(statSync(file()).mode & 0o777).toBe(0o640);
  expect(existsSync(`${file()}.new`)).toBe(false);
});

test('a file that is not there yet is made, and its folder too', async () => {
  const deep = join(folder(), 'packdial', 'settings.json');
  await saveSettings(deep, { port: 7001 });
  expect(contentOf(deep)).toEqual({ port: 7001 });
});

test.each([
  [
    'a folder that is missing',
    (path: string) => join(path, 'a', 'b', 'settings.json'),
    /its folder is missing/,
  ],
  [
    'a folder in its place',
    (path: string) => (mkdirSync(join(path, 'd')), join(path, 'd')),
    /it is a folder|EEXIST|ENOTEMPTY/,
  ],
  [
    'a file as folder',
    (path: string) => (writeFileSync(join(path, 'f'), ''), join(path, 'f', 's.json')),
    /a part of the path is a file and no folder/,
  ],
])('%s is one sentence', async (_, place, sentence) => {
  await expect(saveSettings(place(folder()), { port: 7001 })).rejects.toThrow(sentence);
});

test.each([
  ['empty', ''],
  ['cut off', '{"port": 70'],
  ['of another kind', '[]'],
  ['of zeros', '\0\0\0\0'],
  ['with an unknown key', '{"moon": 1}'],
  ['with an impossible value', '{"port": 70000}'],
])(
  'a settings file that is %s gives way to the last good one, and one sentence says so',
  async (_, content) => {
    await saveSettings(file(), { port: 7001, brightness: 80 });
    writeFileSync(file(), content);
    const { inFile, notice } = readGoodSettings(file());
    expect(inFile).toEqual({ port: 7001, brightness: 80 });
    const sentence = notice && noticeWords(notice).text;
    expect(sentence).toContain(file());
    expect(sentence).toMatch(/^[^\n]+[^.]; the last good settings are in use\.$/);
    expect(readFileSync(file(), 'utf8')).toBe(content);
    expect(await settingsInFile(file())).toBeUndefined();
  },
);

test('what a newer release has set is kept, not used, and said; whoever saves keeps it too', async () => {
  writeFileSync(file(), '{"moon": "full", "port": 7003}');
  // The newer release has found it good.
  writeFileSync(lastGoodFile(file()), '{"moon": "new", "port": 7001}');
  const { inFile, notice } = readGoodSettings(file());
  expect(inFile).toEqual({ moon: 'full', port: 7003 });
  expect(notice && noticeWords(notice).text).toBe(
    `${file()}: this release does not know "moon", which a newer one has set; it is kept for that, and not used.`,
  );
  expect(await settingsInFile(file())).toEqual(inFile);

  // Damaged now, the copy is in use, and nothing of it is lost either.
  writeFileSync(file(), '{');
  expect(readGoodSettings(file())).toMatchObject({
    inFile: { moon: 'new', port: 7001 },
    notice: { code: 'settings-damaged' },
  });
});

test('a mistyped name beside one of a newer release is a mistake all the same', async () => {
  writeFileSync(file(), '{"moon": "full", "prot": 7003}');
  writeFileSync(lastGoodFile(file()), '{"moon": "full"}');
  expect(() => readSettingsFile(file())).toThrow(/"prot" is not a setting; did you mean "port"\?/);
  expect(await settingsInFile(file())).toBeUndefined();
  expect(readGoodSettings(file())).toMatchObject({ inFile: { moon: 'full' } });
});

test('without a good copy, or with one that is bad as well, a damaged file is a mistake', () => {
  writeFileSync(file(), '{');
  expect(() => readGoodSettings(file())).toThrow(/is not JSON/);
  writeFileSync(lastGoodFile(file()), '{"port": -1}');
  expect(() => readGoodSettings(file())).toThrow(/settings.json is not JSON/);
});

test('a named file that is missing is a mistake, though there is a copy', () => {
  writeFileSync(lastGoodFile(file()), '{"port": 1}');
  expect(() => readGoodSettings(file())).toThrow(/no settings file/);
});

test('a file that was edited by hand becomes the last good one; a folder that can’t be written does not matter', async () => {
  writeFileSync(file(), '{ "port": 7002 }');
  await keepLastGood(file());
  expect(readFileSync(lastGoodFile(file()), 'utf8')).toBe('{ "port": 7002 }');
  await keepLastGood(join(folder(), 'none', 'settings.json'));
  await keepLastGood('/proc/version');
});

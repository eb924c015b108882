import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { temporaryFolder } from '../temporary-folder';
import { until } from '../until';
import { packdial, Packdial } from './packdial';

const folder = temporaryFolder();
const settingsFile = join(folder, 'settings.json');
const dataDir = join(folder, 'data');
const history = join(dataDir, 'history.sqlite');
const ofNewer = { moon: 'full', moonRise: { at: [1, 2] } };
const written = (): unknown => JSON.parse(readFileSync(settingsFile, 'utf8'));

/** As a newer release leaves them behind: its settings were found good by it, and its history has other tables. */
beforeAll(() => {
  mkdirSync(dataDir);
  for (const file of [settingsFile, `${settingsFile}.bak`])
    writeFileSync(file, JSON.stringify({ ...ofNewer, powerScale: 25 }));
  const later = new Database(history);
  later.exec("CREATE TABLE everything (all_of_it TEXT); INSERT INTO everything VALUES ('kept')");
  later.pragma('user_version = 99');
  later.close();
});

test('with data of a newer release the display runs, keeps them, and says so in one sentence each', async () => {
  const display = new Packdial(['run', '--headless', '--source', 'simulate', '--data-dir', dataDir], {
    PACKDIAL_CONFIG: settingsFile,
  });
  await display.says(
    /this release does not know "moon", "moonRise", which a newer one has set; they are kept for that, and not used/,
  );
  await display.says(/history.* another version.* is kept as .*, and a new one is begun/i);
  const aside = readdirSync(dataDir).find((name) => /other/.test(name) && name.endsWith('.sqlite'));
  const kept = new Database(join(dataDir, String(aside)), { readonly: true });
  expect(kept.prepare('SELECT all_of_it FROM everything').pluck().all()).toEqual(['kept']);
  expect(kept.pragma('user_version', { simple: true })).toBe(99);
  kept.close();
  await until('a new history', () => existsSync(history));
  display.kill();
  const { code, stderr } = await display.end();
  expect(code).toBe(0);
  expect(stderr.split('\n').filter((line) => /newer one has set/.test(line))).toHaveLength(1);
  expect(written()).toEqual({ ...ofNewer, powerScale: 25 });
});

test('configure changes its own settings and keeps the others', async () => {
  const configure = (...flags: string[]): ReturnType<typeof packdial> =>
    packdial(['configure', '--config', settingsFile, ...flags]);
  expect(await configure('--port', '6501')).toMatchObject({ code: 0 });
  expect(written()).toEqual({ ...ofNewer, powerScale: 25, port: 6501 });
  // One of them may be a password.
  expect(JSON.parse((await configure()).stdout)).toMatchObject({ moon: '(hidden)', port: 6501 });
  // A mistake of one's own is one all the same.
  writeFileSync(settingsFile, JSON.stringify({ ...ofNewer, prot: 6501 }));
  expect(await configure()).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/"prot" is not a setting; did you mean "port"\?/) as string,
  });
});

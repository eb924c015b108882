import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configure } from '../../src/commands/configure';
import { resolveSettings } from '../../src/settings/resolve-settings';
import { packdial } from '../commands/packdial';
import { temporaryFolder } from '../temporary-folder';

const folder = temporaryFolder();
const address = 'postgres://me:hush@pi/boat';
const resolve = (values: Readonly<Record<string, unknown>>) =>
  resolveSettings([{ values, describe: (name) => `--${name}` }]);

test('there are no databases unless they are set, and a row each ten seconds', () => {
  expect(resolve({})).toMatchObject({ databases: [], databaseEvery: 10 });
});

test.each([
  [['postgres://me:hush@pi']],
  [['me:hush@pi/boat']],
  [['postgres://me:hu/sh@pi/boat']],
  [['http://pi/write?u=me&p=hush']],
  [[address, address.replace('hush', 'other hush')]],
  [[address, address.replace('hush', 'hush2')]],
  [Array.from({ length: 9 }, (_, i) => `${address}${i}`)],
  ['postgres://me:hush@pi/boat'],
])('%j is refused in one sentence without the password', (databases) => {
  const attempt = () => resolve({ databases });
  expect(attempt).toThrow(
    /^--databases is .*, but must be a list of at most 8 different addresses such as .*\.$/s,
  );
  expect(attempt).not.toThrow(/hu\/?sh/);
});

test('a password in an address makes the file its owner’s and group’s, and is never told', () => {
  const file = join(folder, 'settings.json');
  writeFileSync(file, '{"port": 6501}', { mode: 0o644 });
  const told: string[] = [];
  configure({ file, changes: { databases: [address] }, unset: [] }, (text) => told.push(text));
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ port: 6501, databases: [address] });
  expect(statSync(file).mode & 0o007).toBe(0);
  configure({ file, changes: {}, unset: [] }, (text) => told.push(text));
  expect(told.join()).not.toContain('hush');
  expect(told.join()).toContain('postgres://me:(hidden)@pi/boat');
});

test('an address without one leaves the rights of the file as they are', () => {
  const file = join(folder, 'open.json');
  writeFileSync(file, '{}', { mode: 0o644 });
  configure({ file, changes: { databases: ['http://pi:8428/write'] }, unset: [] }, () => undefined);
  expect(statSync(file).mode & 0o777).toBe(0o644);
});

test('flags are one database each', async () => {
  const file = join(folder, 'flags.json');
  const flags = ['--database', address, '--database', 'http://pi:8428/write', '--database-every', '60'];
  expect(await packdial(['configure', '--config', file, ...flags])).toMatchObject({ code: 0 });
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
    databases: [address, 'http://pi:8428/write'],
    databaseEvery: 60,
  });
  const wrong = await packdial(['run', '--config', file, '--database', 'mongodb://me:hush@pi/boat']);
  expect(wrong).toMatchObject({ code: 2 });
  expect(wrong.stderr).toMatch(
    /^packdial: --database is \["mongodb:\/\/me:\(hidden\)@pi\/boat"\], but must be [^\n]+\n$/,
  );
});

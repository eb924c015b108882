import { chmodSync, chownSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkDevices, checkKeyboardLayout, configure } from '../../src/commands/configure';
import { temporaryFolder } from '../temporary-folder';
import { packdial } from './packdial';

const folder = temporaryFolder();
let count = 0;

/** A folder of its own with a settings file in it, when one is given. */
function settingsFile(content?: object): string {
  const own = join(folder, String(count++));
  mkdirSync(own);
  const file = join(own, 'settings.json');
  if (content !== undefined) writeFileSync(file, JSON.stringify(content), { mode: 0o644 });
  return file;
}

const stored = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
const silent = (): void => undefined;

test('makes the file, and writes numbers as numbers', () => {
  const file = settingsFile();
  configure(
    { file, changes: { source: 'can', bitrate: '250000', rotate: '180', loop: true }, unset: [] },
    silent,
  );
  expect(stored(file)).toEqual({ source: 'can', bitrate: 250_000, rotate: 180, loop: true });
  expect(readdirSync(join(file, '..'))).toEqual(['settings.json']);
});

test('leaves the other settings and the rights as they are, and takes some out', () => {
  const file = settingsFile({ source: 'can', powerScale: 20, port: 6501 });
  chmodSync(file, 0o640);
  const told: string[] = [];
  configure({ file, changes: { source: 'udp' }, unset: ['power-scale'] }, (text) => told.push(text));
  expect(stored(file)).toEqual({ source: 'udp', port: 6501 });
  expect(statSync(file).mode & 0o777).toBe(0o640);
  expect(told).toEqual([
    `${file}: source is "udp", powerScale is at its default again. It holds from packdial's next start.\n`,
  ]);
});

test('without a change it prints what is there', () => {
  const told: string[] = [];
  configure({ file: settingsFile({ port: 6501 }), changes: {}, unset: [] }, (text) => told.push(text));
  expect(JSON.parse(told.join(''))).toEqual({ port: 6501 });
});

test.each([
  ['a value out of its limits', { changes: { port: '0' }, unset: [] }, /--port is "0", but must be/],
  ['an unknown name', { changes: {}, unset: ['prot'] }, /--unset prot is not a setting/],
])('%s changes nothing', (_what, configuration, sentence) => {
  const file = settingsFile({ port: 6501 });
  expect(() => configure({ file, ...configuration }, silent)).toThrow(sentence);
  expect(stored(file)).toEqual({ port: 6501 });
});

test('a bank is written as a list of names, and can be given up again', () => {
  const file = settingsFile();
  configure({ file, changes: { bank: 'house, bow' }, unset: [] }, silent);
  expect(stored(file)).toEqual({ bank: ['house', 'bow'] });
  configure({ file, changes: { bank: 'off' }, unset: [] }, silent);
  expect(stored(file)).toEqual({ bank: 'off' });
});

test.each([
  ['a device that the bank names is taken out', { changes: { devices: ['evtv-udp,name=boat'] }, unset: [] }],
  ['all devices are taken out', { changes: {}, unset: ['device'] }],
  ['the bank names another', { changes: { bank: 'boat,barn' }, unset: [] }],
  ['a receiver is wanted beside them', { changes: { mqtt: 'receiver' }, unset: [] }],
])('when %s, that is a mistake', async (_what, configuration) => {
  const devices = ['evtv-udp,name=boat', 'evtv-udp,name=shed,port=6501'];
  const file = settingsFile({ devices, bank: ['boat', 'shed'] });
  await expect(checkDevices({ file, ...configuration })).rejects.toThrow(/^(bank names|mqtt is receiver)/);
});

test('other settings are changed whatever the devices are', async () => {
  const file = settingsFile({ devices: ['jbx'], bank: ['boat', 'shed'] });
  await expect(checkDevices({ file, changes: { port: '6501' }, unset: [] })).resolves.toBeUndefined();
});

test('a keyboard layout that this system does not have is a mistake; where nobody knows, it is none', async () => {
  const check = (keyboardLayout: string, code: number | undefined, stderr: string): Promise<void> =>
    checkKeyboardLayout({ file: settingsFile(), changes: { keyboardLayout }, unset: [] }, () =>
      Promise.resolve({ code, stdout: '', stderr }),
    );
  const missing = 'ckbcomp: Can not find file "symbols/xx" in any known directory';
  await expect(check('xx', 2, missing)).rejects.toThrow(/^--keyboard-layout xx is no keyboard layout/);
  await expect(check('de', 0, '')).resolves.toBeUndefined();
  await expect(check('de', undefined, '')).resolves.toBeUndefined();
  await expect(check('', 2, missing)).resolves.toBeUndefined();
});

test('with --check nothing is written, nor made, and a mistake is told all the same', async () => {
  const file = settingsFile();
  const check = (...flags: readonly string[]): Promise<object> =>
    packdial(['configure', '--check', '--config', file, ...flags]);
  expect(await check('--source', 'can')).toMatchObject({ code: 0, stdout: '', stderr: '' });
  expect(await check()).toMatchObject({ code: 0, stdout: '', stderr: '' });
  expect(await check('--source', 'cna')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^packdial: --source is "cna", but must be/) as string,
  });
  expect(readdirSync(join(file, '..'))).toEqual([]);
});

test('root gives the file to the owner of its folder, who must be able to replace it', () => {
  const file = settingsFile({ port: 6501 });
  const owner = process.getuid?.() === 0 ? 12_345 : process.getuid!();
  if (owner === 12_345) chownSync(join(file, '..'), owner, owner);
  configure({ file, changes: { mqttPassword: 'hush hush' }, unset: [] }, silent);
  const { uid, mode } = statSync(file);
  expect([uid, mode & 0o777]).toEqual([owner, 0o640]);
});

test('the command does the same, and says in one sentence when the file can not be written', async () => {
  const file = settingsFile();
  expect(await packdial(['configure', '--config', file, '--interface', 'can1'])).toMatchObject({ code: 0 });
  expect(stored(file)).toEqual({ interface: 'can1' });
  const refused = await packdial(['configure', '--config', '/proc/settings.json', '--port', '6501']);
  expect(refused.code).toBe(2);
  expect(refused.stderr).toMatch(
    /^packdial: The settings file \/proc\/settings.json can't be written: [a-z ]+; name another with --config\.\n$/,
  );
});

test('a password makes the file its owner’s and group’s, and is never told', () => {
  const file = settingsFile({ mqtt: 'sender' });
  const told: string[] = [];
  configure({ file, changes: { mqttPassword: 'hush hush' }, unset: [] }, (text) => told.push(text));
  expect(stored(file)).toMatchObject({ mqttPassword: 'hush hush' });
  expect(statSync(file).mode & 0o777).toBe(0o640);
  configure({ file, changes: {}, unset: [] }, (text) => told.push(text));
  expect(told.join()).not.toContain('hush');
});

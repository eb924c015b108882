import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isUntouched } from '../../../src/features/welcome/welcome-wanted';
import { resolveSettings } from '../../../src/settings/resolve-settings';
import type { SettingName } from '../../../src/settings/settings';
import { temporaryFolder } from '../../temporary-folder';

const [empty, known] = [temporaryFolder(), temporaryFolder()];

function untouched(
  told: Readonly<Record<string, unknown>> = {},
  file: Readonly<Record<string, unknown>> = {},
  dataDir = empty,
): boolean {
  const settings = resolveSettings([{ values: { ...file, ...told, dataDir }, describe: (name) => name }]);
  const elsewhere = new Map(Object.keys(told).map((name) => [name as SettingName, `--${name}`]));
  return isUntouched(settings, { file: '/settings.json', inFile: file, elsewhere, notice: undefined });
}

test('a display is untouched while nothing is set and nothing was ever received', () => {
  expect(untouched()).toBe(true);
  // What says nothing about the battery.
  expect(untouched({ logLevel: 'debug', framebuffer: '/dev/fb1' })).toBe(true);
});

test.each([
  ['a source', { source: 'udp' }, {}],
  ['a port', { port: 6501 }, {}],
  ['a broker', { mqtt: 'receiver' }, {}],
  ['a demonstration', { demo: 'battery', source: 'simulate' }, {}],
  ['anything in the settings file', {}, { brightness: 80 }],
] as const)('it is not with %s', (_, told, file) => {
  expect(untouched(told, file)).toBe(false);
});

test('it is not once a battery was received, whose sums of energy are kept', () => {
  writeFileSync(join(known, 'energy.json'), '{}');
  expect(untouched({}, {}, known)).toBe(false);
});

test('a data folder that can’t be had changes nothing', () => {
  expect(untouched({}, {}, '/proc/none')).toBe(true);
});

import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readReleaseKey } from '../../src/update/release-key';
import { folderOfEachTest } from '../temporary-folder';
import { privateKey, publicKey } from './keys';

const folder = folderOfEachTest();
const own = process.getuid!();
const pem = publicKey.export({ type: 'spki', format: 'pem' });

function write(content: string | Buffer, mode = 0o644): string {
  const path = join(folder(), 'release.pub');
  writeFileSync(path, content);
  chmodSync(path, mode);
  return path;
}

test('the key is read', () => {
  expect(readReleaseKey(write(pem), own).equals(publicKey)).toBe(true);
});

test('without one a sentence says what is missing and how it comes', () => {
  const path = join(folder(), 'release.pub');
  expect(() => readReleaseKey(path, own)).toThrow(
    `There is no key to check releases with (${path}): sudo make install KEY=release.pub installs one.`,
  );
});

test('what the display could have put there does not count', () => {
  const path = write(pem);
  const foreign = /could be anybody's/;
  expect(() => readReleaseKey(path, own + 1)).toThrow(foreign);
  expect(() => readReleaseKey(write(pem, 0o664), own)).toThrow(foreign);
  expect(() => readReleaseKey(write(pem, 0o646), own)).toThrow(foreign);
  const link = join(folder(), 'link.pub');
  symlinkSync(write(pem), link);
  expect(() => readReleaseKey(link, own)).toThrow(/can't be read .*ELOOP/);
  mkdirSync(join(folder(), 'folder'));
  expect(() => readReleaseKey(join(folder(), 'folder'), own)).toThrow(foreign);
});

test.each([
  ['nothing', ''],
  ['nonsense', 'ssh-ed25519 AAAA'],
  ['a private key', privateKey.export({ type: 'pkcs8', format: 'pem' })],
  [
    'a key of another kind',
    generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ type: 'spki', format: 'pem' }),
  ],
])('%s is no key', (_, content) => {
  expect(() => readReleaseKey(write(content), own)).toThrow(/is not an ed25519 public key/);
});

import { spawnSync } from 'node:child_process';
import { createHash, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readReleaseHeader } from '../../src/update/release-header';
import { version } from '../../src/version';
import { temporaryFolder } from '../temporary-folder';
import { packdial } from './packdial';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);
const checkout = resolve(__dirname, '../..');

function setup(script: string, ...args: readonly string[]): { code: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(join(checkout, 'setup', script), args, { encoding: 'utf8' });
  return { code: status, said: stdout + stderr };
}

test('a pair of keys is made once, the private one for its owner alone', () => {
  expect(setup('release-key', at('keys/private.pem'))).toMatchObject({
    code: 0,
    said: expect.stringContaining(`sudo make install KEY=${at('keys/private.pub')}`) as string,
  });
  expect(statSync(at('keys/private.pem')).mode & 0o777).toBe(0o600);
  expect(statSync(at('keys/private.pub')).mode & 0o777).toBe(0o644);
  expect(createPublicKey(readFileSync(at('keys/private.pub'))).asymmetricKeyType).toBe('ed25519');
  const again = setup('release-key', at('keys/private.pem'));
  expect([again.code, again.said]).toEqual([
    2,
    expect.stringMatching(/is there already; it is not replaced/),
  ]);
});

test.each([
  ['no name', [], /where to\?/],
  ['a place in the repository', [join(checkout, 'dist/private.pem')], /no business in the repository/],
])('for a key with %s there is a sentence', (_, args, sentence) => {
  const { code, said } = setup('release-key', ...args);
  expect([code, said]).toEqual([2, expect.stringMatching(sentence)]);
});

test.each([
  ['none', [], /which key signs the release\?/],
  ['one that is not there', ['/nonexistent.pem'], /there is no private key \/nonexistent\.pem/],
])('a release with %s as its key is not made', (_, args, sentence) => {
  const { code, said } = setup('release', ...args);
  expect([code, said]).toEqual([2, expect.stringMatching(sentence)]);
});

test('an archive is what was packed, and says what it is', async () => {
  setup('release-key', at('packing/private.pem'));
  const content = Buffer.from('tar and gzip '.repeat(99));
  writeFileSync(at('payload'), content);
  const args = ['--payload', at('payload'), '--unpacked', '5000', '--minimum', '0.1.0', '--out', folder];
  const { code, stdout } = await packdial(['pack-release', ...args, '--key', at('packing/private.pem')]);
  expect(code).toBe(0);
  expect(stdout).toBe(`${at(`packdial-${version}-${process.arch}.pdr`)}\n`);
  const archive = readFileSync(stdout.trim());
  const reading = readReleaseHeader(archive, createPublicKey(readFileSync(at('packing/private.pub'))));
  if (reading.is !== 'read') throw new Error(JSON.stringify(reading));
  expect(reading.manifest).toEqual({
    name: 'packdial',
    version,
    arch: process.arch,
    minimumVersion: '0.1.0',
    size: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
    unpacked: 5000,
  });
  expect(archive.subarray(reading.length).equals(content)).toBe(true);
});

test('a key of another kind signs nothing', async () => {
  writeFileSync(at('payload'), 'x');
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  writeFileSync(at('ec.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const args = ['--payload', at('payload'), '--unpacked', '5', '--minimum', '0.1.0', '--out', folder];
  const { code, stderr } = await packdial(['pack-release', ...args, '--key', at('ec.pem')]);
  expect([code, stderr]).toEqual([2, expect.stringMatching(/ec\.pem is not for ed25519/)]);
});

test.each(['http://example.org/x', 'nonsense', 'https://user:secret@example.org/x'])(
  'the update address %s is refused',
  async (url) => {
    const { code, stderr } = await packdial(['configure', '--config', at('s.json'), '--update-url', url]);
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/--update-url is ".*", but must be an https address/),
    ]);
  },
);

test('an update address for all processors is kept as it was typed', async () => {
  const url = 'https://example.org/packdial-{arch}.pdr';
  const { code } = await packdial(['configure', '--config', at('s.json'), '--update-url', url]);
  expect(code).toBe(0);
  expect(JSON.parse(readFileSync(at('s.json'), 'utf8'))).toEqual({ updateUrl: url });
});

test('installing an update takes root', async () => {
  if (process.getuid?.() !== 0) {
    const { code, stderr } = await packdial(['install-update']);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/needs the rights of root/)]);
    return;
  }
  const { status, stderr } = spawnSync(
    'setpriv',
    [
      '--reuid',
      '65534',
      '--clear-groups',
      // To read a checkout in root's home, and for nothing else.
      '--inh-caps=+dac_read_search',
      '--ambient-caps=+dac_read_search',
      process.execPath,
      join(checkout, 'dist/packdial.js'),
      'install-update',
    ],
    { encoding: 'utf8' },
  );
  expect([status, stderr]).toEqual([
    2,
    'packdial: Updating needs the rights of root; put sudo before the command.\n',
  ]);
});

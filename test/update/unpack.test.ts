import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unpack } from '../../src/update/unpack';
import { folderOfEachTest } from '../temporary-folder';
import { refusal } from './trial-machine';

const folder = folderOfEachTest();

/** Packs a folder that `fill` has made, with further arguments of tar. */
function pack(fill: (source: string) => void, ...args: readonly string[]): string {
  const [source, file] = [join(folder(), 'source'), join(folder(), 'payload')];
  mkdirSync(source);
  fill(source);
  execFileSync('tar', ['-C', source, '-czf', file, ...(args.length > 0 ? args : ['.'])], { stdio: 'ignore' });
  return file;
}

const tree = (): string => join(folder(), 'tree');

test('a tree comes out as it went in', async () => {
  const file = pack((source) => {
    mkdirSync(join(source, 'dist'));
    writeFileSync(join(source, 'dist/packdial.js'), 'program');
    writeFileSync(join(source, 'node'), '#!', { mode: 0o755 });
    symlinkSync('dist/packdial.js', join(source, 'link'));
  });
  await unpack(file, tree());
  expect(readFileSync(join(tree(), 'link'), 'utf8')).toBe('program');
  expect(statSync(join(tree(), 'node')).mode & 0o777).toBe(0o755);
});

/** A file outside of all folders of the test, which none but this run of the test makes. */
const outside = join(tmpdir(), `packdial-escaped-${randomUUID()}`);
afterAll(() => rmSync(outside, { force: true }));

test.each<[string, RegExp, (source: string) => void, readonly string[]]>([
  [
    'an absolute name',
    /can't be unpacked \(tar: Removing leading/,
    (s) => writeFileSync(join(s, 'a'), ''),
    ['-P', '--transform', `s,^a$,${outside},`, 'a'],
  ],
  [
    'a name with ..',
    /can't be unpacked \(tar: .*\.\./,
    (s) => writeFileSync(join(s, 'a'), ''),
    ['-P', '--transform', 's,^a$,../escaped,', 'a'],
  ],
  [
    'an absolute link',
    /link that leads out of it \(a\)/,
    (s) => symlinkSync('/etc/passwd', join(s, 'a')),
    [],
  ],
  [
    'a link to ..',
    /link that leads out of it \(b\/a\)/,
    (s) => (mkdirSync(join(s, 'b')), symlinkSync('../../x', join(s, 'b/a'))),
    [],
  ],
  ['a pipe', /something that is no file \(a\)/, (s) => void execFileSync('mkfifo', [join(s, 'a')]), []],
])('%s in it is refused', async (_, sentence, fill, args) => {
  expect(await refusal(unpack(pack(fill, ...args), tree()))).toMatch(sentence);
  expect(existsSync(outside)).toBe(false);
  expect(existsSync(join(folder(), 'escaped'))).toBe(false);
});

test('a file that would run with the rights of its owner does not', async () => {
  const file = pack((source) => {
    writeFileSync(join(source, 'a'), '');
    chmodSync(join(source, 'a'), 0o4755);
  });
  await unpack(file, tree()).catch(() => undefined);
  expect(statSync(join(tree(), 'a')).mode & 0o6000).toBe(0);
});

test.each([
  ['nonsense', Buffer.from('nonsense')],
  ['nothing', Buffer.alloc(0)],
])('%s is no release', async (_, bytes) => {
  writeFileSync(join(folder(), 'payload'), bytes);
  expect(await refusal(unpack(join(folder(), 'payload'), tree()))).toMatch(
    /^The release can't be unpacked \(/,
  );
});

test('a full disk is told as such', async () => {
  writeFileSync(join(folder(), 'payload'), '');
  const full = (): Promise<{ code: number; stdout: string; stderr: string }> =>
    Promise.resolve({
      code: 2,
      stdout: '',
      stderr: 'tar: ./node: Wrote only 512 of 10240 bytes\ntar: ./x: Cannot write: No space left on device',
    });
  expect(await refusal(unpack(join(folder(), 'payload'), tree(), full))).toBe(
    'The disk became full while unpacking.',
  );
});

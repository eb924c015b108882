import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { folderOfEachTest } from '../temporary-folder';

const folder = folderOfEachTest();
const checkout = resolve(__dirname, '../..');
const at = (...path: readonly string[]): string => join(folder(), 'root', ...path);
const settings = (): string => at('etc/packdial/settings.json');
const isRoot = process.getuid?.() === 0;

/** A checkout whose releases are small. */
function makeCheckout(): string {
  const own = join(folder(), 'checkout');
  if (existsSync(own)) return own;
  for (const part of ['deploy', 'setup']) cpSync(join(checkout, part), join(own, part), { recursive: true });
  for (const part of ['dist', 'node_modules', 'src', 'fonts', 'build.mjs', 'tsconfig.json', 'package.json'])
    symlinkSync(join(checkout, part), join(own, part));
  symlinkSync(join(checkout, 'package-lock.json'), join(own, 'package-lock.json'));
  writeFileSync(
    join(own, 'setup/lay-down'),
    '#!/bin/sh\nset -e\ncd "$(dirname "$0")/.."\nmkdir -p "$1"\ncp -R deploy setup "$1"\n',
  );
  return own;
}

/**
 * Installs into a folder, with systemd's own programs where they may do all that they do on a machine: as root. Otherwise
 * stand-ins make the folders.
 *
 * @param fault a program that fails
 */
function install(
  flags: readonly string[] = [],
  { key = '', fault = '' } = {},
): { code: number | null; said: string } {
  const own = makeCheckout();
  const bin = join(folder(), 'bin');
  mkdirSync(bin, { recursive: true });
  const standIn = (name: string, script: string): void =>
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const hasSystemd = spawnSync('systemd-tmpfiles', ['--version']).status === 0;
  if (!isRoot || !hasSystemd) {
    for (const program of ['systemctl', 'systemd-sysusers']) standIn(program, 'exit 0');
    standIn('systemd-tmpfiles', `mkdir -p ${at('etc/packdial')}`);
  }
  if (fault !== '') standIn(fault, 'echo "it failed" >&2; exit 73');
  const { status, stdout, stderr } = spawnSync(join(own, 'setup/install'), [at(), ...flags], {
    env: { PATH: `${bin}:${process.env['PATH'] ?? ''}`, KEY: key },
    encoding: 'utf8',
  });
  return { code: status, said: stdout + stderr };
}

/** User ids of the settings' folder and of the settings. */
const owners = (): number[] => [statSync(at('etc/packdial')).uid, statSync(settings()).uid];
const stored = (): unknown => JSON.parse(readFileSync(settings(), 'utf8'));

test('a first installation with settings, the same again, and one with others', () => {
  for (const flags of [['--source', 'can'], ['--source', 'can'], ['--bitrate', '250000'], []]) {
    expect(install(flags)).toMatchObject({ code: 0 });
    const [folderOwner, fileOwner] = owners();
    expect(fileOwner).toBe(folderOwner);
  }
  expect(stored()).toEqual({ source: 'can', bitrate: 250_000 });
  expect(readdirSync(at('etc/packdial'))).toEqual(['settings.json']);
});

/** Puts a build into the checkout that is older than the sources and, as one of an earlier release, knows no --check. */
function makeOldBuild(): void {
  const own = makeCheckout();
  const built = join(own, 'dist/packdial.js');
  rmSync(join(own, 'dist'));
  mkdirSync(join(own, 'dist'));
  writeFileSync(
    built,
    `if (process.argv.includes('--check')) {
       console.error("packdial: unknown option '--check'");
       process.exit(2);
     }
     require(${JSON.stringify(join(checkout, 'dist/packdial.js'))});`,
  );
  utimesSync(built, 0, 0);
}

test('a build that is older than the sources is installed with settings, which it is asked about first', () => {
  makeOldBuild();
  expect(install(['--source', 'cna'])).toEqual({
    code: 2,
    said: expect.stringMatching(/^packdial: --source is "cna", but must be one of .*\n$/) as string,
  });
  expect(existsSync(at('opt/packdial'))).toBe(false);
  expect(existsSync(settings())).toBe(false);
  expect(install(['--source', 'can'])).toMatchObject({ code: 0 });
  writeFileSync(settings(), '{"source": "kan"}');
  const { code, said } = install(['--port', '6501']);
  expect([code, said]).toEqual([2, expect.stringContaining(`${settings()}: "source" is "kan"`)]);
  expect(stored()).toEqual({ source: 'kan' });
});

test.each([[[]], [['--port', '6501']]])(
  'settings that root has written into the folder of the display become its own, installed with %j',
  (flags) => {
    install(['--source', 'can']);
    writeFileSync(settings(), '{"source": "can"}');
    writeFileSync(`${settings()}.bak`, '{"source": "udp"}');
    if (isRoot) for (const file of [settings(), `${settings()}.bak`]) chownSync(file, 0, 0);
    chmodSync(settings(), 0o640);
    expect(install(flags)).toMatchObject({ code: 0 });
    const [folderOwner, fileOwner] = owners();
    expect([fileOwner, statSync(`${settings()}.bak`).uid]).toEqual([folderOwner, folderOwner]);
    expect(statSync(settings()).mode & 0o777).toBe(0o640);
  },
);

test('links that somebody has put into that folder lead to nothing else being given away or written', () => {
  install();
  const others = join(folder(), 'shadow');
  writeFileSync(others, '{}');
  chmodSync(others, 0o600);
  for (const name of ['settings.json', 'settings.json.new', 'settings.json.bak', 'release.pub'])
    symlinkSync(others, at('etc/packdial', name));
  const key = join(folder(), 'release.pub');
  const { stdout } = spawnSync('node', [
    '-p',
    'crypto.generateKeyPairSync("ed25519").publicKey.export({ type: "spki", format: "pem" })',
  ]);
  writeFileSync(key, stdout.toString().trim());
  expect(install(['--source', 'can'], { key })).toMatchObject({ code: 0 });
  const { uid, mode } = statSync(others);
  expect([readFileSync(others, 'utf8'), uid, mode & 0o777]).toEqual(['{}', process.getuid?.(), 0o600]);
  expect(stored()).toEqual({ source: 'can' });
  expect(readFileSync(at('etc/packdial/release.pub'), 'utf8')).toBe(readFileSync(key, 'utf8'));
  expect(statSync(at('etc/packdial/release.pub')).mode & 0o777).toBe(0o644);
});

test.each([
  ['a wrong value', ['--source', 'cna'], '', 2, /--source is "cna"/],
  ['a wrong flag', ['--souce', 'can'], '', 2, /unknown option '--souce'/],
  ['a folder that can not be given away', [], 'systemd-tmpfiles', 73, /it failed/],
])('%s leaves no release behind', (_, flags, fault, code, sentence) => {
  expect(install(flags, { fault })).toEqual({ code, said: expect.stringMatching(sentence) as string });
  expect(existsSync(at('opt/packdial'))).toBe(false);
  expect(existsSync(settings())).toBe(false);
});

test('what fails later leaves the release before in its place', () => {
  install();
  const before = readlinkSync(at('opt/packdial/current'));
  expect(install([], { fault: 'systemd-tmpfiles' })).toMatchObject({ code: 73 });
  expect(readlinkSync(at('opt/packdial/current'))).toBe(before);
  expect(readdirSync(at('opt/packdial/releases'))).toEqual([before.replace('releases/', '')]);
});

test('systemd-tmpfiles is told to touch nothing within a folder that it gives away', () => {
  const lines = readFileSync(join(checkout, 'deploy/packdial.tmpfiles'), 'utf8')
    .split('\n')
    .filter((line) => /^[a-z]/.test(line))
    .map((line) => line.split(/\s+/));
  const given = lines.filter(([, , , owner]) => owner !== 'root').map(([, path = '']) => path);
  expect(given).toContain('/etc/packdial');
  for (const [, path = ''] of lines)
    expect(given.filter((other) => path.startsWith(`${other}/`))).toEqual([]);
});

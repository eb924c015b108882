import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { folderOfEachTest } from '../temporary-folder';

const folder = folderOfEachTest();
const checkout = resolve(__dirname, '../..');

/** What the machine of a test is like. */
interface Machine {
  /** User id. */
  readonly user?: number;
  /** MB free on its one disk. */
  readonly free?: number;
  readonly systemd?: boolean;
  /** There is a packdial that is up to date. */
  readonly built?: boolean;
  readonly key?: string;
}

/** Puts a program that prints something into the place of the machine's own. */
function standIn(name: string, script: string): void {
  writeFileSync(join(folder(), 'bin', name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

/** A checkout with nothing but sources, and the programs that the machine has. */
function check(
  { user = 0, free = 5000, systemd = true, built = false, key = '' }: Machine,
  ...flags: readonly string[]
): { code: number | null; said: string } {
  const own = join(folder(), 'checkout');
  for (const part of ['setup', 'src', 'fonts', 'build.mjs', 'tsconfig.json', 'package.json'])
    cpSync(join(checkout, part), join(own, part), { recursive: true });
  cpSync(join(checkout, 'package-lock.json'), join(own, 'package-lock.json'));
  if (built) {
    // Beside its libraries.
    cpSync(join(checkout, 'dist'), join(own, 'dist'), { recursive: true });
    symlinkSync(join(checkout, 'node_modules'), join(own, 'node_modules'));
    utimesSync(join(own, 'dist/packdial.js'), new Date(), new Date(Date.now() + 60_000));
  }
  mkdirSync(join(folder(), 'bin'));
  const tools = [
    'awk',
    'cut',
    'dirname',
    'find',
    'getent',
    'grep',
    'head',
    'cat',
    'cksum',
    'sh',
    'env',
    'dash',
  ];
  for (const tool of [...tools, 'stat', 'true', 'printf']) {
    const { stdout } = spawnSync('sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' });
    if (stdout.startsWith('/')) symlinkSync(stdout.trim(), join(folder(), 'bin', tool));
  }
  if (built || key !== '') symlinkSync(process.execPath, join(folder(), 'bin/node'));
  standIn('id', `echo ${user}`);
  standIn('df', `echo head; echo "disk 1 1 ${free} 1% /"`);
  for (const program of systemd ? ['systemctl', 'systemd-sysusers', 'systemd-tmpfiles'] : [])
    standIn(program, 'exit 1');
  const before = readdirSync(folder(), { recursive: true });
  const { status, stdout, stderr } = spawnSync(join(own, 'setup/check-install'), ['', ...flags], {
    env: { PATH: join(folder(), 'bin'), KEY: key },
    encoding: 'utf8',
  });
  expect(readdirSync(folder(), { recursive: true })).toEqual(before);
  return { code: status, said: stdout + stderr };
}

const refusal = (sentence: string | RegExp): object => ({
  code: 2,
  said: expect.stringMatching(sentence) as string,
});

test.each<[string, Machine]>([
  ['before it is built', {}],
  ['with a build', { built: true }],
])('%s nothing is said where nothing is wrong', (_, machine) => {
  expect(check(machine, '--source', 'udp', '--port', '6500', '--web=lan')).toEqual({ code: 0, said: '' });
});

test.each<[string, Machine, RegExp]>([
  ['without root', { user: 1000 }, /^packdial: installing needs root: run sudo make install\n$/],
  ['without systemd', { systemd: false }, /^packdial: the service needs systemd, .*\n$/],
  [
    'with a full disk',
    { free: 1500 },
    /^packdial: installing takes \d{4} MB on the disk of \/, and 1500 MB .*\n$/,
  ],
  [
    'with a key that is not there',
    { key: '/nonexistent.pub' },
    /^packdial: there is no file \/nonexistent.pub;.*\n$/,
  ],
  ['with a key that is none', { key: __filename }, /^packdial: .* is not an ed25519 public key;.*\n$/],
])('%s it is refused in one sentence', (_, machine, sentence) => {
  expect(check(machine)).toEqual(refusal(sentence));
});

test.each([
  [['--souce', 'can'], /^packdial: unknown option '--souce' in ARGS;.*\n$/],
  [['--headless', '--web', 'lan', '--souce=can'], /^packdial: unknown option '--souce'/],
  [['can'], /^packdial: ARGS begin with a flag, such as .*, and not with can\n$/],
  [['--config', '/tmp/s.json'], /^packdial: --config is not for make install:.*\n$/],
  [['--help'], /^packdial: --help is not for make install:.*\n$/],
])('before it is built %j is refused', (flags, sentence) => {
  expect(check({}, ...flags)).toEqual(refusal(sentence));
});

test('with a build that is up to date values are checked too', () => {
  expect(check({ built: true }, '--source', 'cna')).toEqual(
    refusal(/^packdial: --source is "cna", but must be one of udp, can, .*\n$/),
  );
});

test('with such a build an unknown flag is told with the one that was probably meant', () => {
  expect(check({ built: true }, '--souce', 'can')).toEqual(
    refusal(/^packdial: unknown option '--souce' \(did you mean --source\?\)\n$/i),
  );
});

test('what stands after a flag may be its value', () => {
  expect(check({}, '--remote-password', '--open--')).toEqual({ code: 0, said: '' });
});

test('make install runs it before all else', () => {
  const { stdout } = spawnSync('make', ['-n', 'install', 'ARGS=--source cna'], {
    cwd: checkout,
    encoding: 'utf8',
  });
  const steps = stdout
    .split('\n')
    .filter((line) => /setup\/(check-install|prepare|as-owner|install)/.test(line));
  expect(steps[0]).toMatch(/setup\/check-install .*--source cna/);
});

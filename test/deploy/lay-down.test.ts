import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { folderOfEachTest } from '../temporary-folder';

const folder = folderOfEachTest();
const checkout = resolve(__dirname, '../..');

function run(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): { code: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(program, args, {
    env: { PATH: process.env['PATH'] ?? '', ...environment },
    encoding: 'utf8',
  });
  return { code: status, said: stdout + stderr };
}

/** The libraries that a program or library is linked with, by their paths. */
function libraries(file: string): string[] {
  const { said } = run('ldd', [file]);
  return [...said.matchAll(/(?:=> |^\s*)(\/\S+) \(0x/gm)].map(([, path = '']) => path);
}

/** Copies libraries into a root where the loader finds them. */
function give(root: string, paths: readonly string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    copyFileSync(path, join(root, path));
  }
}

/** What lets this user enter another root: nothing for root, a name space where the kernel gives one, else sudo. */
function entrance(): readonly string[] {
  if (process.getuid?.() === 0) return [];
  const inNameSpace = ['unshare', '--user', '--map-root-user'];
  return run('env', [...inNameSpace, 'true']).code === 0 ? inNameSpace : ['sudo', '-n'];
}

/** Runs a program in a root of its own. */
function within(
  root: string,
  program: string,
  args: readonly string[],
): { code: number | null; said: string } {
  // Debian 13's sudo crashes where the environment is empty, so it is emptied behind sudo.
  return run('env', [...entrance(), 'env', '-i', '/usr/sbin/chroot', root, program, ...args]);
}

/** A Node as distributions have it: a small program, and all the rest in libnode.so. It asks the real one what it can't answer. */
function makeSharedNode(): string {
  const bin = join(folder(), 'bin');
  mkdirSync(bin);
  const [library, program] = [join(bin, 'libnode.so.115'), join(bin, 'node')];
  writeFileSync(`${library}.c`, 'int start(void) { return 0; }\n');
  writeFileSync(
    `${program}.c`,
    `#include <string.h>
     #include <stdio.h>
     #include <unistd.h>
     int start(void);
     int main(int count, char **words) {
       if (count == 3 && strcmp(words[2], "process.execPath") == 0) return puts("${program}") < 0 || start();
       return execv("${process.execPath}", words);
     }\n`,
  );
  for (const words of [
    ['-shared', '-Wl,-soname,libnode.so.115', '-o', library, `${library}.c`],
    ['-o', program, `${program}.c`, library, `-Wl,-rpath,${bin}`],
  ])
    expect(run('gcc', words)).toEqual({ code: 0, said: '' });
  return bin;
}

/** A checkout without a Node of its own. */
function makeCheckout(): string {
  const own = join(folder(), 'checkout');
  cpSync(join(checkout, 'setup'), join(own, 'setup'), { recursive: true });
  for (const name of ['package.json', 'package-lock.json']) cpSync(join(checkout, name), join(own, name));
  return own;
}

test('the release draws its picture where there is nothing but the C and C++ libraries and those of its packages', () => {
  const root = join(folder(), 'root');
  const release = join(root, 'release');
  expect(run(join(checkout, 'setup/lay-down'), [release])).toEqual({ code: 0, said: '' });
  const ofNode = libraries(join(release, 'node'));
  expect(ofNode.map((path) => basename(path).replace(/\.so.*/, ''))).toEqual(
    expect.arrayContaining(['libc', 'libm', 'libstdc++', 'libgcc_s']),
  );
  expect(ofNode.filter((path) => /libnode|libuv|libssl|libicu|libz/.test(path))).toEqual([]);
  give(root, ofNode);
  // A part of the C library: it reads the names in font files.
  const conversions = join(
    realpathSync(dirname(ofNode.find((path) => /libc\.so/.test(path)) ?? '')),
    'gconv',
  );
  cpSync(conversions, join(root, conversions), { recursive: true });
  expect(within(root, '/release/node', ['-p', '6 * 7'])).toEqual({ code: 0, said: '42\n' });

  const native = readdirSync(join(release, 'node_modules'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /build\/Release\/[^/]*\.node$/.test(name))
    .map((name) => join(release, 'node_modules', name));
  expect(native.map((path) => basename(path))).toEqual(expect.arrayContaining(['canvas.node']));
  give(root, native.flatMap(libraries));
  mkdirSync(join(root, 'tmp'));
  const picture = ['/release/dist/packdial.js', 'snapshot', '--out', '/tmp/main.png'];
  expect(within(root, '/release/node', picture)).toEqual({ code: 0, said: '' });
  expect(statSync(join(root, 'tmp/main.png')).size).toBeGreaterThan(5000);

  const history =
    'new (require("/release/node_modules/better-sqlite3"))(":memory:").exec("create table t (n)")';
  expect(within(root, '/release/node', ['-e', history])).toEqual({ code: 0, said: '' });
  expect(readdirSync(join(release, 'node_modules/better-sqlite3/prebuilds'))).toEqual([
    `linux-${process.arch}.node`,
  ]);

  // What setup/check-install wants to be free for a release is enough.
  const megabytes = Number(run('du', ['-sBM', release]).said.split('M')[0]);
  const wanted = /^ {2}need "\$root\/opt\/packdial" (\d+)$/m.exec(
    run('cat', [join(checkout, 'setup/check-install')]).said,
  );
  expect(megabytes).toBeLessThan(Number(wanted?.[1]));
}, 300_000);

test('a Node that does not run without a library of its own is not laid down', () => {
  const bin = makeSharedNode();
  const release = join(folder(), 'release');
  const own = makeCheckout();
  const { code, said } = run(join(own, 'setup/lay-down'), [release], { PATH: `${bin}:/usr/bin:/bin` });
  expect([code, said]).toEqual([
    2,
    expect.stringMatching(
      /^packdial: \S+\/node does not run without libnode\.so\.115, so it can't be installed: .*\n$/,
    ),
  ]);
  expect(existsSync(release)).toBe(false);
});

test('where the machine has such a one the checkout gets one that stands alone', () => {
  const bin = makeSharedNode();
  const own = makeCheckout();
  // What npm would fetch: Node, and with it the packages.
  const npm = `#!/bin/sh
    case "$*" in
    --version) echo 10.9.9 ;;
    *'--prefix .runtime'*) mkdir -p .runtime/node_modules/.bin && ln -s ${process.execPath} .runtime/node_modules/.bin/node ;;
    ci*) mkdir node_modules ;;
    esac`;
  writeFileSync(join(bin, 'npm'), npm, { mode: 0o755 });
  const environment = { PATH: `${bin}:/usr/sbin:/usr/bin:/sbin:/bin` };
  const { code, said } = run(join(own, 'setup/prepare'), [], environment);
  expect([code, said]).toEqual([
    0,
    expect.stringMatching(
      /Node 24 into \.runtime \(this machine's v[\d.]+ needs libnode\.so\.115 to run\)( \(about .*\))?\n/,
    ),
  ]);
  expect(existsSync(join(own, '.runtime/node_modules/.bin/node'))).toBe(true);
  expect(
    run(join(own, 'setup/foreign-libraries'), [], {
      PATH: `${own}/.runtime/node_modules/.bin:${environment.PATH}`,
    }),
  ).toEqual({ code: 0, said: '' });
  expect(run(join(own, 'setup/prepare'), [], environment)).toEqual({ code: 0, said: '' });
});

test('a program that is linked with nothing needs nothing', () => {
  writeFileSync(join(folder(), 'script'), '#!/bin/sh\n', { mode: 0o755 });
  symlinkSync(process.execPath, join(folder(), 'node'));
  for (const name of ['script', 'node'])
    expect(run(join(checkout, 'setup/foreign-libraries'), [join(folder(), name)])).toEqual({
      code: 0,
      said: '',
    });
});

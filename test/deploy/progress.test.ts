import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { folderOfEachTest } from '../temporary-folder';
import { until } from '../until';

const folder = folderOfEachTest();
const checkout = resolve(__dirname, '../..');
const announced = join(checkout, 'setup/announced');

/** A program that is running, and what it has said. */
class Said {
  text = '';
  private readonly child: ChildProcessByStdio<null, Readable, Readable>;
  readonly closed: Promise<unknown>;

  constructor(program: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
    this.child = spawn(program, args, {
      env: { PATH: process.env['PATH'] ?? '', PACKDIAL_HEARTBEAT: '1', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr])
      stream.on('data', (data: Buffer) => (this.text += data.toString()));
    this.closed = once(this.child, 'close');
  }

  /** Exit code. */
  async end(): Promise<number | null> {
    await this.closed;
    return this.child.exitCode;
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }
}

test('a slow step is announced, says again and again how far it is, and at its end how long it took', async () => {
  const step = new Said(announced, ['compiling', '20', 'sleep', '5']);
  expect(await step.end()).toBe(0);
  const lines = step.text.trimEnd().split('\n');
  expect(lines[0]).toMatch(/^packdial: compiling \(about \d+ (s|minutes)\)$/);
  expect(
    lines.slice(1, -1).every((line) => /^packdial: compiling: \d s of about \d+ (s|minutes)$/.test(line)),
  ).toBe(true);
  expect(lines.length).toBeGreaterThan(2);
  expect(lines.at(-1)).toMatch(/^packdial: compiling: done in \d+ s$/);
});

test('as it is, a step says something after 6 s, and so before each ten seconds are over', async () => {
  const step = new Said(announced, ['compiling', '0', 'sleep', '8'], { PACKDIAL_HEARTBEAT: '' });
  expect(await step.end()).toBe(0);
  expect(step.text).toMatch(/^packdial: compiling\npackdial: compiling: [6-8] s\npackdial: compiling: done/);
}, 30_000);

test('a step that takes longer than expected says so', async () => {
  const script = '. setup/progress.sh; begin "a thing" 1 echo "7 of 9"; sleep 3; finish';
  const step = new Said('sh', ['-euc', `cd '${checkout}'; ${script}`]);
  expect(await step.end()).toBe(0);
  expect(step.text).toMatch(/a thing: \d s, longer than the 1 s that were expected; 7 of 9\n/);
});

test('a quick step says its name alone, and its failure is passed on with what it says', async () => {
  const step = new Said(announced, ['trying', '0', 'sh', '-c', 'echo no >&2; exit 3']);
  expect(await step.end()).toBe(3);
  expect(step.text.split('\n').sort()).toEqual(['', 'no', 'packdial: trying']);
});

test('nothing goes on talking after the script was killed', async () => {
  const script = '. setup/progress.sh; begin "a thing"; exec sleep 1000 >/dev/null 2>&1';
  const step = new Said('sh', ['-euc', `cd '${checkout}'; ${script}`]);
  await until('a heartbeat', () => step.text.includes('a thing: '));
  step.kill();
  // The output is closed by the last that has it open.
  await step.end();
}, 20_000);

/** A checkout with nothing installed, on a machine whose npm takes some seconds. */
function makeCheckout(npm: string): { readonly prepare: string; readonly path: string } {
  const own = join(folder(), 'checkout');
  cpSync(join(checkout, 'setup'), join(own, 'setup'), { recursive: true });
  for (const name of ['package.json', 'package-lock.json']) cpSync(join(checkout, name), join(own, name));
  const bin = join(folder(), 'bin');
  mkdirSync(bin);
  symlinkSync(process.execPath, join(bin, 'node'));
  writeFileSync(join(bin, 'npm'), `#!/bin/sh\ncase "$*" in --version) echo 10.9.9 ;; ci*) ${npm} ;; esac`, {
    mode: 0o755,
  });
  return { prepare: join(own, 'setup/prepare'), path: `${bin}:/usr/sbin:/usr/bin:/sbin:/bin` };
}

test('setting up says its steps, the time that they take on this machine, and how far they are', async () => {
  const { prepare, path } = makeCheckout(
    'mkdir -p node_modules/canvas/build/Release; sleep 2; touch node_modules/canvas/build/Release/canvas.node; sleep 2',
  );
  const setup = new Said(prepare, [], { PATH: path });
  expect(await setup.end()).toBe(0);
  expect(setup.text).toMatch(
    /^packdial: setting up: npm packages, three of which are compiled\. That takes about \d+ (s|minutes) on this machine, once, /,
  );
  expect(setup.text).toMatch(
    /\npackdial: step 1 of 1, installing npm packages and compiling three of them \(about \d+ (s|minutes)\)\n/,
  );
  expect(setup.text).toMatch(/: \d s.*; compiling canvas, socketcan and evdev\n/);
  expect(setup.text).toMatch(/: \d s.*; compiled so far: canvas\n/);
  const again = new Said(prepare, [], { PATH: path });
  expect([await again.end(), again.text]).toEqual([0, '']);
}, 30_000);

test('what npm said comes after the last word on its step', async () => {
  const { prepare, path } = makeCheckout('echo npm: no route; exit 1');
  const setup = new Said(prepare, [], { PATH: path });
  expect(await setup.end()).toBe(1);
  expect(setup.text).toMatch(/npm: no route\npackdial: the npm packages could not be installed\n$/);
});

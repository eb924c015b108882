import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { folderOfEachTest } from '../temporary-folder';

const folder = folderOfEachTest();

/** Runs the script where every touch is one line of `who`, which tells who is logged in then. Returns how often it starts packdial. */
function touched(...logins: readonly string[]): { code: number | null; starts: number } {
  const root = folder();
  for (const name of ['deploy', 'bin']) mkdirSync(join(root, name), { recursive: true });
  copyFileSync(resolve(__dirname, '../../deploy/await-touch'), join(root, 'deploy/await-touch'));
  const script = (path: string, lines: string): void =>
    writeFileSync(join(root, path), `#!/bin/sh\ncd ${root}\n${lines}\n`, { mode: 0o755 });
  for (const file of ['starts', 'asked']) writeFileSync(join(root, file), '');
  writeFileSync(join(root, 'logins'), logins.map((line) => `${line}\n`).join(''));
  script('node', '[ "$2" = tell-touches ] && sed s/.*/touch/ logins');
  script('bin/who', 'echo >>asked; sed -n "$(wc -l <asked)p" logins');
  script('deploy/retry', 'echo >>starts');
  const { status } = spawnSync(join(root, 'deploy/await-touch'), {
    env: { PATH: `${join(root, 'bin')}:${process.env['PATH'] ?? ''}` },
  });
  return { code: status, starts: readFileSync(join(root, 'starts'), 'utf8').length };
}

const nobody = '';
const remote = 'pi       pts/0        2026-11-30 01:00 (192.168.1.20)';
const local = 'pi       tty7         2026-11-30 01:00';

test('S0.8: a touch starts the display, also while somebody works over ssh', () => {
  expect(touched(nobody).starts).toBe(1);
  expect(touched(remote).starts).toBe(1);
});

test('S0.8: who is logged in on the console is not disturbed, and a touch after that counts', () => {
  expect(touched(local, local).starts).toBe(0);
  expect(touched(local, local, nobody).starts).toBe(1);
});

test('when nobody listens any more, the service is told', () => {
  expect(touched()).toEqual({ code: 1, starts: 0 });
});

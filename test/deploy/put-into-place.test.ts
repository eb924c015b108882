import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { folderOfEachTest } from '../temporary-folder';

const folder = folderOfEachTest();
const checkout = resolve(__dirname, '../..');
const units = 'etc/systemd/system';

/** A release with what this checkout puts into the system, but for what `change` does to it. */
function release(name: string, change: (deploy: string) => void = () => undefined): string {
  const path = join(folder(), name);
  for (const part of ['deploy', 'setup']) cpSync(join(checkout, part), join(path, part), { recursive: true });
  change(join(path, 'deploy'));
  return path;
}

const root = (): string => join(folder(), 'root');

/** Programs that stand in for systemd's, which need not be here. */
function put(path: string, before = ''): { code: number | null; said: string } {
  const bin = join(folder(), 'bin');
  mkdirSync(bin, { recursive: true });
  for (const program of ['systemctl', 'systemd-sysusers', 'systemd-tmpfiles']) {
    writeFileSync(join(bin, program), `#!/bin/sh\necho "${program} $*" >>${folder()}/ran\n`, { mode: 0o755 });
  }
  if (before !== '')
    writeFileSync(join(bin, 'mv'), `#!/bin/sh\n${before}\nexec /bin/mv "$@"\n`, { mode: 0o755 });
  else rmSync(join(bin, 'mv'), { force: true });
  mkdirSync(join(root(), 'opt/packdial'), { recursive: true });
  const { status, stderr } = spawnSync(join(path, 'setup/put-into-place'), [root()], {
    env: { PATH: `${bin}:${process.env['PATH'] ?? ''}` },
    encoding: 'utf8',
  });
  return { code: status, said: stderr };
}

function everything(): Record<string, string> {
  const files = readdirSync(root(), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(files.map((file) => [file.slice(root().length), readFileSync(file, 'utf8')]));
}

test('units, rules, the user and the command come to their places', () => {
  expect(put(release('a'))).toEqual({ code: 0, said: '' });
  const files = everything();
  for (const unit of readdirSync(join(checkout, 'deploy')).filter((name) =>
    /\.(service|timer|path)$/.test(name),
  )) {
    expect(files[`/${units}/${unit}`]).toBe(readFileSync(join(checkout, 'deploy', unit), 'utf8'));
  }
  expect(Object.keys(files)).toEqual(
    expect.arrayContaining([
      '/etc/udev/rules.d/70-packdial.rules',
      '/usr/lib/sysusers.d/packdial.conf',
      '/usr/lib/tmpfiles.d/packdial.conf',
      '/usr/share/dbus-1/system.d/packdial.conf',
      '/usr/share/polkit-1/rules.d/50-packdial.rules',
      '/usr/local/bin/packdial',
      `/${units}/getty@tty1.service.d/packdial.conf`,
    ]),
  );
  expect(Object.keys(files).filter((name) => name.includes('new'))).toEqual([]);
});

test('what a later release adds goes with it when it is gone back from', () => {
  const first = release('a');
  put(first);
  const before = everything();
  const second = release('b', (deploy) => {
    writeFileSync(join(deploy, 'packdial-novel.service'), '[Unit]\n');
    rmSync(join(deploy, '70-packdial-can.rules'));
    writeFileSync(join(deploy, 'packdial.service'), '[Unit]\nDescription=newer\n');
  });
  put(second);
  expect(existsSync(join(root(), units, 'packdial-novel.service'))).toBe(true);
  expect(existsSync(join(root(), 'etc/udev/rules.d/70-packdial-can.rules'))).toBe(false);
  expect(readFileSync(join(root(), units, 'packdial.service'), 'utf8')).toMatch(/newer/);
  put(first);
  expect(everything()).toEqual(before);
  expect(readFileSync(join(folder(), 'ran'), 'utf8')).toMatch(/systemctl .*disable packdial-novel\.service/);
});

test('cut off at any rename, doing it again, or going back, leaves all whole', () => {
  const first = release('a');
  const second = release('b', (deploy) => {
    for (const name of ['packdial-novel.service', 'packdial-another.timer'])
      writeFileSync(join(deploy, name), 'new');
    writeFileSync(join(deploy, 'packdial.service'), 'new');
  });
  put(first);
  const before = everything();
  put(second);
  const after = everything();
  for (let cut = 1; cut <= 6; cut++) {
    for (const [next, wanted] of [
      [second, after],
      [first, before],
    ] as const) {
      put(first);
      const count = join(folder(), 'count');
      writeFileSync(count, '');
      const { code } = put(second, `echo x >>${count}; [ $(wc -l <${count}) -ne ${cut} ] || kill -9 $PPID`);
      if (cut <= 5) expect(code).not.toBe(0);
      // Each file is the old one or the new one, never half of one.
      for (const [name, content] of Object.entries(everything())) {
        if (!name.includes('new') && name !== '/opt/packdial/placed') {
          expect([before[name], after[name]]).toContain(content);
        }
      }
      expect(put(next).code).toBe(0);
      expect([cut, everything()]).toEqual([cut, wanted]);
    }
  }
}, 300_000);

test('where nothing has changed, no file is written', () => {
  const path = release('a');
  put(path);
  expect(put(path, 'echo renamed >&2').said).toBe('');
});

import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { BareDebian, type Ended } from '../newcomer/bare-debian';
import { version } from '../../package.json';

const checkout = resolve(__dirname, '../..');
const arch = execFileSync('dpkg', ['--print-architecture'], { encoding: 'utf8' }).trim();
const made = mkdtempSync(join(tmpdir(), 'packdial-packages-'));
const file = `packdial_${version}_${arch}.deb`;
/** Debians that the package is installed on; DEBIANS in the environment names others. */
const suites = (process.env['DEBIANS'] ?? 'bookworm trixie').split(' ');
const hour = 3_600_000;

/** A copy of the package that says another version or architecture, made in seconds. */
function disguised(name: string, as: { version?: string; arch?: string }): string {
  const folder = mkdtempSync(join(made, 'disguised-'));
  execFileSync('dpkg-deb', ['--raw-extract', join(made, file), folder]);
  const replace = (path: string, from: string, to: string): void => {
    execFileSync('sed', ['-i', `s/${from}/${to}/g`, join(folder, path)]);
  };
  const { version: other = version, arch: processor = arch } = as;
  replace('DEBIAN/control', `^Version: .*`, `Version: ${other}`);
  replace('DEBIAN/control', `^Architecture: .*`, `Architecture: ${processor}`);
  replace('DEBIAN/preinst', version.replaceAll('.', '\\.'), other);
  replace('usr/lib/packdial/package.json', `"version": ".*"`, `"version": "${other}"`);
  execFileSync('dpkg-deb', ['--root-owner-group', '-Zgzip', '-z1', '--build', folder, join(made, name)], {
    stdio: 'ignore',
  });
  rmSync(folder, { recursive: true });
  return name;
}

/** What stands in for a program that the package's scripts call: it kills all that runs in the Debian, dpkg first. */
const deathOf = { preinst: 'df', postinst: 'sync', links: 'systemd-sysusers' };

/** A command that installs a package and is killed at a step. */
function killedAt(step: 'unpack' | keyof typeof deathOf, name: string): string {
  if (step === 'unpack')
    return `dpkg -i ${name} & until [ -e /usr/lib/packdial/node.dpkg-new ]; do :; done; kill -9 $!; wait $!`;
  return `mkdir -p /root/bin && printf '#!/bin/sh\nkill -9 -1\n' >/root/bin/${deathOf[step]} &&
    chmod +x /root/bin/* && PATH=/root/bin:$PATH dpkg -i ${name}`;
}

beforeAll(() => {
  cpSync(join(checkout, 'release', file), join(made, file));
  disguised('newer.deb', { version: '9.9.9' });
  disguised('foreign.deb', { arch: arch === 'arm64' ? 'amd64' : 'arm64' });
}, hour);

afterAll(() => rmSync(made, { recursive: true, force: true }));

test(
  'lintian finds no error',
  () => {
    const said = execFileSync('lintian', ['--fail-on', 'none', join(made, file)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    expect(said.split('\n').filter((line) => line.startsWith('E:'))).toEqual([]);
  },
  hour,
);

describe.each(suites)('on a bare %s', (suite) => {
  let debian: BareDebian;
  /** Runs a command as root where the packages are. */
  const run = async (command: string): Promise<Pick<Ended, 'code' | 'said'>> => {
    const { code, said } = await debian.run(`cd /root/packages && ${command}`);
    return { code, said };
  };
  const apt = (words: string): ReturnType<typeof run> =>
    run(`apt-get --yes --no-install-recommends ${words}`);
  const ok = { code: 0, said: expect.any(String) as string };
  const running = (): string => debian.read('opt/packdial/current/package.json');
  const releases = (): string[] => readdirSync(debian.path('opt/packdial/releases'));

  beforeAll(() => {
    debian = new BareDebian(suite, 'root');
    cpSync(made, debian.path('root/packages'), { recursive: true });
    // A Debian that is thrown away need not be on the disk.
    writeFileSync(debian.path('etc/dpkg/dpkg.cfg.d/unsafe-io'), 'force-unsafe-io\n');
  }, hour);

  afterAll(() => debian.remove());

  test('one apt install lays packdial down, and it draws its picture', async () => {
    const begin = performance.now();
    const ended = await apt(`install ./${file}`);
    expect(ended).toEqual(ok);
    process.stdout.write(`${suite}: apt install took ${((performance.now() - begin) / 1000).toFixed(0)} s\n`);
    expect(ended.said).toContain('the dial comes with the next start');
    expect(await run('systemctl is-enabled packdial.service')).toEqual({ code: 0, said: 'enabled\n' });
    expect(await run('packdial --version')).toEqual({ code: 0, said: `${version}\n` });
    expect(await run('packdial snapshot --source simulate --out /root/main.png')).toEqual(ok);
    expect(debian.readBytes('root/main.png').length).toBeGreaterThan(5000);
    // Hard links: on the disk once.
    expect((await run('du -sm /usr/lib/packdial /opt/packdial | cut -f1')).said).toMatch(/^\d{3}\n\d\n$/);
    expect(await run('dpkg --verify packdial')).toEqual({ code: 0, said: '' });
  }, 600_000);

  test('a newer one keeps settings, data and the release before; an older one is refused with a sentence', async () => {
    expect(await run('packdial configure --source can && echo 12.5 >/var/lib/packdial/some.log')).toEqual(ok);
    expect(await apt('install ./newer.deb')).toEqual(ok);
    expect(running()).toContain('"9.9.9"');
    expect(JSON.parse(debian.read('etc/packdial/settings.json'))).toEqual({ source: 'can' });
    expect(debian.read('var/lib/packdial/some.log')).toBe('12.5\n');
    expect(debian.read('opt/packdial/previous/package.json')).toContain(`"${version}"`);
    expect(await run('/opt/packdial/previous/setup/try-out')).toEqual(ok);

    const refused = await run(`dpkg -i ${file}`);
    expect(refused).toEqual({ code: 1, said: expect.any(String) as string });
    expect(refused.said).toContain(
      `packdial: version 9.9.9 is installed, and an older one may not understand its data`,
    );
    expect(running()).toContain('"9.9.9"');
    expect((await run('dpkg-query -W packdial')).said).toBe('packdial\t9.9.9\n');
    expect((await run('/usr/lib/packdial/setup/uninstall')).said).toContain('it came as a package');
  }, 600_000);

  test('removed, settings and data are still there; installed again, they are used; purged, nothing is left', async () => {
    expect(await apt('remove packdial')).toEqual(ok);
    expect(existsSync(debian.path('opt/packdial'))).toBe(false);
    expect(existsSync(debian.path('usr/lib/packdial'))).toBe(false);
    expect(existsSync(debian.path('etc/systemd/system/packdial.service'))).toBe(false);
    expect(await apt(`install ./${file}`)).toEqual(ok);
    expect((await run('packdial configure')).said).toContain('"can"');
    expect(await apt('purge packdial')).toEqual(ok);
    const left = await run('find / -xdev -name "*packdial*" -not -path "/root/*" -not -path "/var/log/*"');
    expect(left.said).toBe('');
    expect((await run('getent passwd packdial')).code).toBe(2);
  }, 600_000);

  test('over make install the package takes over: settings and data stay, and its release is the one before', async () => {
    expect(await run('dpkg --purge packdial')).toEqual(ok);
    expect(existsSync(debian.path('opt/packdial'))).toBe(false);
    // What make install does, after it has built.
    const installed = spawnSync(join(checkout, 'setup/install'), [debian.path(''), '--power-scale', '25'], {
      encoding: 'utf8',
    });
    expect([installed.status, installed.status === 0 ? '' : installed.stderr]).toEqual([0, '']);
    expect(await run('echo 12.5 >/var/lib/packdial/some.log')).toEqual(ok);
    const [before] = releases();
    const mark = debian.path(`opt/packdial/releases/${before}/by-make-install`);
    writeFileSync(mark, '');

    expect(await apt(`install ./${file}`)).toEqual(ok);
    expect(releases()).toHaveLength(2);
    expect(existsSync(debian.path('opt/packdial/previous/by-make-install'))).toBe(true);
    expect(existsSync(debian.path('opt/packdial/current/by-make-install'))).toBe(false);
    expect((await run('stat -c %h /opt/packdial/current/node')).said).toBe('2\n');
    expect(JSON.parse((await run('packdial configure')).said)).toEqual({ powerScale: 25 });
    expect(debian.read('var/lib/packdial/some.log')).toBe('12.5\n');
    expect(await run('/opt/packdial/previous/setup/try-out')).toEqual(ok);
    expect(await run('/usr/lib/packdial/setup/uninstall')).toMatchObject({ code: 2 });
    // All goes with the package then.
    expect(await apt('remove packdial')).toEqual(ok);
    expect(existsSync(debian.path('opt/packdial'))).toBe(false);
    expect(JSON.parse(debian.read('etc/packdial/settings.json'))).toEqual({ powerScale: 25 });
  }, 600_000);

  test('a downgrade by hand: what the newer one has set and recorded is kept, and the older one draws its picture', async () => {
    expect(await run('dpkg --purge packdial; dpkg -i newer.deb')).toEqual(ok);
    const ofNewer = { moon: 'full', powerScale: 25 };
    for (const name of ['settings.json', 'settings.json.bak'])
      writeFileSync(debian.path(`etc/packdial/${name}`), JSON.stringify(ofNewer));
    expect(await apt('remove packdial')).toEqual(ok);
    expect(await apt(`install ./${file}`)).toEqual(ok);
    expect(await run('packdial snapshot --source simulate --out /root/older.png')).toEqual(ok);
    expect(await run('packdial configure --power-scale 30')).toEqual(ok);
    expect(JSON.parse(debian.read('etc/packdial/settings.json'))).toEqual({ ...ofNewer, powerScale: 30 });
  }, 600_000);

  test.each(['preinst', 'unpack', 'postinst', 'links'] as const)(
    'killed in %s, the display that was there is whole, and dpkg mends the rest',
    async (step) => {
      expect(await run(`dpkg --purge packdial && dpkg -i ${file}`)).toEqual(ok);
      expect(await run(killedAt(step, 'newer.deb'))).toMatchObject({ code: 137 });
      expect(await run('rm -rf /root/bin; /opt/packdial/current/setup/try-out')).toEqual(ok);
      expect(running()).toContain(step === 'links' ? '"9.9.9"' : `"${version}"`);
      // What has been unpacked half dpkg wants to have again; the rest it only configures.
      const mend = ['postinst', 'links'].includes(step) ? 'dpkg --configure -a' : 'dpkg -i newer.deb';
      expect(await run(`${mend} && dpkg --audit`)).toEqual(ok);
      expect(running()).toContain('"9.9.9"');
      expect(await run('packdial --version')).toMatchObject({ code: 0 });
      expect(releases()).toHaveLength(2);
      expect(existsSync(debian.path('run/packdial-update/lock'))).toBe(false);
    },
    hour,
  );

  test('where make install or UPDATE SOFTWARE has put a newer release, that one stays', async () => {
    expect(await run('dpkg --purge packdial; dpkg -i newer.deb && dpkg --unpack newer.deb')).toEqual(ok);
    // As if these had done it: the release is no package's.
    expect(
      await run(
        `rm -rf /var/lib/dpkg/info/packdial.* && sed -i '/^Package: packdial$/,/^$/d' /var/lib/dpkg/status`,
      ),
    ).toEqual(ok);
    const before = releases();
    const ended = await run(`dpkg -i ${file}`);
    expect(ended).toEqual(ok);
    expect(ended.said).toContain(
      `packdial: version 9.9.9, which was installed otherwise, is newer than this package (${version}) and stays`,
    );
    expect(releases()).toEqual(before);
    expect(await run('systemctl is-enabled packdial.service')).toMatchObject({ code: 0 });
  }, 600_000);

  test('a download that broke off changes nothing, and the whole file installs afterwards', async () => {
    expect(await run(`dpkg --purge packdial; dpkg -i ${file}`)).toEqual(ok);
    const before = releases();
    expect(await run('head -c 5000000 newer.deb >broken.deb')).toEqual(ok);
    for (const install of ['dpkg -i broken.deb', 'apt-get --yes install ./broken.deb']) {
      const broken = await run(install);
      expect(broken.code).not.toBe(0);
      expect(broken.said).toMatch(/unexpected end of file|Invalid archive/i);
      expect(await run('dpkg --audit')).toEqual({ code: 0, said: '' });
      expect(releases()).toEqual(before);
      expect(running()).toContain(`"${version}"`);
      expect(await run('/usr/lib/packdial/setup/try-out')).toEqual(ok);
    }
    expect(await run('dpkg -i newer.deb')).toEqual(ok);
    expect(running()).toContain('"9.9.9"');
  }, 600_000);

  test('another processor and a full disk are told in a sentence before anything is changed', async () => {
    expect(await run('dpkg --purge packdial')).toEqual(ok);
    const foreign = await run('dpkg -i foreign.deb');
    expect(foreign.code).toBe(1);
    expect(foreign.said).toMatch(/package architecture \(\w+\) does not match system/);
    const full =
      await run(`mkdir -p /root/bin && printf '#!/bin/sh\necho a; echo none 100 50 50 50%% /\n' >/root/bin/df && chmod +x /root/bin/df &&
      PATH=/root/bin:$PATH dpkg -i ${file}`);
    expect(full.code).toBe(1);
    expect(full.said).toMatch(
      /packdial: installing takes \d+ MB on the disk of \/usr, and 50 MB are free there: make room/,
    );
    expect(existsSync(debian.path('opt/packdial'))).toBe(false);
    expect(await run('dpkg --audit')).toEqual({ code: 0, said: '' });
  }, 600_000);
});

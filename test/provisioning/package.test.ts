import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { version } from '../../package.json';
import { temporaryFolder } from '../temporary-folder';
import { PlayedMachine } from './played-machine';
import { remotePassword } from './provisioning';

const minutes = 60_000;
const machine = new PlayedMachine(temporaryFolder());
const figures: string[] = [];
const arch = execFileSync('dpkg', ['--print-architecture'], { encoding: 'utf8' }).trim();
const file = resolve(__dirname, `../../release/packdial_${version}_${arch}.deb`);
const good = { unreachable: 0, failed: 0 };

beforeAll(async () => {
  await machine.start('bare');
  machine.describe(`packdial_package: ${file}
packdial_settings:
  powerScale: 25
packdial_boot_lines:
  - dtoverlay=mcp2515-can0,oscillator=16000000,interrupt=25
packdial_quiet_start: true
packdial_grafana: postgresql
packdial_grafana_server:
  url: 192.168.1.9:5432
  jsonData:
    database: yacht
  secureJsonData:
    password: ${machine.encrypted()}`);
}, 30 * minutes);

afterAll(async () => {
  await machine.stop();
  process.stdout.write(`${figures.join('; ')}\n`);
}, minutes);

test(
  'on a machine without packdial the play installs the package, and restarts it for its boot lines',
  () => {
    const boot = machine.run('cat /proc/sys/kernel/random/boot_id');
    const { code, said, recap, seconds } = machine.play();
    figures.push(`the play with the package: ${seconds} s`);
    expect([code, code === 0 ? '' : said]).toEqual([0, '']);
    expect(recap).toMatchObject(good);
    expect(said).not.toContain(remotePassword);

    expect(
      machine.run("dpkg-query -W -f '${db:Status-Status} ${Version}' packdial; packdial --version"),
    ).toBe(`installed ${version}${version}`);
    expect(JSON.parse(machine.run('cat /etc/packdial/settings.json'))).toEqual({ powerScale: 25 });
    expect(machine.run('cat /boot/firmware/config.txt')).toBe(
      '# For more options see http://rptl.io/configtxt\ndtparam=audio=on\n[all]\n' +
        'dtoverlay=mcp2515-can0,oscillator=16000000,interrupt=25\ndisable_splash=1',
    );
    expect(machine.run('cat /boot/firmware/cmdline.txt')).toBe(
      'console=serial0,115200 console=tty3 root=PARTUUID=6c586e13-02 rootfstype=ext4 fsck.repair=yes rootwait' +
        ' quiet loglevel=3 logo.nologo vt.global_cursor_default=0',
    );
    expect(machine.run('cat /proc/sys/kernel/random/boot_id')).not.toBe(boot);
    expect(machine.run('systemctl is-active packdial')).toBe('active');
  },
  60 * minutes,
);

test('Grafana finds its data source, with the password that only it may read, and its dashboard', () => {
  expect(
    machine.run(
      'stat -c "%U:%G %a" /etc/grafana/provisioning/datasources/* /etc/grafana/provisioning/dashboards/*',
    ),
  ).toBe('root:grafana 640\nroot:grafana 644');
  const asJson = 'import json, sys, yaml; print(json.dumps(yaml.safe_load(sys.stdin)))';
  const read = (path: string): unknown =>
    JSON.parse(
      execFileSync('/usr/bin/python3', ['-c', asJson], {
        input: machine.run(`sudo -u grafana cat ${path}`),
        encoding: 'utf8',
      }),
    );
  expect(read('/etc/grafana/provisioning/datasources/packdial-postgresql.yaml')).toMatchObject({
    apiVersion: 1,
    datasources: [
      {
        uid: 'packdial-postgresql',
        type: 'grafana-postgresql-datasource',
        url: '192.168.1.9:5432',
        user: 'grafana',
        jsonData: { database: 'yacht', sslmode: 'disable', timeInterval: '10s' },
        secureJsonData: { password: remotePassword },
      },
    ],
  });
  const { providers } = read('/etc/grafana/provisioning/dashboards/packdial.yaml') as {
    providers: { options: { path: string } }[];
  };
  const folder = String(providers[0]?.options.path);
  expect(JSON.parse(machine.run(`sudo -u grafana cat ${folder}/packdial-postgresql.json`))).toMatchObject({
    uid: 'packdial-postgresql',
  });
  // It was started with them.
  machine.run('systemctl start grafana-server');
  expect(machine.run('cat /run/grafana-has-read')).toContain('yacht');
});

test(
  'a second run changes nothing: package, boot lines and Grafana’s files are as they are to be',
  () => {
    const pid = machine.run('systemctl show -P MainPID packdial');
    const { code, said, recap, seconds } = machine.play();
    figures.push(`once more: ${seconds} s`);
    expect([code, code === 0 ? '' : said]).toEqual([0, '']);
    expect(recap).toMatchObject({ changed: 0, ...good });
    expect(machine.run('systemctl show -P MainPID packdial')).toBe(pid);
  },
  60 * minutes,
);

test('the package can be removed there too, with no udev running', () => {
  expect(machine.run('apt-get --yes purge packdial >/dev/null; dpkg --audit; ls /opt')).toBe('');
  expect(
    machine.run(
      'find /etc -name "*packdial*" -not -path "/etc/grafana/*" -not -path "/etc/systemd/system/packdial.service.d*"',
    ),
  ).toBe('');
});

import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { tmpdir } from 'node:os';
import { temporaryFolder } from '../temporary-folder';
import { until } from '../until';

const folder = temporaryFolder();
const checkout = resolve(__dirname, '../..');
const provisioning = join(folder, 'provisioning');
const key = join(folder, 'key');
const vaultPassword = join(folder, 'vault-password');
const remotePassword = 'fair-winds-7';
const minutes = 60_000;

/** Where the machine is for this one. */
const address = '10.77.0.2';
const root = join(folder, 'machine');
const cache = join(tmpdir(), 'packdial-provisioning');
const sshOptions = [
  '-i',
  key,
  '-o',
  'StrictHostKeyChecking=no',
  '-o',
  'UserKnownHostsFile=/dev/null',
  '-o',
  'LogLevel=ERROR',
  '-o',
  'ConnectTimeout=5',
];
/** Puts a command where strangers are. */
const stranger = ['ip', 'netns', 'exec', 'packdial-out'];
const figures: string[] = [];
let machine: ChildProcess;

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** Whether a TCP connection comes about, begun by a command such as `stranger`. */
function reaches(from: readonly string[], host: string, port: number): boolean {
  const [program, ...args] = [...from, 'timeout', '3', 'bash', '-c', `</dev/tcp/${host}/${port}`];
  return spawnSync(program, args).status === 0;
}

/** The password as it stands in display.yml: encrypted, and indented as YAML wants it. */
function encrypted(): string {
  const args = ['encrypt_string', '--vault-password-file', vaultPassword, remotePassword];
  return execFileSync('ansible-vault', args, { encoding: 'utf8' })
    .trim()
    .replaceAll(/\n\s*/g, '\n            ');
}

/** Writes display.yml: the machine as an owner would describe it, with some settings of its own. */
function describeDisplay(settings: string): void {
  writeFileSync(
    join(provisioning, 'display.yml'),
    `displays:
  hosts:
    saloon:
      ansible_host: ${address}
      ansible_user: pi
      ansible_ssh_private_key_file: ${key}
      packdial_hostname: saloon
      packdial_timezone: Europe/Amsterdam
      packdial_firewall: true
      packdial_settings:
${settings}
      packdial_devices:
        - type: evtv-udp
          name: house
          port: 6500
`,
  );
}

const goodSettings = (): string => `        powerScale: 25\n        remotePassword: ${encrypted()}`;

/** The last line of a play: how many tasks were `ok`, `changed`, `failed` and so on. */
function countsOf(said: string): Record<string, number> {
  const [, counts] = /^saloon +: (.*)$/m.exec(said) ?? [];
  return Object.fromEntries(
    [...(counts ?? '').matchAll(/(\w+)=(\d+)/g)].map(([, name, n]): [string, number] => [
      String(name),
      Number(n),
    ]),
  );
}

/** Runs the play; `recap` is its last line, on the machine. */
function play(...flags: readonly string[]): {
  code: number | null;
  said: string;
  recap: Record<string, number>;
} {
  const { status, stdout, stderr } = spawnSync(join(provisioning, 'play.sh'), flags, {
    encoding: 'utf8',
    env: {
      ...process.env,
      ANSIBLE_VAULT_PASSWORD_FILE: vaultPassword,
      ANSIBLE_HOST_KEY_CHECKING: 'False',
      ANSIBLE_TIMEOUT: '120',
      ANSIBLE_NOCOLOR: 'True',
      LC_ALL: 'C.UTF-8',
    },
  });
  const said = stdout + stderr;
  return {
    code: status,
    said,
    recap: countsOf(said),
  };
}

/** Runs a command of bash as root on the machine, over SSH as the play does. */
function run(command: string): string {
  const { status, stdout, stderr } = spawnSync(
    'ssh',
    [...sshOptions, `pi@${address}`, `sudo bash -c ${quoted(command)}`],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`${command} ended with ${String(status)}: ${stdout}${stderr}`);
  return stdout.trim();
}

beforeAll(async () => {
  cpSync(join(checkout, 'provisioning'), provisioning, { recursive: true });
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
  writeFileSync(vaultPassword, 'a password for passwords\n');
  execFileSync(join(__dirname, 'make-machine'), [cache, root, `${key}.pub`], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  machine = spawn(join(__dirname, 'run-machine'), [root], { stdio: ['ignore', 'ignore', 'inherit'] });
  await until(
    'SSH',
    () => {
      try {
        return run('systemctl is-active packdial') === 'active';
      } catch {
        return false;
      }
    },
    300,
  );
}, 30 * minutes);

afterAll(async () => {
  const ended = once(machine, 'exit');
  machine.kill();
  await ended;
  process.stdout.write(`${figures.join('; ')}\n`);
}, minutes);

test(
  'S1.5: one file with address, names, passwords and devices makes the machine that display, unattended',
  () => {
    describeDisplay(goodSettings());
    const begin = performance.now();
    const { code, said, recap } = play();
    figures.push(`the play: ${((performance.now() - begin) / 1000).toFixed(0)} s`);
    expect([code, code === 0 ? '' : said]).toEqual([0, '']);
    expect(recap).toMatchObject({ unreachable: 0, failed: 0 });
    expect(recap['changed']).toBeGreaterThan(3);
    expect(said).not.toContain(remotePassword);

    expect(JSON.parse(run('cat /etc/packdial/settings.json'))).toEqual({
      rotate: 180,
      nightBrightness: 20,
      powerScale: 25,
      remotePassword,
      devices: [{ type: 'evtv-udp', name: 'house', port: 6500 }],
    });
    expect(run('stat -c "%U %a" /etc/packdial/settings.json; ls /etc/packdial')).toMatch(
      /^packdial 600\n(?!.*wanted)/s,
    );
    expect(run('hostname; readlink -f /etc/localtime; systemctl is-active packdial nftables')).toBe(
      'saloon\n/usr/share/zoneinfo/Europe/Amsterdam\nactive\nactive',
    );
  },
  60 * minutes,
);

test(
  'S1.5: a second run changes nothing',
  () => {
    const pid = run('systemctl show -P MainPID packdial');
    const begin = performance.now();
    const { code, said, recap } = play();
    figures.push(`once more: ${((performance.now() - begin) / 1000).toFixed(0)} s`);
    expect([code, code === 0 ? '' : said]).toEqual([0, '']);
    expect(recap).toMatchObject({ changed: 0, unreachable: 0, failed: 0 });
    expect(run('systemctl show -P MainPID packdial')).toBe(pid);
  },
  60 * minutes,
);

test(
  'S1.8: the firewall lets the house in, limits SSH from elsewhere, and denies the rest',
  async () => {
    const rules = run('nft list ruleset');
    expect(rules).toMatch(/hook input priority filter; policy drop;/);
    run('systemd-run --quiet --unit=other-program python3 -m http.server 8099');
    await until('the other program', () => reaches([], address, 8099), 60);
    expect(reaches(stranger, '192.0.2.2', 8099)).toBe(false);
    const tries = Array.from({ length: 9 }, () => reaches(stranger, '192.0.2.2', 22));
    expect(tries[0]).toBe(true);
    expect(tries.at(-1)).toBe(false);
    // Who lives there is not limited.
    expect(Array.from({ length: 9 }, () => reaches([], address, 22))).not.toContain(false);
  },
  10 * minutes,
);

test(
  'a wrong setting is said in packdial’s sentence, and the settings stay',
  () => {
    const before = run('cat /etc/packdial/settings.json');
    describeDisplay('        rotate: 33');
    const { code, said, recap } = play();
    expect(code).not.toBe(0);
    expect(recap).toMatchObject({ failed: 1 });
    expect(said).toMatch(/"?rotate\\*"? is 33, but must be one of 0, 90, 180, 270/);
    expect(said).not.toContain(remotePassword);
    expect(run('cat /etc/packdial/settings.json; ls /etc/packdial | grep wanted || true')).toBe(before);
  },
  60 * minutes,
);

import { spawnSync } from 'node:child_process';
import { temporaryFolder } from '../temporary-folder';
import { until } from '../until';
import { address, PlayedMachine } from './played-machine';
import { remotePassword } from './provisioning';

const minutes = 60_000;
const machine = new PlayedMachine(temporaryFolder());
const figures: string[] = [];

/** Puts a command where strangers are. */
const stranger = ['ip', 'netns', 'exec', 'packdial-out'];

/** Whether a TCP connection comes about, begun by a command such as `stranger`. */
function reaches(from: readonly string[], host: string, port: number): boolean {
  const [program, ...args] = [...from, 'timeout', '3', 'bash', '-c', `</dev/tcp/${host}/${port}`];
  return spawnSync(program, args).status === 0;
}

/** Writes display.yml, with some settings of its own. */
function describeDisplay(settings: string): void {
  machine.describe(`packdial_hostname: saloon
packdial_timezone: Europe/Amsterdam
packdial_firewall: true
packdial_settings:
${settings}
packdial_devices:
  - type: evtv-udp
    name: house
    port: 6500`);
}

beforeAll(() => machine.start('installed'), 30 * minutes);

afterAll(async () => {
  await machine.stop();
  process.stdout.write(`${figures.join('; ')}\n`);
}, minutes);

test(
  'S1.5: one file with address, names, passwords and devices makes the machine that display, unattended',
  () => {
    describeDisplay(`  powerScale: 25\n  remotePassword: ${machine.encrypted()}`);
    const { code, said, recap, seconds } = machine.play();
    figures.push(`the play: ${seconds} s`);
    expect([code, code === 0 ? '' : said]).toEqual([0, '']);
    expect(recap).toMatchObject({ unreachable: 0, failed: 0 });
    expect(recap['changed']).toBeGreaterThan(3);
    expect(said).not.toContain(remotePassword);

    expect(JSON.parse(machine.run('cat /etc/packdial/settings.json'))).toEqual({
      rotate: 180,
      nightBrightness: 20,
      powerScale: 25,
      remotePassword,
      devices: [{ type: 'evtv-udp', name: 'house', port: 6500 }],
    });
    expect(machine.run('stat -c "%U %a" /etc/packdial/settings.json; ls /etc/packdial')).toMatch(
      /^packdial 600\n(?!.*wanted)/s,
    );
    expect(machine.run('getent hosts saloon')).toMatch(/^127\.0\.1\.1\s+saloon$/);
    expect(machine.run('hostname; readlink -f /etc/localtime; systemctl is-active packdial nftables')).toBe(
      'saloon\n/usr/share/zoneinfo/Europe/Amsterdam\nactive\nactive',
    );
  },
  60 * minutes,
);

test(
  'S1.5: a second run changes nothing',
  () => {
    const pid = machine.run('systemctl show -P MainPID packdial');
    const { code, said, recap, seconds } = machine.play();
    figures.push(`once more: ${seconds} s`);
    expect([code, code === 0 ? '' : said]).toEqual([0, '']);
    expect(recap).toMatchObject({ changed: 0, unreachable: 0, failed: 0 });
    expect(machine.run('systemctl show -P MainPID packdial')).toBe(pid);
  },
  60 * minutes,
);

test(
  'S1.8: the firewall lets the house in, limits SSH from elsewhere, and denies the rest',
  async () => {
    const rules = machine.run('nft list ruleset');
    expect(rules).toMatch(/hook input priority filter; policy drop;/);
    machine.run('systemd-run --quiet --unit=other-program python3 -m http.server 8099');
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
    const before = machine.run('cat /etc/packdial/settings.json');
    describeDisplay('  rotate: 33');
    const { code, said, recap } = machine.play();
    expect(code).not.toBe(0);
    expect(recap).toMatchObject({ failed: 1 });
    expect(said).toMatch(/"?rotate\\*"? is 33, but must be one of 0, 90, 180, 270/);
    expect(said).not.toContain(remotePassword);
    expect(machine.run('cat /etc/packdial/settings.json; ls /etc/packdial | grep wanted || true')).toBe(
      before,
    );
  },
  60 * minutes,
);

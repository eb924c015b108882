import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { until } from '../until';

/** Where the machine is for this one. */
export const address = '10.77.0.2';
/** In display.yml, encrypted; nothing prints it. */
export const remotePassword = 'fair-winds-7';
const checkout = resolve(__dirname, '../..');
const cache = join(tmpdir(), 'packdial-provisioning');

/** What a play came to: `recap` is its last line, how many tasks were `ok`, `changed`, `failed` and so on. */
export interface Played {
  readonly code: number | null;
  readonly said: string;
  readonly recap: Readonly<Record<string, number>>;
  readonly seconds: number;
}

/** A machine with Debian, systemd and SSH in a container, and a copy of provisioning/ that makes it a display. */
export class PlayedMachine {
  private readonly provisioning: string;
  private readonly key: string;
  private readonly vaultPassword: string;
  private readonly root: string;
  private machine: ChildProcess | undefined;

  /** @param folder an empty one, for all of it */
  constructor(folder: string) {
    this.provisioning = join(folder, 'provisioning');
    this.key = join(folder, 'key');
    this.vaultPassword = join(folder, 'vault-password');
    this.root = join(folder, 'machine');
  }

  /** Makes it and waits for SSH. @param kind `bare`: without packdial */
  async start(kind: 'installed' | 'bare'): Promise<void> {
    cpSync(join(checkout, 'provisioning'), this.provisioning, { recursive: true });
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', this.key]);
    writeFileSync(this.vaultPassword, 'a password for passwords\n');
    execFileSync(join(__dirname, 'make-machine'), [cache, this.root, `${this.key}.pub`, kind], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const stdio = ['ignore', 'ignore', 'inherit'] as const;
    this.machine = spawn(join(__dirname, 'run-machine'), [this.root], { stdio: [...stdio] });
    const service = kind === 'bare' ? 'ssh' : 'packdial';
    await until(
      'SSH',
      () => {
        try {
          return this.run(`systemctl is-active ${service}`) === 'active';
        } catch {
          return false;
        }
      },
      300,
    );
  }

  async stop(): Promise<void> {
    if (this.machine === undefined) return;
    const ended = once(this.machine, 'exit');
    this.machine.kill();
    await ended;
  }

  /** Writes display.yml: the machine as an owner would describe it. @param variables of the role, in YAML, not indented */
  describe(variables: string): void {
    writeFileSync(
      join(this.provisioning, 'display.yml'),
      `displays:
  hosts:
    saloon:
      ansible_host: ${address}
      ansible_user: pi
      ansible_ssh_private_key_file: ${this.key}
${variables.replaceAll(/^(?=.)/gm, '      ')}
`,
    );
  }

  /** The password as it stands in display.yml, indented as YAML wants it there. */
  encrypted(): string {
    const args = ['encrypt_string', '--vault-password-file', this.vaultPassword, remotePassword];
    return execFileSync('ansible-vault', args, { encoding: 'utf8' }).trim().replaceAll(/\n\s*/g, '\n      ');
  }

  /** Runs the play. */
  play(...flags: readonly string[]): Played {
    const begin = performance.now();
    const { status, stdout, stderr } = spawnSync(join(this.provisioning, 'play.sh'), flags, {
      encoding: 'utf8',
      env: {
        ...process.env,
        ANSIBLE_VAULT_PASSWORD_FILE: this.vaultPassword,
        ANSIBLE_HOST_KEY_CHECKING: 'False',
        ANSIBLE_TIMEOUT: '120',
        ANSIBLE_NOCOLOR: 'True',
        LC_ALL: 'C.UTF-8',
      },
    });
    const said = stdout + stderr;
    const seconds = Math.round((performance.now() - begin) / 1000);
    return { code: status, said, recap: countsOf(said), seconds };
  }

  /** Runs a command of bash as root on the machine, over SSH as the play does. */
  run(command: string): string {
    const sshOptions = [
      'StrictHostKeyChecking=no',
      'UserKnownHostsFile=/dev/null',
      'LogLevel=ERROR',
      'ConnectTimeout=5',
    ];
    const { status, stdout, stderr } = spawnSync(
      'ssh',
      [
        '-i',
        this.key,
        ...sshOptions.flatMap((option) => ['-o', option]),
        `pi@${address}`,
        `sudo bash -c ${quoted(command)}`,
      ],
      { encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(`${command} ended with ${String(status)}: ${stdout}${stderr}`);
    return stdout.trim();
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** The last line of a play. */
function countsOf(said: string): Record<string, number> {
  const [, counts] = /^saloon +: (.*)$/m.exec(said) ?? [];
  const found = [...(counts ?? '').matchAll(/(\w+)=(\d+)/g)];
  return Object.fromEntries(found.map(([, name, n]): [string, number] => [String(name), Number(n)]));
}

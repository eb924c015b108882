import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** In display.yml, encrypted; nothing prints it. */
export const remotePassword = 'fair-winds-7';

/** What a play came to: `recap` is its last line, how many tasks were `ok`, `changed`, `failed` and so on. */
export interface Played {
  readonly code: number | null;
  readonly said: string;
  readonly recap: Readonly<Record<string, number>>;
  readonly seconds: number;
}

/** Where a machine with SSH is for this one. */
export interface SshPlace {
  readonly address: string;
  readonly port: number;
}

/** A copy of provisioning/ that makes a machine a display over SSH, as its user `pi`. */
export class Provisioning {
  private readonly copy: string;
  private readonly key: string;
  private readonly vaultPassword: string;

  /** @param folder an empty one, for all of it */
  constructor(
    folder: string,
    private readonly place: SshPlace,
  ) {
    this.copy = join(folder, 'provisioning');
    this.key = join(folder, 'key');
    this.vaultPassword = join(folder, 'vault-password');
    cpSync(resolve(__dirname, '../../provisioning'), this.copy, { recursive: true });
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', this.key]);
    writeFileSync(this.vaultPassword, 'a password for passwords\n');
  }

  /** The file with the key that the machine has to let in. */
  get publicKey(): string {
    return `${this.key}.pub`;
  }

  /** Writes display.yml: the machine as an owner would describe it. @param variables of the role, in YAML, not indented */
  describe(variables: string): void {
    writeFileSync(
      join(this.copy, 'display.yml'),
      `displays:
  hosts:
    saloon:
      ansible_host: ${this.place.address}
      ansible_port: ${this.place.port}
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
    const { status, stdout, stderr } = spawnSync(join(this.copy, 'play.sh'), flags, {
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
        '-p',
        String(this.place.port),
        `pi@${this.place.address}`,
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

import { isIP } from 'node:net';
import { userInfo } from 'node:os';
import type { Log } from '../../logging/log';

/** Where the page is, for whoever sits at the terminal. */
export interface WebAddress {
  /** As it is typed into a browser: `http://localhost:8080`, or one with a key that allows everything. */
  readonly url: string;
  readonly port: number;
  /** Only browsers on this machine reach it. */
  readonly local: boolean;
  /** There is a key in it: it is for whoever reads this, and not for everybody. */
  readonly keyed: boolean;
}

/** What the announcement needs of the process; replaced in tests. */
export interface WebAnnouncementParts {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly user: string;
  /** Writes to the terminal; `undefined` where there is none, and the log tells. */
  readonly terminal: ((text: string) => void) | undefined;
}

/** Tells the address, as the last of what it says: over ssh the way to it comes first. */
export function announceWeb(
  { url, port, local, keyed }: WebAddress,
  log: Pick<Log, 'info'>,
  { env, user, terminal }: WebAnnouncementParts = ownParts(),
): void {
  const tunnel = local ? sshTunnel(env['SSH_CONNECTION'], port, user) : undefined;
  if (terminal === undefined) {
    if (tunnel !== undefined)
      log.info(`From another computer, connect with ${tunnel} first, or start packdial with --web lan`);
    log.info(keyed ? `Open in your browser: ${url}` : `The web page is at ${url}`);
    return;
  }
  const way =
    tunnel === undefined
      ? ''
      : `    This machine is reached over ssh. On your own computer, run\n\n        ${tunnel}\n\n` +
        '    and keep it open; or start packdial with --web lan instead.\n\n';
  terminal(`\n${way}    Open in your browser:  \x1b[1m${url}\x1b[0m\n\n`);
}

/**
 * The command that brings the page to the computer that somebody has come from over ssh; `undefined` when nobody has.
 *
 * @param connection SSH_CONNECTION as sshd sets it: address and port of the client, address and port of the server
 * @param port of the page, here and there
 * @param user who is logged in here
 */
export function sshTunnel(connection: string | undefined, port: number, user: string): string | undefined {
  const [, , address = '', sshPort = ''] = (connection ?? '').split(' ');
  if (isIP(address) === 0 || !/^\d{1,5}$/.test(sshPort)) return undefined;
  const other = sshPort === '22' ? '' : `-p ${sshPort} `;
  return `ssh ${other}-L ${port}:localhost:${port} ${user === '' ? '' : `${user}@`}${address}`;
}

function ownParts(): WebAnnouncementParts {
  return {
    env: process.env,
    user: process.env['SUDO_USER'] ?? ownName(),
    terminal: process.stdout.isTTY ? (text) => void process.stdout.write(text) : undefined,
  };
}

/** Empty where the user has no name. */
function ownName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}

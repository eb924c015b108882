import { execFile } from 'node:child_process';

/** How a program ended. */
export interface Ended {
  /** 0 for success; undefined when it could not be started. */
  readonly code: number | undefined;
  readonly stderr: string;
}

/** Runs iproute2's `ip` with these arguments, without a shell; replaced in tests. */
export type RunIp = (args: readonly string[]) => Promise<Ended>;

/** What bringing an interface up came to; `restarts` when it comes back by itself after going off the bus. */
export type SetupResult =
  | { readonly is: 'brought up'; readonly restarts: boolean }
  | { readonly is: 'no ip' | 'no rights' }
  | { readonly is: 'refused'; readonly reason: string };

/** The program lives where the path of an ordinary user does not lead. */
const systemPaths = '/usr/sbin:/sbin:/usr/bin:/bin';
const timeoutMs = 10_000;

/** Runs the machine's own `ip`. */
export const systemIp: RunIp = (args) =>
  new Promise((resolve) => {
    const PATH = [process.env['PATH'], systemPaths].filter((path) => path !== undefined).join(':');
    const env = { ...process.env, PATH, LC_ALL: 'C' };
    execFile('ip', args, { env, timeout: timeoutMs }, (error, _, stderr) => {
      if (error === null) resolve({ code: 0, stderr });
      else resolve({ code: typeof error.code === 'number' ? error.code : undefined, stderr });
    });
  });

/**
 * Switches a CAN interface on: off first, for the bit rate can only be set then. Where a driver can't restart its chip by itself
 * and so refuses the delay for it, it does without.
 *
 * @param bitRate bit/s; undefined for a virtual interface, which has none
 * @param restartMs ms after which a chip that went off the bus comes back; 0: never
 */
export async function switchOn(
  interfaceName: string,
  bitRate: number | undefined,
  restartMs: number,
  ip: RunIp,
): Promise<SetupResult> {
  const off = await ip(['link', 'set', 'dev', interfaceName, 'down']);
  if (off.code !== 0) return failure(off);
  const on = ['link', 'set', 'dev', interfaceName, 'up'];
  const timing = bitRate === undefined ? [] : ['type', 'can', 'bitrate', String(bitRate)];
  const delay = bitRate === undefined ? [] : ['restart-ms', String(restartMs)];
  const first = await ip([...on, ...timing, ...delay]);
  if (first.code === 0) return { is: 'brought up', restarts: restartMs > 0 };
  const result = failure(first);
  if (result.is !== 'refused' || delay.length === 0) return result;
  const second = await ip([...on, ...timing]);
  // Otherwise it was not the restart that it refused.
  return second.code === 0 ? { is: 'brought up', restarts: false } : failure(second);
}

function failure({ code, stderr }: Ended): SetupResult {
  if (code === undefined) return { is: 'no ip' };
  if (/not permitted|permission denied/i.test(stderr)) return { is: 'no rights' };
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  // The kernel's own words, where there are some, come after `Error:` or `RTNETLINK answers:`.
  const reason = (lines[0] ?? 'ip does not say why').replace(/^(Error: |RTNETLINK answers: )/, '');
  return { is: 'refused', reason: reason.replace(/\.$/, '') };
}

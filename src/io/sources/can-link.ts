import { readFile } from 'node:fs/promises';
import * as path from 'node:path';

/**
 * How a CAN interface stands, as the kernel tells in /sys/class/net: `absent` (no such interface), `not CAN` (another
 * kind), `down` (not switched on), `off the bus` (its chip gave up after too many errors) or `up`.
 */
export type LinkState = 'absent' | 'not CAN' | 'down' | 'off the bus' | 'up';

/** Where the kernel lists network interfaces. */
export const systemInterfaces = '/sys/class/net';

// From linux/if.h and linux/if_arp.h.
const upFlag = 1;
const canType = 280;

/** Looks; never throws. `folder` is `/sys/class/net` but in tests. */
export async function readLinkState(folder: string, interfaceName: string): Promise<LinkState> {
  const [type, flags, operation] = await Promise.all(
    ['type', 'flags', 'operstate'].map((file) => readLine(path.join(folder, interfaceName, file))),
  );
  if (type === undefined || flags === undefined) return 'absent';
  if (Number(type) !== canType) return 'not CAN';
  if ((Number(flags) & upFlag) === 0) return 'down';
  // A virtual interface says `unknown` here.
  return operation === 'down' ? 'off the bus' : 'up';
}

async function readLine(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'latin1')).trim();
  } catch {
    return undefined;
  }
}

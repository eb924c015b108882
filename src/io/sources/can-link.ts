import { readFile } from 'node:fs/promises';
import * as path from 'node:path';

/**
 * How a CAN interface stands, as the kernel tells in /sys/class/net: `absent` (no such interface), `not CAN` (another
 * kind), `down` (not switched on), `off the bus` (its chip gave up after too many errors) or `up`.
 */
export type LinkState = 'absent' | 'not CAN' | 'down' | 'off the bus' | 'up';

/** What the kernel tells of an interface. */
export interface CanLink {
  readonly state: LinkState;
  /** Frames it has heard since it is there, whoever they were for; its own reports of errors are none (since Linux 5.17). */
  readonly heard: number;
}

/** Where the kernel lists network interfaces. */
export const systemInterfaces = '/sys/class/net';

// From linux/if.h and linux/if_arp.h.
const upFlag = 1;
const canType = 280;

/** Looks; never throws. `folder` is `/sys/class/net` but in tests. */
export async function readLink(folder: string, interfaceName: string): Promise<CanLink> {
  const [type, flags, operation, heard] = await Promise.all(
    ['type', 'flags', 'operstate', 'statistics/rx_packets'].map((file) =>
      readLine(path.join(folder, interfaceName, file)),
    ),
  );
  return { state: stateOf(type, flags, operation), heard: Number(heard ?? 0) };
}

function stateOf(
  type: string | undefined,
  flags: string | undefined,
  operation: string | undefined,
): LinkState {
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

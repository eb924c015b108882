import { readFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';

/** Reaches every machine of every network that this one is in; it can always be listened on. */
export const limitedBroadcast = '255.255.255.255';

/**
 * Whether some program listens on a UDP port of this machine. Where the kernel does not tell, nobody does.
 *
 * @param port 1..65535 @param folder where the kernel lists sockets
 */
export async function udpPortTaken(port: number, folder = '/proc/net'): Promise<boolean> {
  const tables = await Promise.all(
    ['udp', 'udp6'].map((name) => readFile(`${folder}/${name}`, 'utf8').catch(() => '')),
  );
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  // sl, local address, remote address: 0: 00000000:1964 00000000:0000 07 …
  return tables.some((table) =>
    table.split('\n').some((line) => /^\s*\d+: [0-9A-F]+:([0-9A-F]{4}) /.exec(line)?.[1] === wanted),
  );
}

/** The addresses that broadcasts to this machine's IPv4 networks have. */
export function broadcastAddresses(
  interfaces: typeof networkInterfaces = networkInterfaces,
): readonly string[] {
  const found = new Set([limitedBroadcast]);
  for (const { family, address, netmask } of Object.values(interfaces()).flatMap((list) => list ?? [])) {
    if (family !== 'IPv4') continue;
    const mask = netmask.split('.').map(Number);
    const broadcast = address.split('.').map((byte, i) => Number(byte) | (~(mask[i] ?? 255) & 255));
    // A network of one or two machines has no broadcasts.
    if ((~(mask[3] ?? 255) & 255) > 1) found.add(broadcast.join('.'));
  }
  return Array.from(found);
}

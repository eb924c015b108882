import { BlockList, isIP } from 'node:net';
import { networkInterfaces } from 'node:os';

/** Addresses that are never given to anybody on the Internet: RFC 1918, RFC 3927, RFC 4193, RFC 4291, RFC 6598. */
const privateNetworks = [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  ['100.64.0.0', 10],
  ['::1', 128],
  ['fe80::', 10],
  ['fc00::', 7],
] as const;

/**
 * True for an address of the house: a private one, or one of a network that this machine is itself in. A router that lets the
 * Internet in by mistake does not lead anybody to the battery.
 *
 * @param own networks of the machine, such as `192.168.1.72/24`
 */
export function isNearby(address: string, own: readonly string[] = ownNetworks()): boolean {
  const near = new BlockList();
  for (const [network, length] of privateNetworks) {
    near.addSubnet(network, length, isIP(network) === 6 ? 'ipv6' : 'ipv4');
  }
  for (const cidr of own) {
    const [network = '', length = ''] = cidr.split('/');
    const family = isIP(network);
    if (family !== 0) near.addSubnet(network, Number(length), family === 6 ? 'ipv6' : 'ipv4');
  }
  const plain = plainAddress(address);
  const family = isIP(plain);
  return family !== 0 && near.check(plain, family === 6 ? 'ipv6' : 'ipv4');
}

/** An address as a person writes it: without the zone, and IPv4 as IPv4 (a socket for both calls it ::ffff:192.168.1.9). */
export function plainAddress(address: string): string {
  return address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '');
}

function ownNetworks(): string[] {
  return Object.values(networkInterfaces()).flatMap((list = []) =>
    list.flatMap(({ cidr }) => (cidr === null ? [] : [cidr])),
  );
}

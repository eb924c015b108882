import { isIP } from 'node:net';

/**
 * True when a Host header names this machine: an address, `localhost`, a name of the local network (`*.local`), or one of `names`.
 * A page of somebody else's whose name was made to lead to this machine (DNS rebinding) comes with its own name, and is
 * refused.
 *
 * @param host as in RFC 9110, 7.2: a name or address, and a port where it is not the usual one
 * @param names further names, in lower case
 */
export function isOwnHost(host: string | undefined, names: readonly string[]): boolean {
  const match = /^(?:\[([0-9a-f:.]{2,45})\]|([a-z0-9_.-]{1,253}))(?::\d{1,5})?$/i.exec(host ?? '');
  if (match === null) return false;
  const [, address, named] = match;
  if (address !== undefined) return isIP(address) === 6;
  const name = (named ?? '').toLowerCase().replace(/\.$/, '');
  if (isIP(name) === 4) return true;
  return name === 'localhost' || name.endsWith('.local') || names.includes(name);
}

/**
 * True when a request was made by a page of this very address. Browsers send Origin with every POST and with every WebSocket;
 * what comes without is not from a page of ours.
 */
export function isSameOrigin(origin: string | undefined, host: string | undefined): boolean {
  if (origin === undefined || host === undefined || !/^https?:\/\//i.test(origin)) return false;
  try {
    return new URL(origin).host === new URL(`http://${host}`).host;
  } catch {
    return false;
  }
}

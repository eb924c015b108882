import { isIP } from 'node:net';
import { plainAddress } from './network-check';

/** Addresses that are remembered. */
const mostAddresses = 1000;
/** s that an address waits after its first wrong password, its second, and so on. */
const longest = 60;
/** ms after which an address that has waited is forgotten. */
const forgotten = 15 * 60_000;

/** Who guesses passwords waits: 1, 2, 4 up to 60 seconds after each wrong one, by address. Times are monotonic ms. */
export class LoginThrottle {
  private readonly failures = new Map<string, { count: number; until: number }>();

  /** ms until this address may try again; 0 when it may now. */
  wait(address: string, now: number): number {
    const known = this.failures.get(keyOf(address));
    return known === undefined ? 0 : Math.max(0, known.until - now);
  }

  /** A wrong password. @returns ms until the next try */
  failed(address: string, now: number): number {
    const key = keyOf(address);
    const known = this.failures.get(key);
    const count = known === undefined || now - known.until > forgotten ? 1 : known.count + 1;
    const wait = Math.min(longest, 2 ** (count - 1)) * 1000;
    // At the end of the map again, so that the one that has been quiet longest is forgotten first.
    this.failures.delete(key);
    this.failures.set(key, { count, until: now + wait });
    if (this.failures.size > mostAddresses) {
      for (const oldest of this.failures.keys()) {
        this.failures.delete(oldest);
        break;
      }
    }
    return wait;
  }

  /** A right password. */
  succeeded(address: string): void {
    this.failures.delete(keyOf(address));
  }
}

/** One machine has as many IPv6 addresses as it likes, of one network of 64 bits. */
function keyOf(address: string): string {
  const plain = plainAddress(address);
  if (isIP(plain) !== 6) return plain;
  const [head = '', tail] = plain.split('::');
  const groups = head.split(':');
  if (tail !== undefined) {
    const behind = tail === '' ? 0 : tail.split(':').length;
    while (groups.length + behind < 8) groups.push('0');
  }
  return groups.slice(0, 4).join(':');
}

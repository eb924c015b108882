import type { Clock } from '../base/clock';

/** Addresses that are remembered; of more, the ones whose last failure is longest ago are forgotten. */
const mostAddresses = 256;
/** s that an address has to wait after failures in a row: twice as long each time, up to this. */
const longestWait = 60;
/** ms without a failure after which an address is as good as new. */
const forgotten = 600_000;

/** Who has failed to know the password, and how long it has to wait before it may try again. */
export class FailureTable {
  private readonly failures = new Map<string, { count: number; at: number }>();

  constructor(private readonly clock: Pick<Clock, 'monotonic'>) {}

  /** Addresses that are remembered. */
  get size(): number {
    return this.failures.size;
  }

  /** Whole seconds that an address still has to wait; 0 when it may try. */
  wait(address: string): number {
    const found = this.failures.get(placeOf(address));
    if (found === undefined) return 0;
    const seconds = Math.min(longestWait, 2 ** (found.count - 1));
    return Math.max(0, Math.ceil((found.at + seconds * 1000 - this.clock.monotonic()) / 1000));
  }

  /** The address has given a wrong password: it waits, twice as long as the last time within ten minutes. */
  failed(address: string): void {
    const place = placeOf(address);
    const at = this.clock.monotonic();
    const before = this.failures.get(place);
    const count = before !== undefined && at - before.at < forgotten ? before.count + 1 : 1;
    // At the end of the map, as the latest.
    this.failures.delete(place);
    this.failures.set(place, { count: Math.min(count, 32), at });
    if (this.failures.size <= mostAddresses) return;
    const [oldest] = this.failures.keys();
    if (oldest !== undefined) this.failures.delete(oldest);
  }

  /** The address has shown that it is the owner's. */
  succeeded(address: string): void {
    this.failures.delete(placeOf(address));
  }
}

/** What is counted as one: an IPv4 address, or the 64-bit network of an IPv6 one, in which anybody has as many as they like. */
function placeOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('::');
  const groups = head === '' ? [] : head.split(':');
  const rest = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Math.max(0, 8 - groups.length - rest.length);
  const all = tail === undefined ? groups : [...groups, ...Array<string>(zeros).fill('0'), ...rest];
  return all.slice(0, 4).join(':').toLowerCase();
}

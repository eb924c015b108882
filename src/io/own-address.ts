import { networkInterfaces } from 'node:os';

/** ms after which the own address is looked up again: it changes rarely, and asking takes a while. */
const addressInterval = 5000;

/** The display's own IPv4 address: of a wired interface before a wireless one; `undefined` without a network. */
export function ownAddress(): string | undefined {
  const candidates: { readonly name: string; readonly address: string }[] = [];
  for (const [name, addresses] of Object.entries(networkInterfaces())) {
    for (const { family, internal, address } of addresses ?? []) {
      if (family === 'IPv4' && !internal) candidates.push({ name, address });
    }
  }
  const rank = (name: string): number => (/^(eth|en)/.test(name) ? 0 : /^wl/.test(name) ? 1 : 2);
  candidates.sort((a, b) => rank(a.name) - rank(b.name));
  return candidates[0]?.address;
}

/** The same for callers who ask many times a second. @param now monotonic ms */
export function cachedOwnAddress(now: () => number): () => string | undefined {
  let address: string | undefined;
  let askedAt = -Infinity;
  return () => {
    if (now() - askedAt >= addressInterval) {
      askedAt = now();
      address = ownAddress();
    }
    return address;
  };
}

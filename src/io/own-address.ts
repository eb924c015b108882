import { networkInterfaces } from 'node:os';

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

import { join } from 'node:path';
import * as v from 'valibot';
import { dataDir } from '../../settings/data-dir';
import { textStore } from '../../io/text-store';
import { remoteSite, type RemoteSite } from '../../protocol/mqtt/site-message';
import type { Settings } from '../../settings/settings';

/** ms for which the sender's devices must be the same before the display is built for them. */
const settleTime = 3000;
/** ms between two times that it is built anew, so that nobody who can publish keeps it from showing anything. */
const rebuildInterval = 60_000;

const known = v.object({ bmsId: v.string(), site: remoteSite });

/** The file in which a receiver keeps which devices its sender has. */
export function knownSitePath(folder: string): string {
  return join(folder, 'site.json');
}

/** Which devices the sender of a receiver had; `undefined` for other displays, and where that is not known. Never rejects. */
export async function readKnownSite(settings: Settings): Promise<RemoteSite | undefined> {
  if (settings.mqtt !== 'receiver') return undefined;
  try {
    const text = await textStore(knownSitePath(join(dataDir(settings), 'mqtt'))).read();
    const result = v.safeParse(known, JSON.parse(text));
    const its = result.success && result.output.bmsId === settings.bmsId;
    return its && result.output.site.devices.length > 0 ? result.output.site : undefined;
  } catch {
    // It was not kept yet, or can't be read: it is learnt again within half a minute.
    return undefined;
  }
}

/** What a KnownSite needs. */
export interface KnownSiteParts {
  readonly bmsId: string;
  /** What the display is built for; `undefined` for one battery alone. */
  readonly shown: RemoteSite | undefined;
  readonly write: (content: string) => Promise<void>;
  /** Monotonic ms. */
  readonly now: () => number;
  /** The display is to be built anew, for other devices. */
  readonly rebuild: () => void;
}

/** Follows which devices a sender has, and has the display built anew where they are others than those that it shows. */
export class KnownSite {
  private readonly since: number;
  private wanted: { readonly text: string; readonly from: number } | undefined;
  private done = false;

  constructor(private readonly parts: KnownSiteParts) {
    this.since = parts.now();
  }

  /** The sender has these. */
  heard(site: RemoteSite): void {
    const text = JSON.stringify(site);
    if (this.wanted?.text === text) return;
    this.wanted = { text, from: this.parts.now() };
  }

  /** To be called about once a second. Never rejects. */
  async tick(): Promise<void> {
    const { wanted, done, parts } = this;
    if (wanted === undefined || done) return;
    const { shown, bmsId } = parts;
    const now = parts.now();
    if (wanted.text === JSON.stringify(shown ?? { devices: [], bank: null })) return;
    if (now - wanted.from < settleTime) return;
    // The first time that there are several is what everybody waits for.
    if (shown !== undefined && now - this.since < rebuildInterval) return;
    this.done = true;
    try {
      await parts.write(`{"bmsId":${JSON.stringify(bmsId)},"site":${wanted.text}}\n`);
      parts.rebuild();
    } catch {
      // Without a place to keep it the display would be built for the old ones again.
      this.done = false;
    }
  }
}

import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { replaceFile } from '../replace-file';
import { makePrivateFolder } from './private-folder';
import type { BrokerSet } from './broker-files';

const setSchema = v.object({
  host: v.string(),
  cert: v.string(),
  key: v.string(),
  ca: v.exactOptional(v.string()),
});

/** Sets that came from a stick. Each is one file, readable for nobody else, so that what belongs together stays together. */
export interface KeptSets {
  /** Has connected. */
  readonly proven: BrokerSet | undefined;
  /** Has not connected yet. */
  readonly fresh: BrokerSet | undefined;
}

/** Keeps a set that has connected until another one has. */
export class BrokerStore {
  /** @param folder made if it is not there */
  constructor(private readonly folder: string) {}

  /** What is kept; a file that is missing or damaged is none. Never rejects. */
  async sets(): Promise<KeptSets> {
    const [proven, fresh] = await Promise.all([this.read('proven'), this.read('fresh')]);
    return { proven, fresh };
  }

  /**
   * Takes a set in, unless it is one of those that are there. Resolves with whether it was new.
   *
   * @throws an error of the disk (as a rejection)
   */
  async take(set: BrokerSet): Promise<boolean> {
    const { proven, fresh } = await this.sets();
    if ([proven, fresh].some((kept) => kept !== undefined && isSame(kept, set))) return false;
    await makePrivateFolder(this.folder);
    await replaceFile(this.path('fresh'), `${JSON.stringify(set, null, 2)}\n`, { newMode: 0o600 });
    return true;
  }

  /** The fresh set has connected: the one from before goes. */
  async prove(set: BrokerSet): Promise<void> {
    const { fresh } = await this.sets();
    if (fresh === undefined || !isSame(fresh, set)) return;
    await rename(this.path('fresh'), this.path('proven'));
  }

  private async read(name: 'proven' | 'fresh'): Promise<BrokerSet | undefined> {
    try {
      const parsed = v.safeParse(setSchema, JSON.parse(await readFile(this.path(name), 'utf8')));
      return parsed.success ? parsed.output : undefined;
    } catch {
      return undefined;
    }
  }

  private path(name: 'proven' | 'fresh'): string {
    return join(this.folder, `${name}.json`);
  }
}

function isSame(a: BrokerSet, b: BrokerSet): boolean {
  return a.host === b.host && a.cert === b.cert && a.key === b.key && a.ca === b.ca;
}

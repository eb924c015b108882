import { readFile, rename, writeFile } from 'node:fs/promises';
import * as v from 'valibot';
import type { KeptSession } from './sessions';

const schema = v.pipe(
  v.array(
    v.object({
      digest: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
      expires: v.pipe(v.number(), v.finite()),
    }),
  ),
  v.maxLength(1000),
);

/** Reads the logins that were kept; none where there is no file, or one that is damaged. Never rejects. */
export async function readSessions(file: string): Promise<readonly KeptSession[]> {
  try {
    const parsed = v.safeParse(schema, JSON.parse(await readFile(file, 'utf8')));
    return parsed.success ? parsed.output : [];
  } catch {
    return [];
  }
}

/**
 * Keeps logins in a file, so that nobody has to log in again after a restart. What comes while one is written is written after
 * it. Never throws: without the file a restart costs a login.
 */
export class SessionFile {
  private writing: Promise<void> = Promise.resolve();
  private latest: readonly KeptSession[] | undefined;

  constructor(private readonly file: string) {}

  /** Replaces what is kept, soon. */
  keep(sessions: readonly KeptSession[]): void {
    const idle = this.latest === undefined;
    this.latest = sessions;
    if (idle) this.writing = this.writing.then(() => this.write());
  }

  /** Resolves when all is written. */
  async written(): Promise<void> {
    await this.writing;
  }

  private async write(): Promise<void> {
    const sessions = this.latest;
    this.latest = undefined;
    const fresh = `${this.file}.new`;
    try {
      await writeFile(fresh, JSON.stringify(sessions), { mode: 0o600 });
      await rename(fresh, this.file);
    } catch {
      // The disk is full or read-only, which others tell.
    }
  }
}

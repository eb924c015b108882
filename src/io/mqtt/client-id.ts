import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { replaceFile } from '../replace-file';
import { makePrivateFolder } from './private-folder';

/** An id at brokers for one connection, unlike any other client's. */
export function passingClientId(): string {
  return `packdial-${randomBytes(6).toString('hex')}`;
}

/**
 * The display's id at brokers: a random one that is kept, so that no two displays have the same one and a broker sees the same
 * display again. Under 23 letters, which every broker takes. Where it can't be kept there is another one at each start.
 */
export async function clientId(file: string): Promise<string> {
  const kept = await readFile(file, 'latin1').catch(() => '');
  if (/^packdial-[0-9a-f]{12}$/.test(kept.trim())) return kept.trim();
  const id = passingClientId();
  try {
    await makePrivateFolder(dirname(file));
    await replaceFile(file, `${id}\n`, { newMode: 0o600 });
  } catch {
    // The disk is read-only or full.
  }
  return id;
}

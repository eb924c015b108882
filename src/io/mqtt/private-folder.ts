import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder that nobody else may look into, and the one that it is in; further up nothing is made. (The recursive mkdir
 * of Node 20 never returns where a file system refuses, as /proc does.) Never rejects: who writes there will see.
 */
export async function makePrivateFolder(path: string): Promise<void> {
  for (const folder of [dirname(path), path]) await mkdir(folder, { mode: 0o700 }).catch(() => undefined);
}

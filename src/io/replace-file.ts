import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Replaces a file as a whole: after a power cut at any moment there is the old one or the new one. The disk has it when this
 * resolves; nothing waits for the disk meanwhile. A file that was there keeps its mode.
 *
 * @param newMode that of a file that was not there
 *
 * @throws Error of the file system (as a rejection); the old one is then still there
 */
export async function replaceFile(path: string, content: string, newMode = 0o644): Promise<void> {
  const fresh = `${path}.new`;
  const mode = await stat(path).then(
    (found) => found.mode & 0o777,
    () => newMode,
  );
  try {
    await rm(fresh, { force: true });
    const file = await open(fresh, 'wx', mode);
    try {
      await file.writeFile(content);
      await file.chmod(mode);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(fresh, path);
  } catch (error) {
    await rm(fresh, { force: true }).catch(() => undefined);
    throw error;
  }
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

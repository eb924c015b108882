import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { errorCode } from '../../base/error-code';
import { failureWords } from '../../base/failure-words';

/** Why a file of the stick can't be taken. */
export class StickFileError extends Error {
  override readonly name = 'StickFileError';
}

/**
 * Reads a small text file from a stick that anybody may have prepared: a regular file, no larger than it should be.
 * Resolves with `undefined` when there is none.
 *
 * @param name for messages
 * @throws StickFileError (as a rejection)
 */
export async function readStickFile(path: string, name: string, limit: number): Promise<string | undefined> {
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK | constants.O_NOCTTY;
  let file;
  try {
    file = await open(path, flags);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT') return undefined;
    throw new StickFileError(
      code === 'ELOOP'
        ? `${name} on the stick is a link, no file`
        : `${name} on the stick can't be read: ${failureWords(error)}`,
    );
  }
  try {
    const { size, isFile } = await file
      .stat()
      .then((found) => ({ size: found.size, isFile: found.isFile() }));
    if (!isFile) throw new StickFileError(`${name} on the stick is no file`);
    if (size > limit) {
      throw new StickFileError(`${name} on the stick has ${size} bytes, and may have ${limit}`);
    }
    const bytes = Buffer.alloc(limit + 1);
    const { bytesRead } = await file.read(bytes, 0, limit + 1, 0);
    if (bytesRead > limit) throw new StickFileError(`${name} on the stick has more than ${limit} bytes`);
    return bytes.toString('utf8', 0, bytesRead);
  } catch (error) {
    if (error instanceof StickFileError) throw error;
    throw new StickFileError(`${name} on the stick can't be read: ${failureWords(error)}`);
  } finally {
    await file.close().catch(() => undefined);
  }
}

import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { errorCode } from '../../base/error-code';
import { failureWords } from '../../base/failure-words';
import type { BrokerFilesTrouble } from '../../model/broker-files-reports';

/** A file of the stick can't be taken; the report tells why. */
export class StickFileError extends Error {
  override readonly name = 'StickFileError';

  constructor(readonly report: BrokerFilesTrouble) {
    super(report.code);
  }
}

/**
 * Reads a small text file from a stick that anybody may have prepared: a regular file, no larger than it should be.
 * Resolves with `undefined` when there is none.
 *
 * @param file its name, for the report
 * @throws StickFileError (as a rejection)
 */
export async function readStickFile(path: string, file: string, limit: number): Promise<string | undefined> {
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK | constants.O_NOCTTY;
  let handle;
  try {
    handle = await open(path, flags);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT') return undefined;
    throw new StickFileError(
      code === 'ELOOP'
        ? { code: 'file-linked', values: { file } }
        : { code: 'file-unreadable', values: { file, reason: failureWords(error) } },
    );
  }
  try {
    const { size, isFile } = await handle
      .stat()
      .then((found) => ({ size: found.size, isFile: found.isFile() }));
    if (!isFile) throw new StickFileError({ code: 'file-no-file', values: { file } });
    if (size > limit) {
      throw new StickFileError({ code: 'file-too-large', values: { file, size, limit } });
    }
    const bytes = Buffer.alloc(limit + 1);
    const { bytesRead } = await handle.read(bytes, 0, limit + 1, 0);
    if (bytesRead > limit) {
      throw new StickFileError({ code: 'file-too-large', values: { file, size: undefined, limit } });
    }
    return bytes.toString('utf8', 0, bytesRead);
  } catch (error) {
    if (error instanceof StickFileError) throw error;
    throw new StickFileError({ code: 'file-unreadable', values: { file, reason: failureWords(error) } });
  } finally {
    await handle.close().catch(() => undefined);
  }
}

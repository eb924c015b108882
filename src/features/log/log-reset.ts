import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { diskTrouble } from '../../io/recorders/disk-trouble';
import type { DiskTrouble } from '../../model/recorder-reports';
import type { LogFile } from '../../io/recorders/log-file';
import { systemFiles } from '../../io/recorders/log-file-system';

/**
 * RESET LOG: erases the log, with what of it is still in memory. The program must end after this; it finds no log then and
 * begins a new one. Resolves with `undefined`, or with what keeps the log from being erased: it then goes on.
 */
export async function eraseLog(
  path: string,
  file?: Pick<LogFile, 'pause' | 'start'>,
): Promise<DiskTrouble | undefined> {
  await file?.pause();
  try {
    await rm(path, { force: true });
    await systemFiles.syncFolder(dirname(path));
    return undefined;
  } catch (error) {
    file?.start();
    return diskTrouble(error);
  }
}

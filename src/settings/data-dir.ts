import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { errorCode } from '../base/error-code';
import type { Settings } from './settings';
import { UserError } from '../base/user-error';

const usualDataDir = '/var/lib/packdial';

/**
 * The folder for what packdial writes, made if it is not there: the one that was set, else /var/lib/packdial where that may
 * be written, else `data` in the current folder. One on a disk that is read-only is given all the same: the disk may
 * recover while the program runs.
 *
 * @throws UserError when it can't be made or written
 */
export function dataDir(settings: Pick<Settings, 'dataDir'>): string {
  if (settings.dataDir === '') {
    try {
      accessSync(usualDataDir, constants.W_OK);
      return usualDataDir;
    } catch (error) {
      if (isReadOnly(error)) return usualDataDir;
      // Not installed, or not for this user: what is written stays beside the checkout.
    }
  }
  const path = resolve(settings.dataDir === '' ? 'data' : settings.dataDir);
  try {
    makeFolder(path);
    accessSync(path, constants.W_OK);
  } catch (error) {
    if (isReadOnly(error) && existsSync(path)) return path;
    throw new UserError(
      `The data folder ${path} can't be written (${errorCode(error)}); name another with --data-dir.`,
    );
  }
  return path;
}

/** One folder after the other: the recursive mkdir of Node 20 never returns where a file system refuses, as /proc does. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}

function isReadOnly(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'EROFS';
}

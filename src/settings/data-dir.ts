import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { errorCode } from '../base/error-code';
import { failureWords } from '../base/failure-words';
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
  if (proved.has(path) && existsSync(path)) return path;
  try {
    makeFolder(path);
    prove(path);
    proved.add(path);
  } catch (error) {
    if (recovers.has(errorCode(error)) && existsSync(path)) return path;
    throw new UserError(
      `The data folder ${path} can't be written: ${reasonOf(error)}; name another with --data-dir.`,
    );
  }
  return path;
}

function reasonOf(error: unknown): string {
  const code = errorCode(error);
  if (code === 'ENOENT') return 'the system makes no files there';
  if (code !== 'EEXIST') return failureWords(error);
  // What is there and none the less missing is a link, such as to a disk that is not plugged in.
  const { path = '' } = error as NodeJS.ErrnoException;
  try {
    statSync(path);
  } catch (cause) {
    if (errorCode(cause) !== 'ENOENT') return failureWords(cause);
    return `${path} is a link to ${readlinkSync(path)}, which is not there (a disk that is not plugged in or not mounted?)`;
  }
  return failureWords(error);
}

/** Folders in which this process has made a file. */
const proved = new Set<string>();
/** What is wrong with a disk and may be over while the program runs. */
const recovers = new Set(['EROFS', 'ENOSPC', 'EDQUOT', 'EIO']);

/** Makes a file and removes it: what root may do, a folder such as /proc may refuse all the same. */
function prove(folder: string): void {
  if (!statSync(folder).isDirectory()) throw Object.assign(new Error(), { code: 'ENOTDIR' });
  accessSync(folder, constants.W_OK | constants.X_OK);
  const file = join(folder, `.packdial-${process.pid}`);
  writeFileSync(file, '');
  rmSync(file, { force: true });
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

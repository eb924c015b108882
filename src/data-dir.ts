import { accessSync, constants, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Settings } from './settings';
import { UserError } from './user-error';

const usualDataDir = '/var/lib/packdial';

/**
 * The folder for what packdial writes, made if it is not there: the one that was set, else /var/lib/packdial where that may
 * be written, else `data` in the current folder.
 *
 * @throws UserError when it can't be made or written
 */
export function dataDir(settings: Pick<Settings, 'dataDir'>): string {
  if (settings.dataDir === '') {
    try {
      accessSync(usualDataDir, constants.W_OK);
      return usualDataDir;
    } catch {
      // Not installed, or not for this user: what is written stays beside the checkout.
    }
  }
  const path = resolve(settings.dataDir === '' ? 'data' : settings.dataDir);
  try {
    mkdirSync(path, { recursive: true });
    accessSync(path, constants.W_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError(`The data folder ${path} can't be written (${code ?? String(error)}); name another with --data-dir.`);
  }
  return path;
}

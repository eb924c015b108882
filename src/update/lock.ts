import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { errorCode } from '../base/error-code';
import { writingFailureWords } from '../base/failure-words';
import { UserError } from '../base/user-error';

/**
 * Holds a lock file for as long as work is done. It lies in memory (/run), so that a power cut takes it away; one whose process
 * has ended does not count.
 *
 * @throws UserError when another process holds it
 */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      writeFileSync(path, `${process.pid}\n`, { flag: 'wx' });
      break;
    } catch (error) {
      if (errorCode(error) !== 'EEXIST')
        throw new UserError(`The lock ${path} can't be taken: ${writingFailureWords(error)}.`);
      if (tries > 0 || isAlive(path)) throw new UserError('Another update is going on.');
      rmSync(path, { force: true });
    }
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

function isAlive(path: string): boolean {
  try {
    const pid = Number(readFileSync(path, 'utf8'));
    if (!Number.isInteger(pid) || pid < 1) return false;
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

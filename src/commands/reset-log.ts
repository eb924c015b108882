import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { logPath } from '../features/log/log-recording';
import { eraseLog } from '../features/log/log-reset';
import type { Settings } from '../settings/settings';
import { UserError } from '../base/user-error';
import { actionText } from '../words/en';

/** Runs systemctl; resolves with whether it was content. */
type Systemctl = (...args: readonly string[]) => Promise<boolean>;

const run = promisify(execFile);
const systemctl: Systemctl = async (...args) => {
  try {
    await run('systemctl', args);
    return true;
  } catch {
    return false;
  }
};

/**
 * Erases the log, as the button RESET LOG does. A display that runs as a service writes its last lines, ends before that and
 * is started again after it. Resolves with the exit code: 1 when the log can't be erased.
 *
 * @throws UserError when there is nothing to erase, or rights are missing to stop the service
 */
export async function resetLog(
  settings: Pick<Settings, 'dataDir' | 'mqtt' | 'source'>,
  say: (text: string) => void = (text) => void process.stderr.write(`packdial: ${text}\n`),
  service: Systemctl = systemctl,
): Promise<number> {
  const path = logPath(settings);
  if (!existsSync(path)) throw new UserError(`There is no log ${path}; name its folder with --data-dir.`);
  const runs = await service('--quiet', 'is-active', 'packdial.service');
  if (runs && !(await service('stop', 'packdial.service'))) {
    throw new UserError(
      'Erasing the log of a running display needs the rights of root; put sudo before the command.',
    );
  }
  const trouble = await eraseLog(path);
  if (runs) await service('start', '--no-block', 'packdial.service');
  const erased = trouble === undefined;
  say(
    erased
      ? `${path} is erased${runs ? '; the display starts anew' : ''}.`
      : actionText({ report: { code: 'log-not-erased', values: { trouble } } }),
  );
  return erased ? 0 : 1;
}

import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../base/user-error';
import { Installation } from './installation';
import { complaint, runProgram } from './run-program';
import type { UpdaterParts } from './updater';
import { displayService, serviceState, watchService } from './watch-service';

/** Where setup/install puts packdial. */
const usualFolder = '/opt/packdial';
/** Seconds within which the first picture has to come. */
const startSeconds = 90;
/** Seconds for which the display must then run on; PACKDIAL_WATCH_SECONDS in the environment makes it others. */
const usualWatchSeconds = 60;

/** The packdial that is installed on this machine, if one is. */
export const usualInstallation = (): Installation => new Installation(usualFolder);

/** What an Updater does to the machine that it runs on. */
export function machineParts(tell: UpdaterParts['tell']): UpdaterParts {
  return {
    installation: usualInstallation(),
    putIntoPlace: async (folder) => {
      const ran = await runProgram(join(folder, 'setup/put-into-place'), []);
      if (ran.code !== 0)
        throw new UserError(`The release can't be put into its places (${complaint(ran)}).`);
    },
    tryOut: async (folder) => {
      const ran = await runProgram(join(folder, 'setup/try-out'), [], { cwd: folder });
      return ran.code === 0 ? undefined : complaint(ran);
    },
    restart: async () => {
      await runProgram('systemctl', ['reset-failed', displayService]);
      return (
        (await runProgram('systemctl', ['restart', displayService], { seconds: startSeconds })).code === 0
      );
    },
    watch: (looked) =>
      watchService({
        state: () => serviceState(),
        sleep: (ms) => sleep(ms),
        now: () => performance.now(),
        looked,
        startSeconds,
        watchSeconds: watchSeconds(process.env['PACKDIAL_WATCH_SECONDS']),
      }),
    tell,
    stamp: () => new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14),
    reached: () => undefined,
  };
}

function watchSeconds(text = ''): number {
  const seconds = Number(text);
  return text !== '' && seconds >= 1 && seconds <= 3600 ? seconds : usualWatchSeconds;
}

import { App } from '../app';
import type { Clock } from '../base/clock';
import { installationRoot } from '../base/installation-root';
import { UserError } from '../base/user-error';
import { remoteDevices } from '../features/hearing/remote-devices';
import { siteDevices, type SiteDevices } from '../features/hearing/site-devices';
import { readKnownSite } from '../features/mqtt/known-site';
import { checkSource } from '../features/hearing/sources';
import { machineClock } from '../io/clock/machine-clock';
import { claimFolder } from '../io/folder-claim';
import { followSystemZone } from '../io/system-zone';
import type { Log } from '../logging/log';
import { useOwnFonts } from '../render/fonts';
import { dataDir } from '../settings/data-dir';
import type { Settings } from '../settings/settings';
import type { SettingsOrigin } from '../settings/settings-store';

/**
 * Runs the display until a signal ends it: opens the outputs, shows the first picture, and only then opens the battery's
 * source and the inputs. Where somebody switches to a demonstration or to another one, it begins anew with that. Resolves with
 * the exit code.
 *
 * @throws UserError when it can't start for a mistake in the settings
 */
export async function runDisplay(
  settings: Settings,
  log: Log,
  origin: SettingsOrigin,
  clock: Clock = startingClock(log),
): Promise<number> {
  checkSource(settings);
  let devices = await shownDevices(settings);
  await takeDataDir(settings, log, (process.env['NOTIFY_SOCKET'] ?? '') !== '');
  const root = installationRoot();
  // Before the first canvas is made, for that is when the text renderer looks for its fonts.
  useOwnFonts(root);
  const unfollow = followSystemZone(() =>
    log.info('The time zone or its rules were changed, and are followed'),
  );
  try {
    for (let [now, begun] = [{ settings, origin }, 0]; ; begun = performance.now()) {
      const app = new App(now.settings, devices, log, now.origin, clock, root);
      const code = await app.run(begun);
      const { switchedTo } = app;
      if (switchedTo === undefined) return code;
      const next = switchedTo === 'again' ? now : now.origin.demonstrate?.(switchedTo);
      if (next === undefined) return code;
      devices = await shownDevices(next.settings);
      now = next;
    }
  } finally {
    unfollow();
  }
}

/** The devices of the settings, or of a receiver's sender, where those are known. @throws UserError (as a rejection) as `siteDevices` */
async function shownDevices(settings: Settings): Promise<SiteDevices> {
  const remote = await readKnownSite(settings);
  return remote === undefined ? siteDevices(settings) : remoteDevices(remote);
}

/** The machine's clock; on a machine that has none of its own not before it was synchronised. */
function startingClock(log: Log): Clock {
  const clock = machineClock((why) => {
    const told = {
      synchronised: 'was set',
      'waited long enough': 'was not set within three minutes, and is believed',
    };
    log.info(`The clock of this machine ${told[why]}`);
  });
  if (clock.isWaiting)
    log.info('This machine has no clock of its own: its first synchronisation is waited for');
  return clock;
}

/**
 * Makes sure that there is a data folder and that no other display writes into it.
 *
 * @param supervised the service: goes on without a folder or with a shared one, and says so on the screen and in the log
 * @throws UserError where a person can name another folder
 */
async function takeDataDir(settings: Settings, log: Log, supervised: boolean): Promise<void> {
  try {
    const folder = dataDir(settings);
    if (await claimFolder(folder)) return;
    throw new UserError(
      `Another packdial uses the data folder ${folder}; end that one, or name another folder with --data-dir.`,
    );
  } catch (error) {
    if (!supervised) throw error;
    log.warn((error as Error).message);
  }
}

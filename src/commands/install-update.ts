import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { resolveSettings } from '../settings/resolve-settings';
import { readSettingsFile } from '../settings/settings-file';
import { withLock } from '../update/lock';
import { machineParts, usualInstallation } from '../update/machine';
import { NothingThere, obtainFile, obtainRelease, UpToDate, type Obtaining } from '../update/obtain-release';
import { freeSpace } from '../update/receive-release';
import { readReleaseKey, usualReleaseKey } from '../update/release-key';
import type { ReleaseManifest } from '../update/release-header';
import { runProgram } from '../update/run-program';
import { StatusTeller } from '../update/status-teller';
import { mountStick } from '../update/stick';
import { usualStatusFile } from '../update/update-status';
import { Updater, type Outcome, type UpdaterParts } from '../update/updater';
import { nothingFoundText, updateOutcomeText } from '../words/en';
import { UserError } from '../base/user-error';

/** What `packdial install-update` was given. */
export interface InstallUpdateFlags {
  /** An archive to install, instead of looking for one. */
  readonly archive?: string;
  /** Takes an older version too, and the one that runs. */
  readonly force?: boolean;
  /** The display has asked: where there is nothing to install, the machine is restarted. */
  readonly requested?: boolean;
}

const runtimeFolder = dirname(usualStatusFile);
/** ms for which it can be read that the machine is about to be restarted. */
const farewell = 5000;

/**
 * Looks for a newer release, installs it, starts it, and goes back to the one before if it is not well. Resolves with the
 * exit code: 1 when it was gone back.
 *
 * @throws UserError when there is nothing that could be installed
 */
export async function installUpdate(flags: InstallUpdateFlags): Promise<number> {
  return await asRoot(async (teller, parts) => {
    const updater = new Updater(parts);
    try {
      const outcome = await updater.install((file) => obtain(flags, file, parts));
      return conclude(teller, outcome);
    } catch (error) {
      if (error instanceof UpToDate) {
        const values = { version: error.message };
        return conclude(teller, { kept: true, report: { code: 'up-to-date', values } });
      }
      if (!(error instanceof NothingThere)) throw error;
      if (flags.requested !== true) throw new UserError(`${nothingFoundText(error.found)}.`);
      teller.running({ code: 'restarting', values: error.found }, undefined);
      await sleep(farewell);
      await runProgram('systemctl', ['reboot']);
      return 0;
    }
  });
}

/** Before the display is started: gives a release on trial up that has had its chances. Resolves with the exit code. */
export async function settleUpdate(): Promise<number> {
  return await asRoot(async (teller, parts) => conclude(teller, await new Updater(parts).settle()));
}

/** After the machine was started: watches a release that is still on trial, and removes what is left over. */
export async function confirmUpdate(): Promise<number> {
  return await asRoot(async (teller, parts) => conclude(teller, await new Updater(parts).conclude()));
}

function conclude(teller: StatusTeller, outcome: Outcome | undefined): number {
  if (outcome === undefined) return 0;
  const text = updateOutcomeText(outcome.report);
  teller.ended(outcome.kept ? 'done' : 'failed', text);
  process.stderr.write(`packdial: ${text}.\n`);
  return outcome.kept ? 0 : 1;
}

/** Works on the installation, alone, and tells how it ends where that is with an error. */
async function asRoot(work: (teller: StatusTeller, parts: UpdaterParts) => Promise<number>): Promise<number> {
  if (process.getuid?.() !== 0)
    throw new UserError('Updating needs the rights of root; put sudo before the command.');
  usualInstallation().installed();
  mkdirSync(runtimeFolder, { recursive: true });
  return await withLock(join(runtimeFolder, 'lock'), async () => {
    const teller = new StatusTeller(usualStatusFile);
    try {
      return await work(
        teller,
        machineParts((step, progress) => teller.running(step, progress)),
      );
    } catch (error) {
      const told = inOneSentence(error);
      teller.ended('failed', told.message);
      throw told;
    }
  });
}

function inOneSentence(error: unknown): Error {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC') return new UserError('The disk is full: nothing was installed.');
  if (code === 'EROFS') return new UserError('The disk is read-only: nothing was installed.');
  if (error instanceof UserError) return error;
  return new Error(`The update failed (${message}); journalctl -u packdial-update tells more.`, {
    cause: error,
  });
}

async function obtain(
  { archive, force = false }: InstallUpdateFlags,
  file: string,
  { installation, tell }: UpdaterParts,
): Promise<ReleaseManifest> {
  const how: Obtaining = {
    key: () => readReleaseKey(usualReleaseKey),
    wanted: { running: installation.version(installation.current) ?? '0.0.0', arch: process.arch, force },
    file,
    free: () => freeSpace(installation.folder),
    tell: (step, part) => tell(step, part === undefined ? undefined : part * 0.6),
  };
  if (archive !== undefined) {
    if (!existsSync(archive)) throw new UserError(`There is no file ${archive}.`);
    return await obtainFile(archive, how);
  }
  tell({ code: 'looking', values: {} }, undefined);
  const stick = await mountStick(join(runtimeFolder, 'stick'));
  try {
    return await obtainRelease({ stick: stick?.folder, url: updateUrl() }, how);
  } finally {
    await stick?.unmount();
  }
}

/**
 * The update address in the settings file; none where that can't be read. What is wrong with the file is not repeated here: it
 * is the display's, which could have put another in its place that only root may read.
 */
function updateUrl(): string {
  try {
    const { values, file } = readSettingsFile(undefined);
    const updateUrl = values['updateUrl'];
    return resolveSettings([{ values: { updateUrl }, describe: () => file }]).updateUrl;
  } catch {
    process.stderr.write('packdial: the settings file can not be read, so there is no update address\n');
    return '';
  }
}

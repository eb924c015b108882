import { readSettingsFile, UnreadableSettings } from '../settings/settings-file';
import type { SettingsOrigin } from '../settings/settings-store';

/** Commands that work without the display's own settings: their flags say all. */
const readOnly = ['decode', 'record', 'snapshot', 'simulate', 'scan'];

/**
 * The settings file for a command that a person runs. Where the usual file may not be read by this user (with a password in it, it
 * is for packdial and root), a command that only looks goes on without it, and says so.
 *
 * @param named the file that the user named
 * @throws UserError when the file is bad, or is needed and can't be read
 */
export function settingsForCommand(
  command: string,
  named: string | undefined,
  { say = sayOnStandardError, read = readSettingsFile } = {},
): Omit<SettingsOrigin, 'elsewhere'> {
  try {
    const { values, file } = read(named);
    return { file, inFile: values, notice: undefined };
  } catch (error) {
    if (!(error instanceof UnreadableSettings) || named !== undefined || !readOnly.includes(command))
      throw error;
    say(
      `${error.file} can't be read by this user, so ${command} uses its flags and the defaults alone; run with sudo to use the display's settings.`,
    );
    return { file: error.file, inFile: {}, notice: undefined };
  }
}

function sayOnStandardError(text: string): void {
  process.stderr.write(`packdial: ${text}\n`);
}

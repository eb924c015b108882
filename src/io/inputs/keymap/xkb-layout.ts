import { execFile } from 'node:child_process';
import { UserError } from '../../../base/user-error';
import type { XkbLayout } from '../../../protocol/keyboard-layout';
import { compiledKeymap } from './compiled-keymap';
import type { Keymap } from './keymap';

/** What a program that was run came to; `code` is undefined when it could not be started. */
export interface Ran {
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `ckbcomp` of Debian's console-setup; replaced in tests. */
export type RunCkbcomp = (args: readonly string[]) => Promise<Ran>;

const timeoutMs = 20_000;

/** The machine's own. */
export const systemCkbcomp: RunCkbcomp = (args) =>
  new Promise((resolve) => {
    const env = { ...process.env, LC_ALL: 'C' };
    const limits = { env, timeout: timeoutMs, maxBuffer: 4 << 20 };
    execFile('ckbcomp', args, limits, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : undefined;
      resolve({ code, stdout, stderr });
    });
  });

/**
 * The keymap of a layout; `undefined` where `ckbcomp` is not there or does not work.
 *
 * @throws UserError (as a rejection) for a layout or variant that it does not know
 */
export async function xkbKeymap(
  { layout, variant, model = '', options = [] }: XkbLayout,
  named: string,
  run: RunCkbcomp = systemCkbcomp,
): Promise<Keymap | undefined> {
  const args = ['-layout', layout];
  if (variant !== '') args.push('-variant', variant);
  if (model !== '') args.push('-model', model);
  for (const option of options) args.push('-option', option);
  const { code, stdout, stderr } = await run(args);
  // A layout that is missing ends it, a variant only makes it warn.
  if (code !== undefined && /Can not find (file "symbols\/|")/.test(stderr)) {
    throw new UserError(
      `${named} is no keyboard layout of this system; /usr/share/X11/xkb/rules/base.lst lists all, such as de or ch(fr).`,
    );
  }
  return code === 0 ? compiledKeymap(stdout) : undefined;
}

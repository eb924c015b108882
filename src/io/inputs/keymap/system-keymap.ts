import { readFileSync, statSync } from 'node:fs';
import { uptime } from 'node:os';
import { layoutOfFile, parseLayout, type XkbLayout } from '../../../protocol/keyboard-layout';
import { ConsoleKeymap } from './console-keymap';
import type { Keymap, KeySymbol } from './keymap';
import { xkbKeymap, systemCkbcomp, type RunCkbcomp } from './xkb-layout';

/** What SystemKeymap needs. */
export interface LayoutOptions {
  /** `de` or `de(nodeadkeys)`; empty: as the system says. */
  readonly layout: string;
  /** Told in one sentence when keys don't type what was asked for. */
  readonly warn: (text: string) => void;
  /** For tests: the system. */
  readonly file?: string;
  /** Counts where that one is missing or names no layout. */
  readonly otherFile?: string;
  readonly console?: ConsoleKeymap;
  readonly run?: RunCkbcomp;
  /** When this system was started, in ms of the epoch. */
  readonly bootTime?: number;
}

/**
 * What keyboards type: the layout of the setting, else the one that the console has, which is that of /etc/default/keyboard since
 * the boot. Where that file is newer, or there is no console to ask, it is read itself.
 */
export class SystemKeymap implements Keymap {
  private readonly console: ConsoleKeymap;
  private compiled: Keymap | undefined;

  constructor(private readonly options: LayoutOptions) {
    this.console = options.console ?? new ConsoleKeymap();
  }

  symbol(code: number, table: number): KeySymbol | undefined {
    return (this.compiled ?? this.console).symbol(code, table);
  }

  /**
   * Finds the layout. Until then, keys type what they do on the console.
   *
   * @throws UserError (as a rejection) for a layout of the setting that this system does not have
   */
  async find(): Promise<void> {
    const { layout, warn, run = systemCkbcomp } = this.options;
    if (layout !== '') {
      const parsed = parseLayout(layout);
      if (parsed !== undefined) this.compiled = await xkbKeymap(parsed, `--keyboard-layout ${layout}`, run);
      if (this.compiled === undefined) {
        warn(
          `--keyboard-layout ${layout} needs ckbcomp, which does not work here: install console-setup (sudo apt install console-setup); until then keys type as on the console`,
        );
      }
      return;
    }
    const named = this.layoutOfSystem();
    if (named === undefined) return;
    const name = `${named.layout}${named.variant === '' ? '' : `(${named.variant})`}`;
    try {
      this.compiled = await xkbKeymap(named, name, run);
    } catch {
      // A mistake in a file that is not ours stops nothing.
    }
    // What everybody gets without any layout is no loss.
    if (this.compiled !== undefined || name === 'us') return;
    const instead = this.console.isThere
      ? 'keys type as on the console until this system starts again'
      : 'keys type as on a US keyboard';
    warn(
      `The keyboard layout ${name} of ${named.file} can't be read without ckbcomp (package console-setup): ${instead}`,
    );
  }

  /** Lets go of the console. */
  close(): void {
    this.console.close();
  }

  /** The layout of the system's file, where the console does not have it. */
  private layoutOfSystem(): (XkbLayout & { readonly file: string }) | undefined {
    const { bootTime = Date.now() - uptime() * 1000 } = this.options;
    const { file = '/etc/default/keyboard', otherFile = '/etc/vconsole.conf' } = this.options;
    for (const path of [file, otherFile]) {
      try {
        const layout = layoutOfFile(readFileSync(path, 'utf8'));
        if (layout === undefined) continue;
        const isOld = this.console.isThere && statSync(path).mtimeMs < bootTime;
        return isOld ? undefined : { ...layout, file: path };
      } catch {
        // There is none.
      }
    }
    return undefined;
  }
}

import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The file that tells `deploy/restore-glass` how to restore the backlight when the program could not: a line for each file,
 * `<absolute path> <value>`. It is there from before the first change until the end in order. Never throws.
 */
export class GlassRecord {
  /** @param path of the file; without one nothing is kept */
  constructor(private readonly path: string | undefined) {}

  /**
   * What an earlier run found that nobody restored after it: what this run finds is then only what that one had set.
   * `undefined` when there is no such record of this backlight.
   */
  found(folder: string): { brightness: number; power: number | undefined } | undefined {
    const values = this.read();
    const brightness = values.get(join(folder, 'brightness'));
    return brightness === undefined ? undefined : { brightness, power: values.get(join(folder, 'bl_power')) };
  }

  /** Keeps what has to be restored, in this order. */
  write(values: readonly (readonly [path: string, value: number])[]): void {
    if (this.path === undefined) return;
    try {
      // Whole or not at all: a kill in between must not leave half a value.
      writeFileSync(`${this.path}.new`, values.map(([path, value]) => `${path} ${value}\n`).join(''));
      renameSync(`${this.path}.new`, this.path);
    } catch {
      // The display works without; it is only a kill that then leaves the backlight as it was set.
    }
  }

  /** Forgets it: the backlight is as it was found. Never throws. */
  remove(): void {
    if (this.path === undefined) return;
    try {
      rmSync(this.path, { force: true });
    } catch {
      // What stays there is right, and is used at the next start.
    }
  }

  private read(): Map<string, number> {
    const values = new Map<string, number>();
    if (this.path === undefined) return values;
    try {
      for (const line of readFileSync(this.path, 'utf8').split('\n')) {
        const [, path, value] = /^(\/\S+) (\d{1,9})$/.exec(line) ?? [];
        if (path !== undefined) values.set(path, Number(value));
      }
    } catch {
      // There is none.
    }
    return values;
  }
}

/** Where the record is kept: in the folder that systemd made for the service; `undefined` without one. */
export function glassRecordPath(
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  // Several folders are separated by colons; the first is as good as any.
  const [folder = ''] = (environment['RUNTIME_DIRECTORY'] ?? '').split(':');
  return folder.startsWith('/') ? join(folder, 'glass') : undefined;
}

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Makes what the kernel shows of a backlight, of regular files. Returns its folder. */
export function makeBacklight(
  parent: string,
  name: string,
  files: { readonly max?: number; readonly brightness?: number; readonly power?: number | undefined } = {},
): string {
  const folder = join(parent, name);
  mkdirSync(folder, { recursive: true });
  const power = 'power' in files ? files.power : 0;
  writeFileSync(join(folder, 'max_brightness'), `${files.max ?? 255}\n`);
  writeFileSync(join(folder, 'brightness'), `${files.brightness ?? 200}\n`);
  if (power !== undefined) writeFileSync(join(folder, 'bl_power'), `${power}\n`);
  return folder;
}

/** What a file of a backlight holds. */
export function valueOf(folder: string, file: 'brightness' | 'bl_power'): number {
  return Number(readFileSync(join(folder, file), 'utf8'));
}

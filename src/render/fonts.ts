import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Weight } from './theme';

/** The family of the files in fonts/. */
export const fontFamily = 'Barlow Semi Condensed';

/**
 * Points the text renderer at packdial's own fonts and at nothing else, which saves a search through the system's fonts at
 * start and gives the same pixels on every machine. To be called before the first canvas is made: then the text
 * renderer looks around, and only once.
 *
 * @param root the folder that holds `fonts/`
 * @throws Error when the fonts are missing from the installation
 */
export function useOwnFonts(root: string): void {
  const file = join(root, 'fonts', 'fonts.conf');
  if (!existsSync(file)) throw new Error(`packdial's fonts are missing: ${file} is not there`);
  process.env['FONTCONFIG_FILE'] = file;
}

/** CSS font notation for a context's `font`, `size` in pixels. */
export function cssFont(size: number, weight: Weight): string {
  return `${weight} ${size}px "${fontFamily}"`;
}

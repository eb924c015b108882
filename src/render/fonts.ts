import { join } from 'node:path';
import { registerFont } from 'canvas';
import type { Weight } from './theme';

/** The family of the files in fonts/. */
export const fontFamily = 'Barlow Semi Condensed';

const files = [
  ['500', 'BarlowSemiCondensed-Medium.ttf'],
  ['600', 'BarlowSemiCondensed-SemiBold.ttf'],
] as const;

/**
 * Points the text renderer at packdial's own fonts and at nothing else, which saves a search through the system's fonts at
 * start and gives the same pixels on every machine. To be called before the first canvas is made: then the text
 * renderer looks around, and only once.
 *
 * @param root the folder that holds `fonts/`
 * @throws Error when the fonts are missing from the installation
 */
export function useOwnFonts(root: string): void {
  const folder = join(root, 'fonts');
  process.env['FONTCONFIG_FILE'] = join(folder, 'fonts.conf');
  for (const [weight, file] of files) {
    try {
      registerFont(join(folder, file), { family: fontFamily, weight });
    } catch (cause) {
      throw new Error(`packdial's font is missing: ${join(folder, file)} can't be read`, { cause });
    }
  }
}

/** CSS font notation for a context's `font`, `size` in pixels. */
export function cssFont(size: number, weight: Weight): string {
  return `${weight} ${size}px "${fontFamily}"`;
}

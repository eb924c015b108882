import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The folder that holds `fonts/` and `images/`: the one above the bundle, or above the sources.
 *
 * @throws Error when the installation is incomplete
 */
export function installationRoot(start: string = __dirname): string {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'fonts', 'fonts.conf'))) return folder;
    if (dirname(folder) === folder) throw new Error(`packdial's fonts and images are not beside ${start}`);
  }
}

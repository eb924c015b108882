import { readFile } from 'node:fs/promises';

/** Where a volume can be seen among the files. */
export interface Mount {
  readonly folder: string;
  readonly readOnly: boolean;
}

/**
 * Where a volume is mounted, as this process sees it; the latest first.
 *
 * @param device major and minor number, such as `8:1`
 * @throws an error (as a rejection) when there is no /proc
 */
export async function findMounts(device: string, table = '/proc/self/mountinfo'): Promise<Mount[]> {
  return parseMounts(await readFile(table, 'utf8'), device);
}

/** The same, of a text in the format of proc_pid_mountinfo(5). */
export function parseMounts(table: string, device: string): Mount[] {
  const mounts: Mount[] = [];
  for (const line of table.split('\n')) {
    const [, , numbers, root, folder, options, ...rest] = line.split(' ');
    if (numbers !== device || root !== '/' || folder === undefined || options === undefined) continue;
    // Those of the file system come last, after its type and source.
    const all = `${options},${rest.at(-1) ?? ''}`.split(',');
    mounts.unshift({ folder: unescape(folder), readOnly: all.includes('ro') });
  }
  return mounts;
}

/** Spaces and the like are three octal digits. */
function unescape(path: string): string {
  return path.replaceAll(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(parseInt(digits, 8)));
}

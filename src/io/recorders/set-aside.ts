import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';

/** Of what was set aside as damaged so many stay: a card that spoils one file after the other must not be filled by them. */
const mostKept = 2;

/** Why a database can't be used: it is damaged, or whole and of another version or program. */
export type AsideReason = 'corrupt' | 'other';

/**
 * Renames a database that can't be used, with what belongs to it, to `<name>.<why>-<time>.sqlite`, and takes away the oldest
 * of more than two damaged ones. What another version has made is whole, and stays until its owner takes it away.
 *
 * @param now wall clock
 * @returns the new path
 * @throws when it can't be renamed
 */
export function setAside(file: string, why: AsideReason, now: Date): string {
  const folder = dirname(file);
  const extension = extname(file);
  const name = basename(file, extension);
  const time = now.toISOString().replaceAll(/[-:]|\.\d+/g, '');
  let aside = join(folder, `${name}.${why}-${time}${extension}`);
  for (let again = 2; existsSync(aside); again++)
    aside = join(folder, `${name}.${why}-${time}-${again}${extension}`);
  // The log first: with the database gone it would be taken for a new one's.
  for (const suffix of ['-wal', '-shm', ''])
    if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix);
  const kept = readdirSync(folder)
    .filter((one) => one.startsWith(`${name}.corrupt-`) && one.endsWith(extension))
    .sort((a, b) => (timeIn(a) < timeIn(b) ? 1 : -1));
  for (const old of kept.slice(mostKept))
    for (const suffix of ['-wal', '-shm', '']) rmSync(join(folder, old + suffix), { force: true });
  return aside;
}

function timeIn(name: string): string {
  return /\d{8}T\d{6}Z.*/.exec(name)?.[0] ?? '';
}

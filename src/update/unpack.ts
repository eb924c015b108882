import { mkdirSync } from 'node:fs';
import { lstat, readdir, readlink } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { UserError } from '../base/user-error';
import { complaint, runProgram, type RunProgram } from './run-program';

/**
 * Unpacks a payload into a new folder with the system's tar, and waits until the disk has it. That the payload is what the maker
 * has signed was found before; all the same nothing in it may reach out of the folder.
 *
 * @throws UserError when it is no gzipped tar, holds what a release has no use for, or the disk is full
 */
export async function unpack(archive: string, tree: string, run: RunProgram = runProgram): Promise<void> {
  mkdirSync(tree);
  const ran = await run(
    'tar',
    ['-xzf', archive, '-C', tree, '--no-same-owner', '--no-same-permissions', '--delay-directory-restore'],
    { seconds: 600 },
  );
  // GNU tar takes a leading "/" away and leaves ".." out; it complains of both.
  if (ran.code !== 0 || ran.stderr !== '') {
    if (ran.stderr.includes('No space left')) throw new UserError('The disk became full while unpacking.');
    throw new UserError(`The release can't be unpacked (${complaint(ran)}).`);
  }
  await checkTree(tree);
  const synced = await run('sync', ['-f', tree], { seconds: 600 });
  if (synced.code !== 0) throw new UserError(`The disk did not take the release (${complaint(synced)}).`);
}

/**
 * Looks through an unpacked tree for what a release has no use for: devices, pipes, sockets, files that run with others'
 * rights, links that lead out of it.
 *
 * @throws UserError naming the first of them
 */
export async function checkTree(tree: string): Promise<void> {
  for (const name of await readdir(tree, { recursive: true })) {
    const path = join(tree, name);
    const stat = await lstat(path);
    if (stat.isSymbolicLink()) {
      const target = await readlink(path);
      const leadsTo = relative(tree, resolve(dirname(path), target));
      if (isAbsolute(target) || leadsTo === '..' || leadsTo.startsWith('../')) {
        throw new UserError(`The release has a link that leads out of it (${name}).`);
      }
    } else if (!stat.isFile() && !stat.isDirectory()) {
      throw new UserError(`The release has something that is no file (${name}).`);
    } else if ((stat.mode & 0o6000) !== 0) {
      throw new UserError(`The release has a file that runs with other rights (${name}).`);
    }
  }
}

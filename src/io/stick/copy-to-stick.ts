import { open, readdir, rename, rm, stat, statfs, type FileHandle } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { errorCode } from '../../base/error-code';
import { failureWords } from '../../base/failure-words';
import { systemFiles } from '../recorders/log-file-system';
import { StickError } from './choose-stick';
import { copyBytes, readBack, type CopyOptions } from './copy-bytes';
import { isEarlierCopy, isUnfinished, nameKept, splitLog, unfinished, type LogPart } from './log-parts';
import type { Stick } from './stick';

/** What was copied. */
export interface CopiedLog {
  readonly size: number;
  /** Names on the stick: the log's own, or one for each part. */
  readonly names: readonly string[];
  /** Names under which an earlier copy is kept now. */
  readonly kept: readonly string[];
}

/** Who can end the copy of a log, and who is told how it goes. */
export interface CopyWatch extends Pick<CopyOptions, 'signal'> {
  /** @param done bytes of `size` that were copied, or with `checking` that were read back */
  readonly progress: (done: number, size: number, checking: boolean) => void;
}

/**
 * Copies a log, as it is at this moment, to a stick under its own name, in parts where a file of the stick can't hold it,
 * reads it back and compares. Until all is well the copy has another name, and whatever goes wrong it is taken away
 * again. An earlier copy stays, with the time at which it was made in its name.
 *
 * @throws StickError; an error of a disk; the signal's reason
 */
export async function copyToStick(
  path: string,
  stick: Pick<Stick, 'folder' | 'largestFile'>,
  watch: CopyWatch,
): Promise<CopiedLog> {
  const name = basename(path);
  const log = await openLog(path);
  try {
    const { size } = await log.stat();
    if (size === 0) throw new StickError({ code: 'log-empty', values: {} });
    await removeUnfinished(stick.folder, name);
    await checkRoom(stick.folder, size);
    const parts = await splitLog(log, { name, size, limit: stick.largestFile });
    try {
      await copyParts(log, parts, stick.folder, size, watch);
      const kept = await moveIntoPlace(stick.folder, name, parts);
      return { size, names: parts.map((part) => part.name), kept };
    } catch (error) {
      await removeUnfinished(stick.folder, name).catch(() => undefined);
      throw error;
    }
  } finally {
    await log.close();
  }
}

async function openLog(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (error) {
    throw new StickError(
      errorCode(error) === 'ENOENT'
        ? { code: 'log-absent', values: {} }
        : { code: 'log-unreadable', values: { reason: failureWords(error) } },
    );
  }
}

async function removeUnfinished(folder: string, name: string): Promise<void> {
  for (const file of await readdir(folder)) {
    if (isUnfinished(file, name)) await rm(join(folder, file), { force: true });
  }
}

async function checkRoom(folder: string, size: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free < size) throw new StickError({ code: 'stick-too-small', values: { free, size } });
}

async function copyParts(
  log: FileHandle,
  parts: readonly LogPart[],
  folder: string,
  size: number,
  { signal, progress }: CopyWatch,
): Promise<void> {
  const counter = (checking: boolean): CopyOptions => {
    let done = 0;
    return { signal, progress: (bytes) => progress((done += bytes), size, checking) };
  };
  const [copying, checking] = [counter(false), counter(true)];
  const sums: string[] = [];
  for (const part of parts) {
    sums.push(
      await using(join(folder, part.name + unfinished), 'wx', (to) => copyBytes(log, to, part, copying)),
    );
  }
  for (const [i, { name, start, end }] of parts.entries()) {
    const found = await using(join(folder, name + unfinished), 'r', (file) =>
      readBack(file, end - start, checking),
    );
    if (found === sums[i]) continue;
    throw new StickError({ code: 'copy-differs', values: {} });
  }
}

/** Gives the new copy its name, and the earlier one another. Resolves with those. */
async function moveIntoPlace(folder: string, name: string, parts: readonly LogPart[]): Promise<string[]> {
  const files = await readdir(folder);
  const kept: string[] = [];
  for (const file of files.filter((each) => isEarlierCopy(each, name))) {
    const { mtime } = await stat(join(folder, file));
    const other = nameKept(file, name, mtime, [...files, ...kept]);
    await rename(join(folder, file), join(folder, other));
    kept.push(other);
  }
  for (const part of parts) await rename(join(folder, part.name + unfinished), join(folder, part.name));
  await systemFiles.syncFolder(folder);
  return kept;
}

async function using<T>(path: string, flags: string, use: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path, flags);
  try {
    return await use(file);
  } finally {
    await file.close().catch(() => undefined);
  }
}

import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { dropFromCache } from './page-cache';

/** Bytes that are read and written at a time: a few ms of work for the processor. */
const chunkSize = 256 * 1024;
/** Bytes after which the disk is waited for, so that no more wait in memory and progress is what has arrived. */
const syncInterval = 8 * 1024 * 1024;

/** Who can end a copy, and who is told how it goes. */
export interface CopyOptions {
  /** Ends it with the signal's reason. */
  readonly signal: AbortSignal;
  /** Told how many bytes more are done. */
  readonly progress: (bytes: number) => void;
}

/**
 * Copies bytes `start` to `end` of one file to the beginning of another, and waits until its disk has them. Resolves with
 * their SHA-256.
 *
 * @throws an error of either disk, with its path in the message's place where Node knows it; the signal's reason
 */
export async function copyBytes(
  from: FileHandle,
  to: FileHandle,
  { start, end }: { readonly start: number; readonly end: number },
  { signal, progress }: CopyOptions,
): Promise<string> {
  const hash = createHash('sha256');
  let unsynced = 0;
  let position = 0;
  for await (const chunk of chunks(from, start, end, signal)) {
    hash.update(chunk);
    for (let done = 0; done < chunk.length;) {
      const { bytesWritten } = await to.write(chunk, done, chunk.length - done, position);
      if (bytesWritten <= 0) throw Object.assign(new Error('nothing was written'), { code: 'EIO' });
      done += bytesWritten;
      position += bytesWritten;
    }
    unsynced += chunk.length;
    if (unsynced >= syncInterval) {
      await to.datasync();
      unsynced = 0;
    }
    progress(chunk.length);
  }
  await to.sync();
  return hash.digest('hex');
}

/** SHA-256 of a file's first `size` bytes, from its disk and not from memory. @throws as copyBytes */
export async function readBack(
  file: FileHandle,
  size: number,
  { signal, progress }: CopyOptions,
): Promise<string> {
  await dropFromCache(file.fd);
  const hash = createHash('sha256');
  for await (const chunk of chunks(file, 0, size, signal)) {
    hash.update(chunk);
    progress(chunk.length);
  }
  return hash.digest('hex');
}

async function* chunks(
  file: FileHandle,
  start: number,
  end: number,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  const buffer = Buffer.allocUnsafe(Math.min(chunkSize, Math.max(1, end - start)));
  for (let at = start; at < end;) {
    signal.throwIfAborted();
    const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, end - at), at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

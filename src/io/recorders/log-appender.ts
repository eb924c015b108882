import { dirname } from 'node:path';
import { mendTail } from '../../protocol/powersafe-log';
import { DiskReserveError, diskReserve } from './disk-trouble';
import { systemFiles, type LogFileSystem, type LogHandle } from './log-file-system';

/** Bytes that are read of a log's end at a time, and at most, to find where its last whole line ends. */
const tailSize = 4096;
const longestTail = 1 << 20;

/**
 * Appends lines to a log so that it is whole after a power cut at any moment but for its last line, which is mended before
 * the next one is written. Keeps no file open: a log that was removed, replaced, or on a disk that was away is found again.
 */
export class LogAppender {
  /** The file and its size after the last write that went well: nobody else should have touched it. */
  private known: { readonly dev: number; readonly ino: number; readonly size: number } | undefined;
  /** The last write failed, and may have left a part of it behind `known.size`. */
  private unsure = false;

  /** @param path of the log; its folder must be there */
  constructor(
    readonly path: string,
    private readonly files: LogFileSystem = systemFiles,
  ) {}

  /**
   * Writes whole lines and waits until the disk has them; without any, only mends the log's end or makes the log.
   * Resolves with the log's size in bytes.
   *
   * @param lines each with its line end
   * @throws an error of the disk, or DiskReserveError when there is too little room; nothing is then added, as far as the
   * disk allows, and the same lines may be given again
   */
  async append(lines: string): Promise<number> {
    await this.leaveRoom();
    const handle = await this.files.open(this.path);
    try {
      const { dev, ino, size } = await handle.stat();
      const fresh = size === 0;
      const start = await this.cleanEnd(handle, { dev, ino, size });
      this.known = { dev, ino, size: start };
      const end = await this.write(handle, Buffer.from(lines, 'latin1'), start);
      if (fresh) await this.files.syncFolder(dirname(this.path));
      this.known = { dev, ino, size: end };
      this.unsure = false;
      return end;
    } catch (error) {
      this.unsure = true;
      throw error;
    } finally {
      await handle.close().catch(() => undefined);
    }
  }

  private async leaveRoom(): Promise<void> {
    const { size, free } = await this.files.room(dirname(this.path));
    const reserve = diskReserve(size);
    if (size === 0 || free >= reserve) return;
    throw new DiskReserveError(free, reserve);
  }

  /** Takes away what a failed write has left, or mends what somebody else did. Resolves with the end of the last line. */
  private async cleanEnd(
    handle: LogHandle,
    { dev, ino, size }: { readonly dev: number; readonly ino: number; readonly size: number },
  ): Promise<number> {
    const { known } = this;
    const same = known?.dev === dev && known.ino === ino;
    if (known !== undefined && same && this.unsure && size > known.size) {
      await handle.truncate(known.size);
      return known.size;
    }
    if (known !== undefined && same && size === known.size) return size;
    return this.mend(handle, size);
  }

  private async mend(handle: LogHandle, size: number): Promise<number> {
    for (let length = tailSize; ; length *= 16) {
      const from = Math.max(0, size - length);
      const tail = await readFully(handle, from, size - from);
      const { keep, addLineEnd } = mendTail(tail);
      // Zeros all the way: the last line is further up.
      if (keep === 0 && from > 0 && length < longestTail) continue;
      const end = from + keep;
      if (end < size) await handle.truncate(end);
      return addLineEnd ? this.write(handle, Buffer.from('\n'), end) : end;
    }
  }

  private async write(handle: LogHandle, bytes: Buffer, start: number): Promise<number> {
    if (bytes.length === 0) return start;
    try {
      let written = 0;
      while (written < bytes.length) {
        const part = await handle.write(bytes, written, bytes.length - written, start + written);
        if (part.bytesWritten <= 0) throw Object.assign(new Error('nothing was written'), { code: 'EIO' });
        written += part.bytesWritten;
      }
      await handle.datasync();
      return start + bytes.length;
    } catch (error) {
      // What can't be taken back now is taken back before the next write.
      await handle.truncate(start).catch(() => undefined);
      throw error;
    }
  }
}

async function readFully(handle: LogHandle, from: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  let read = 0;
  while (read < length) {
    const { bytesRead } = await handle.read(bytes, read, length - read, from + read);
    if (bytesRead === 0) break;
    read += bytesRead;
  }
  return bytes.subarray(0, read);
}

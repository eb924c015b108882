import { constants } from 'node:fs';
import { open, statfs } from 'node:fs/promises';

/** An open log, as far as it is used: a part of Node's FileHandle. */
export interface LogHandle {
  stat(): Promise<{ readonly size: number; readonly ino: number; readonly dev: number }>;
  read(
    buffer: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ readonly bytesRead: number }>;
  write(
    buffer: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ readonly bytesWritten: number }>;
  truncate(length: number): Promise<void>;
  datasync(): Promise<void>;
  close(): Promise<void>;
}

/** The disk, as far as a log uses it; replaced by a failing one in tests. */
export interface LogFileSystem {
  /** Opens for reading and writing, and makes the file where there is none. */
  open(path: string): Promise<LogHandle>;
  /** Bytes that the disk has, and those that are free; 0 for a size that is not known. */
  room(folder: string): Promise<{ readonly size: number; readonly free: number }>;
  /** Waits until the names of a folder's files are on the disk. */
  syncFolder(folder: string): Promise<void>;
}

/** The machine's own disk. */
export const systemFiles: LogFileSystem = {
  open: (path) => open(path, constants.O_RDWR | constants.O_CREAT, 0o644),
  room: async (folder) => {
    const { blocks, bavail, bsize } = await statfs(folder);
    return { size: blocks * bsize, free: bavail * bsize };
  },
  syncFolder: async (folder) => {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
};

import { loadKoffi } from '../koffi-loader';

/** POSIX_FADV_DONTNEED of linux/fadvise.h. */
const notNeeded = 4;

let advise: ((fd: number) => Promise<void>) | undefined;

/**
 * Lets the system forget what it has in memory of an open file, so that reading it again reads the disk. What is not on the
 * disk yet is kept. Does nothing where the C library is another one. Never rejects.
 */
export function dropFromCache(fd: number): Promise<void> {
  advise ??= loadAdvise();
  return advise(fd);
}

function loadAdvise(): (fd: number) => Promise<void> {
  try {
    const call = loadKoffi()
      .load(null)
      .func('int posix_fadvise64(int fd, int64_t offset, int64_t length, int advice)');
    // In a thread: of a large file it takes a while.
    return (fd) =>
      new Promise((resolve) => {
        call.async(fd, 0, 0, notNeeded, () => resolve());
      });
  } catch {
    return () => Promise.resolve();
  }
}

/** A disk that has less room than is kept free for the rest of the system. */
export class DiskReserveError extends Error {
  override readonly name = 'DiskReserveError';
}

/** Bytes that are always kept free: 500 MB, or 5 % of a smaller disk. @param size of the disk in bytes */
export function diskReserve(size: number): number {
  return Math.min(500e6, size * 0.05);
}

/** Why a disk did not take something, to follow «can't be written:». */
export function diskWords(error: unknown): string {
  if (error instanceof DiskReserveError) return error.message;
  const { code = '', message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the disk is full';
    case 'EROFS':
      return 'the disk is read-only';
    case 'EIO':
      return 'the disk does not work (EIO)';
    case 'EACCES':
    case 'EPERM':
      return 'packdial has no right to';
    case 'ENOENT':
      return 'its folder is gone';
    default:
      return code === '' ? message : code;
  }
}

/** The same in no more than a few words. */
export function shortDiskWords(error: unknown): string {
  return error instanceof DiskReserveError ? 'the disk is nearly full' : diskWords(error);
}

/** Bytes for people: `12 kB`, `80.4 MB`, `3.2 GB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1e6) return `${Math.ceil(bytes / 1e3)} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

import type { DiskTrouble } from '../../model/recorder-reports';

/** A disk that has less room than is kept free for the rest of the system. */
export class DiskReserveError extends Error {
  override readonly name = 'DiskReserveError';

  /** @param free bytes that the disk has @param reserve bytes that are kept for the system */
  constructor(
    readonly free: number,
    readonly reserve: number,
  ) {
    super('the disk is nearly full');
  }
}

/** Bytes that are always kept free: 500 MB, or 5 % of a smaller disk. @param size of the disk in bytes */
export function diskReserve(size: number): number {
  return Math.min(500e6, size * 0.05);
}

/** Why a disk did not take something. */
export function diskTrouble(error: unknown): DiskTrouble {
  if (error instanceof DiskReserveError) {
    const [free, reserve] = [roughly(error.free), roughly(error.reserve)];
    return { code: 'disk-reserve', values: { free, reserve } };
  }
  const { code = '', message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return { code: 'disk-full', values: {} };
    case 'EROFS':
      return { code: 'disk-read-only', values: {} };
    case 'EIO':
      return { code: 'disk-error', values: {} };
    case 'EACCES':
    case 'EPERM':
      return { code: 'disk-forbidden', values: {} };
    case 'ENOENT':
      return { code: 'disk-folder-gone', values: {} };
    default:
      return { code: 'disk-other', values: { reason: code === '' ? message : code } };
  }
}

/** As exact as bytes are written for people: each other value is another report, and a line in the log. */
function roughly(bytes: number): number {
  if (bytes < 1e6) return Math.ceil(bytes / 1e3) * 1e3;
  const step = bytes < 1e9 ? 1e5 : 1e8;
  return Math.round(bytes / step) * step;
}

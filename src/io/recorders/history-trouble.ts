import { errorCode } from '../../base/error-code';
import { messageOf } from '../../base/message-of';
import type { HistoryTrouble } from '../../model/recorder-reports';
import { DiskReserveError } from './disk-trouble';

/** True when a database is damaged, or is none at all. */
export function isDamage(error: unknown): boolean {
  const code = errorCode(error);
  return code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB';
}

/** Why the history can't be written. */
export function historyTrouble(error: unknown): HistoryTrouble {
  if (error instanceof DiskReserveError) return { code: 'history-disk-reserve', values: {} };
  const found = causes.find(([start]) => errorCode(error).startsWith(start))?.[1];
  if (found !== undefined) return { code: found, values: {} };
  const reason = messageOf(error);
  return { code: 'history-failed', values: { reason } };
}

/** By the beginning of the code of SQLite or of the system. */
const causes = [
  ['SQLITE_FULL', 'history-disk-full'],
  ['ENOSPC', 'history-disk-full'],
  ['SQLITE_READONLY', 'history-read-only'],
  ['EROFS', 'history-read-only'],
  ['SQLITE_IOERR_SHM', 'history-folder-unfit'],
  ['SQLITE_IOERR_LOCK', 'history-folder-unfit'],
  ['SQLITE_IOERR_RDLOCK', 'history-folder-unfit'],
  ['SQLITE_PROTOCOL', 'history-folder-unfit'],
  ['SQLITE_NOLFS', 'history-folder-unfit'],
  ['SQLITE_IOERR', 'history-disk-error'],
  ['EIO', 'history-disk-error'],
  ['SQLITE_CANTOPEN', 'history-not-open'],
  ['SQLITE_BUSY', 'history-busy'],
  ['SQLITE_PERM', 'history-forbidden'],
  ['EACCES', 'history-forbidden'],
  ['EPERM', 'history-forbidden'],
] as const;

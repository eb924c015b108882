import { errorCode } from '../../base/error-code';

/** True when a database is damaged, or is none at all. */
export function isDamage(error: unknown): boolean {
  const code = errorCode(error);
  return code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB';
}

/** Why the history can't be written, in one sentence without a full stop. */
export function troubleSentence(error: unknown): string {
  const code = errorCode(error);
  const reason = reasons.find(([start]) => code.startsWith(start))?.[1];
  return `No history is written: ${reason ?? (error instanceof Error ? error.message : String(error))}`;
}

const reasons = [
  ['SQLITE_FULL', 'the disk is full'],
  ['ENOSPC', 'the disk is full'],
  ['SQLITE_READONLY', 'the disk can only be read'],
  ['EROFS', 'the disk can only be read'],
  ['SQLITE_IOERR', 'the disk has an error'],
  ['EIO', 'the disk has an error'],
  ['SQLITE_CANTOPEN', "its file can't be opened"],
  ['SQLITE_BUSY', 'another program is writing to it'],
  ['SQLITE_PERM', 'its file belongs to another user'],
] as const;

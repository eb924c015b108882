import { errorCode } from '../../base/error-code';
import type { DatabaseTrouble } from '../../model/database-reports';
import type { DiskTrouble } from '../../model/recorder-reports';
import { diskTrouble } from '../recorders/disk-trouble';

/** Why a spool does not take what it is given. */
export function spoolTrouble(error: unknown): DatabaseTrouble {
  const found = causes.find(([start]) => errorCode(error).startsWith(start))?.[1];
  const trouble: DiskTrouble = found === undefined ? diskTrouble(error) : { code: found, values: {} };
  return { code: 'spool-failed', values: { trouble } };
}

/** By the beginning of SQLite's code. */
const causes = [
  ['SQLITE_FULL', 'disk-full'],
  ['SQLITE_READONLY', 'disk-read-only'],
  ['SQLITE_IOERR', 'disk-error'],
  ['SQLITE_PERM', 'disk-forbidden'],
  ['SQLITE_CANTOPEN', 'disk-forbidden'],
] as const;

import type { DatabaseCounts, DatabaseReports } from '../../model/database-reports';
import type { Phrases } from '../phrases';
import { phrase } from '../phrases';
import { diskPhrases } from './recorders';

/** How a database is. */
export const databasePhrases: Phrases<DatabaseReports> = {
  'database-connecting': ({ host }) => `Connecting with the database at ${host}`,
  'database-written': ({ host, behind }) =>
    `Rows go to the database at ${host}${behind ? ', the oldest that have waited first' : ''}`,
  'database-no-folder': ({ reason }) => `No rows go to databases: ${reason}`,
  'database-closing': () => 'The database is closed',
  'database-name-unknown': ({ host }) => `No database: nobody knows the name ${host}`,
  'database-name-lookup': ({ host }) => `No database: the name ${host} can't be looked up now`,
  'database-no-route': ({ host }) => `No database: there is no way to ${host} in the network`,
  'database-not-listening': ({ host, port }) =>
    port === 0
      ? `No database: nothing listens at ${host}`
      : `No database: nothing listens on port ${port} of ${host}`,
  'database-no-answer': ({ host }) => `The database at ${host} does not answer`,
  'database-closed': ({ host }) => `The database at ${host} has closed the connection`,
  'database-starting': ({ host }) => `The database at ${host} is just starting or stopping`,
  'database-busy': ({ host }) => `The database at ${host} has too much to do`,
  'database-login-refused': ({ host, user }) =>
    user === ''
      ? `The database at ${host} asks for a user and a password, or does not accept the token`
      : `The database at ${host} does not accept the user ${user} with this password`,
  'database-missing': ({ host, database }) => `There is no database ${database} at ${host}: create it there`,
  'database-forbidden': ({ host, reason }) => `The database at ${host} does not allow it (${reason})`,
  'database-read-only': ({ host }) => `The database at ${host} can only be read now`,
  'database-full': ({ host }) => `The database at ${host} has no room left`,
  'database-foreign-table': ({ host, table }) =>
    `The database at ${host} has a table ${table} that packdial did not make: rename it, or give packdial a database of its own`,
  'database-newer-table': ({ host, table }) =>
    `The table ${table} at ${host} is of a newer release of packdial: update this display`,
  'database-other-column': ({ host, table, column }) =>
    `The column ${column} of the table ${table} at ${host} was changed, so that numbers do not fit: change it back, or rename the table`,
  'database-no-tls': ({ host }) => `The database at ${host} offers no encryption, which sslmode asks for`,
  'database-certificate': ({ host, reason }) =>
    `The certificate of the database at ${host} is not trusted (${reason})`,
  'database-refuses-all': ({ host, reason }) => `The database at ${host} refuses every row (${reason})`,
  'database-no-writing': ({ host, status }) =>
    `There is something else at ${host} than a database that takes rows (HTTP ${status})`,
  'database-failed': ({ host, reason }) => `The database at ${host} has an error (${reason})`,
  'spool-failed': ({ trouble }) =>
    `Rows for the database can't be kept on the disk: ${phrase(diskPhrases, trouble)}`,
  'spool-thread-ended': ({ reason }) => `The database's thread has ended (${reason})`,
};

/** What is added to that while rows are not in the database; empty where all of them are. */
export function databaseCountsText({ waiting, dropped, refused }: DatabaseCounts): string {
  const rows = (count: number): string => `${count} row${count === 1 ? '' : 's'}`;
  return [
    waiting > 0 ? `; ${rows(waiting)} wait${waiting === 1 ? 's' : ''}` : '',
    dropped > 0 ? `; ${rows(dropped)} could not be kept and ${dropped === 1 ? 'is' : 'are'} lost` : '',
    refused > 0 ? `; ${rows(refused)} refused and put aside` : '',
  ].join('');
}

import * as v from 'valibot';
import { parseDatabaseAddress, withoutPassword } from '../protocol/database-address';
import { toggle, wholeNumber } from './setting-schemas';

const address = v.pipe(
  v.string(),
  v.maxLength(2048),
  v.check((text) => parseDatabaseAddress(text) !== undefined),
);

const hasDatabases = ({ databases }: Readonly<Record<string, unknown>>): boolean =>
  Array.isArray(databases) && databases.length > 0;

/** The databases that rows are sent to; a part of the table in settings.ts. */
export const databaseSettings = {
  databases: {
    flag: 'database',
    placeholder: 'url',
    schema: v.pipe(
      v.array(address),
      v.maxLength(8),
      v.check((list) => new Set(list.map(withoutPassword)).size === list.length),
    ),
    fallback: [],
    accepts:
      'a list of at most 8 different addresses such as postgres://user:password@host/database, mysql://user:password@host/database, http://host:8428/write or telegraf+unix:///tmp/telegraf.sock',
    help: 'a database that rows are sent to, such as postgres://user:password@host/database; once for each; better set in the settings file or as PACKDIAL_DATABASE, where other users of the machine do not see the password',
  },
  databaseEvery: {
    flag: 'database-every',
    placeholder: 'seconds',
    schema: wholeNumber(1, 3600),
    fallback: 10,
    accepts: 'a whole number from 1 to 3600',
    help: 'seconds from one row of a device to the next in databases: 1 to 3600',
    form: {
      page: 'databases',
      label: 'A row every',
      effect: 'restart',
      unit: 's',
      stops: [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 1800, 3600],
      applies: hasDatabases,
    },
  },
  logToDatabase: {
    flag: 'log-to-database',
    schema: toggle(),
    fallback: true,
    accepts: 'true or false',
    help: 'sends rows to the databases that are set; false stops that and keeps their addresses',
    form: { page: 'databases', label: 'LOG TO DATABASE', effect: 'restart', applies: hasDatabases },
  },
} as const;

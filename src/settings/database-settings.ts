import * as v from 'valibot';
import { parseDatabaseAddress, withoutPassword } from '../protocol/database-address';
import { wholeNumber } from './setting-schemas';

const address = v.pipe(
  v.string(),
  v.maxLength(2048),
  v.check((text) => parseDatabaseAddress(text) !== undefined),
);

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
  },
} as const;

import type { Connection, RowDataPacket } from 'mysql2';
import { errorCode } from '../../base/error-code';
import { messageOf } from '../../base/message-of';
import type { DatabaseTrouble } from '../../model/database-reports';
import type { SqlAddress } from '../../protocol/database-address';
import { parseRow, type KeptRow, type TableRow } from '../../protocol/database-rows';
import { mariadbSql } from '../../protocol/database-sql';
import { databaseTables, type DatabaseTable } from '../../protocol/database-tables';
import { checkTable, type FoundTable, type TypeNames } from '../../protocol/database-tables-check';
import { byTable } from './by-table';
import { DatabaseError, RowsRefused, type DatabaseStore } from './database-store';
import { probeRows } from './probe-rows';
import { storeFailure } from './store-failure';

/** Rows of one statement: few sizes, so that few statements are prepared. */
const sizes = [100, 10, 1];

const types: TypeNames = {
  time: /^(datetime|timestamp)\(3\)$/i,
  device: /^varchar\(\d+\)$/i,
  part: /^(smallint|mediumint|int|bigint)(\(\d+\))?( unsigned)?$/i,
  number: /^double$/i,
  whole: /^bigint(\(\d+\))?$/i,
};

/** Rows in MariaDB or MySQL. */
export class MariadbStore implements DatabaseStore<KeptRow> {
  readonly read = parseRow;
  private connection: Connection | undefined;

  constructor(private readonly address: SqlAddress) {}

  async open(): Promise<void> {
    const { host, port, user, password, database, tls } = this.address;
    const { createConnection } = await import('mysql2');
    const connection = createConnection({
      ...(host.startsWith('/') ? { socketPath: host } : { host, port }),
      ...(user !== '' && { user }),
      password,
      database,
      ...(tls !== 'disable' && { ssl: { rejectUnauthorized: tls === 'verify-full' } }),
      connectTimeout: 15_000,
      enableKeepAlive: true,
      charset: 'utf8mb4',
      // It never reads a file of this machine because a server asks for it.
      flags: ['-LOCAL_FILES'],
    });
    this.connection = connection;
    // It is told with the next statement.
    connection.on('error', () => undefined);
    try {
      const query = connection.promise();
      // What does not fit is refused, and never altered.
      await query.query(
        `SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION', time_zone = '+00:00'`,
      );
      for (const table of databaseTables) await this.prepare(connection, table);
    } catch (error) {
      throw this.failure(error);
    }
  }

  async write(rows: readonly KeptRow[]): Promise<void> {
    const { connection } = this;
    const { place: host } = this.address;
    if (connection === undefined) throw new DatabaseError({ code: 'database-closed', values: { host } });
    const statements = connection.promise();
    try {
      await statements.beginTransaction();
      for (const [table, ofTable] of byTable(rows))
        for (const part of inSizes(ofTable))
          await statements.execute(mariadbSql.insert(table, part.length), part.flatMap(parameters));
      await statements.commit();
    } catch (error) {
      const failure = this.failure(error);
      if (failure instanceof RowsRefused) await statements.rollback().catch(() => undefined);
      throw failure;
    }
  }

  async check(): Promise<void> {
    const { connection } = this;
    if (connection === undefined) return;
    const statements = connection.promise();
    try {
      await statements.beginTransaction();
      for (const [table, rows] of byTable(probeRows))
        await statements.execute(mariadbSql.insert(table, rows.length), rows.flatMap(parameters));
      await statements.rollback();
    } catch (error) {
      throw this.failure(error);
    }
  }

  close(): void {
    const { connection } = this;
    this.connection = undefined;
    connection?.destroy();
  }

  private async prepare(connection: Connection, table: DatabaseTable): Promise<void> {
    const statements = connection.promise();
    const found = await find(connection, table);
    if (found === undefined) {
      await statements.query(mariadbSql.create(table));
      return;
    }
    const checked = checkTable(table, found, types, this.address.place);
    if ('trouble' in checked) throw new DatabaseError(checked.trouble);
    for (const name of checked.missing) await statements.query(mariadbSql.addColumn(table, name));
  }

  private failure(error: unknown): Error {
    return storeFailure(error, this.address, (thrown) => this.serverTrouble(thrown));
  }

  /** `undefined` for what is wrong with a row. */
  private serverTrouble(error: unknown): DatabaseTrouble | undefined {
    const { place: host, user, database } = this.address;
    const reason = messageOf(error);
    const { sqlState = '' } = error as { readonly sqlState?: string };
    switch (errorCode(error)) {
      case 'ER_ACCESS_DENIED_ERROR':
      case 'ER_ACCESS_DENIED_NO_PASSWORD_ERROR':
      case 'ER_NOT_SUPPORTED_AUTH_MODE':
      case 'AUTH_SWITCH_PLUGIN_ERROR':
        return { code: 'database-login-refused', values: { host, user } };
      case 'ER_BAD_DB_ERROR':
        return { code: 'database-missing', values: { host, database } };
      case 'ER_DBACCESS_DENIED_ERROR':
      case 'ER_TABLEACCESS_DENIED_ERROR':
      case 'ER_COLUMNACCESS_DENIED_ERROR':
      case 'ER_HOST_NOT_PRIVILEGED':
      case 'ER_HOST_IS_BLOCKED':
        return { code: 'database-forbidden', values: { host, reason } };
      case 'ER_OPTION_PREVENTS_STATEMENT':
      case 'ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION':
      case 'ER_OPEN_AS_READONLY':
      case 'ER_READ_ONLY_MODE':
        return { code: 'database-read-only', values: { host } };
      case 'ER_RECORD_FILE_FULL':
      case 'ER_DISK_FULL':
        return { code: 'database-full', values: { host } };
      case 'ER_CON_COUNT_ERROR':
      case 'ER_TOO_MANY_USER_CONNECTIONS':
      case 'ER_LOCK_WAIT_TIMEOUT':
      case 'ER_LOCK_DEADLOCK':
        return { code: 'database-busy', values: { host } };
      case 'ER_SERVER_SHUTDOWN':
      case 'ER_NORMAL_SHUTDOWN':
        return { code: 'database-starting', values: { host } };
      case 'HANDSHAKE_NO_SSL_SUPPORT':
        return { code: 'database-no-tls', values: { host } };
      case 'HANDSHAKE_SSL_ERROR':
        return { code: 'database-certificate', values: { host, reason } };
      default:
    }
    // The package's own words for a connection that is gone, which have no code.
    if (/closed state|Connection lost/i.test(reason)) return { code: 'database-closed', values: { host } };
    // Data and constraints, and what triggers raise.
    if (/^(22|23|45)/.test(sqlState) || /^ER_(CONSTRAINT_FAILED|TRUNCATED_WRONG)/.test(errorCode(error)))
      return undefined;
    return { code: 'database-failed', values: { host, reason } };
  }
}

/** Pieces of the sizes that statements are prepared for. */
function* inSizes(rows: readonly TableRow[]): Generator<readonly TableRow[]> {
  let from = 0;
  for (const size of sizes) {
    for (; rows.length - from >= size; from += size) yield rows.slice(from, from + size);
  }
}

function parameters({ at, device, part, values }: TableRow): (string | number | null)[] {
  const time = new Date(at).toISOString().replace('T', ' ').replace('Z', '');
  return [time, device, ...(part === undefined ? [] : [part]), ...values];
}

async function find(connection: Connection, { name }: DatabaseTable): Promise<FoundTable | undefined> {
  const statements = connection.promise();
  const [tables] = await statements.execute<RowDataPacket[]>(
    `SELECT table_comment AS mark FROM information_schema.tables
      WHERE table_schema = DATABASE() AND table_name = ?`,
    [name],
  );
  const [found] = tables;
  if (found === undefined) return undefined;
  const [columns] = await statements.execute<RowDataPacket[]>(
    `SELECT column_name AS name, column_type AS type FROM information_schema.columns
      WHERE table_schema = DATABASE() AND table_name = ?`,
    [name],
  );
  return {
    mark: String(found['mark']),
    columns: new Map(columns.map((column) => [String(column['name']), String(column['type'])])),
  };
}

import { Socket } from 'node:net';
import type { Client } from 'pg';
import { errorCode } from '../../base/error-code';
import { messageOf } from '../../base/message-of';
import type { DatabaseTrouble } from '../../model/database-reports';
import type { SqlAddress } from '../../protocol/database-address';
import type { KeptRow, TableRow } from '../../protocol/database-rows';
import { columnsOf, postgresSql } from '../../protocol/database-sql';
import { databaseTables, type DatabaseTable } from '../../protocol/database-tables';
import { checkTable, type FoundTable, type TypeNames } from '../../protocol/database-tables-check';
import { byTable } from './by-table';
import { DatabaseError, RowsRefused, type DatabaseStore } from './database-store';
import { storeFailure } from './store-failure';

/** Rows of one statement. */
const rowsAtOnce = 5000;

const types: TypeNames = {
  time: /^timestamp with time zone$/,
  device: /^text$/,
  part: /^(smallint|integer|bigint)$/,
  number: /^double precision$/,
  whole: /^bigint$/,
};

/** Rows in PostgreSQL, with TimescaleDB where the database has it. */
export class PostgresStore implements DatabaseStore {
  private client: Client | undefined;
  private socket: Socket | undefined;

  constructor(private readonly address: SqlAddress) {}

  async open(): Promise<void> {
    const { host, port, user, password, database, tls } = this.address;
    const { Client } = await import('pg');
    const socket = new Socket();
    this.socket = socket;
    const client = new Client({
      stream: () => socket,
      host,
      port,
      database,
      ...(user !== '' && { user }),
      // A function, so that no password comes from ~/.pgpass or the environment where none is set.
      password: () => password,
      ssl: tls === 'disable' ? false : { rejectUnauthorized: tls === 'verify-full', servername: host },
      connectionTimeoutMillis: 15_000,
      keepAlive: true,
      application_name: 'packdial',
      client_encoding: 'UTF8',
    });
    this.client = client;
    // It is told with the next statement.
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query(`SET TIME ZONE 'UTC'`);
      for (const table of databaseTables) await this.prepare(client, table);
    } catch (error) {
      throw this.failure(error);
    }
  }

  async write(rows: readonly KeptRow[]): Promise<void> {
    const { client } = this;
    if (client === undefined)
      throw new DatabaseError({ code: 'database-closed', values: { host: this.address.place } });
    try {
      await client.query('BEGIN');
      for (const [table, ofTable] of byTable(rows))
        for (let i = 0; i < ofTable.length; i += rowsAtOnce)
          await insert(client, table, ofTable.slice(i, i + rowsAtOnce));
      await client.query('COMMIT');
    } catch (error) {
      const failure = this.failure(error);
      if (failure instanceof RowsRefused) await client.query('ROLLBACK').catch(() => undefined);
      throw failure;
    }
  }

  close(): void {
    // Without a goodbye: a server that does not answer would not answer this either.
    this.socket?.destroy();
    this.client = undefined;
    this.socket = undefined;
  }

  /** Makes a table or what is missing of it. */
  private async prepare(client: Client, table: DatabaseTable): Promise<void> {
    await client.query('BEGIN');
    // Two displays that are started at the same time make the tables one after the other.
    await client.query(`SELECT pg_advisory_xact_lock(hashtext('packdial'))`);
    const found = await find(client, table);
    if (found === undefined) {
      for (const statement of postgresSql.create(table)) await client.query(statement);
      await makeHypertable(client, table);
    } else {
      const checked = checkTable(table, found, types, this.address.place);
      if ('trouble' in checked) throw new DatabaseError(checked.trouble);
      for (const name of checked.missing) await client.query(postgresSql.addColumn(table, name));
    }
    await client.query('COMMIT');
  }

  private failure(error: unknown): Error {
    return storeFailure(error, this.address, (thrown) => this.serverTrouble(thrown));
  }

  /** `undefined` for what is wrong with a row. */
  private serverTrouble(error: unknown): DatabaseTrouble | undefined {
    const { place: host, user, database } = this.address;
    const code = errorCode(error);
    const reason = messageOf(error);
    // Data, constraints, and what triggers raise.
    if (/^(22|23|P0001)/.test(code)) return undefined;
    if (/^(28|57P05)/.test(code)) return { code: 'database-login-refused', values: { host, user } };
    if (code === '3D000') return { code: 'database-missing', values: { host, database } };
    if (code === '42501') return { code: 'database-forbidden', values: { host, reason } };
    if (code === '25006') return { code: 'database-read-only', values: { host } };
    if (code === '53100') return { code: 'database-full', values: { host } };
    if (/^(53|55P03|57014|40)/.test(code)) return { code: 'database-busy', values: { host } };
    if (/^57P0[123]/.test(code)) return { code: 'database-starting', values: { host } };
    // The package's own, which have no code.
    if (/^Connection terminated|^Client (was closed|has encountered)/i.test(reason))
      return { code: 'database-closed', values: { host } };
    if (/^timeout expired/.test(reason)) return { code: 'database-no-answer', values: { host } };
    if (/does not support SSL/.test(reason)) return { code: 'database-no-tls', values: { host } };
    if (/password must be a (non-empty )?string|no password/i.test(reason))
      return { code: 'database-login-refused', values: { host, user } };
    return { code: 'database-failed', values: { host, reason } };
  }
}

async function insert(client: Client, table: DatabaseTable, rows: readonly TableRow[]): Promise<void> {
  const offset = table.part === undefined ? 2 : 3;
  const lists = columnsOf(table).map(({ kind }, i): readonly unknown[] => {
    switch (kind) {
      case 'time':
        return rows.map(({ at }) => new Date(at).toISOString());
      case 'device':
        return rows.map(({ device }) => device);
      case 'part':
        return rows.map(({ part }) => part);
      case 'number':
      case 'whole':
        return rows.map(({ values }) => values[i - offset] ?? null);
    }
  });
  await client.query({ name: `insert ${table.name}`, text: postgresSql.insert(table), values: lists });
}

async function find(client: Client, { name }: DatabaseTable): Promise<FoundTable | undefined> {
  const table = await client.query<{ oid: number; mark: string | null }>(
    `SELECT c.oid, obj_description(c.oid, 'pg_class') AS mark FROM pg_class c WHERE c.oid = to_regclass($1)`,
    [`"${name}"`],
  );
  const [found] = table.rows;
  if (found === undefined) return undefined;
  const columns = await client.query<{ name: string; type: string }>(
    `SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
      WHERE attrelid = $1 AND attnum > 0 AND NOT attisdropped`,
    [found.oid],
  );
  return { mark: found.mark, columns: new Map(columns.rows.map(({ name: column, type }) => [column, type])) };
}

/** TimescaleDB keeps a table in pieces by time, where the database has it. */
async function makeHypertable(client: Client, { name }: DatabaseTable): Promise<void> {
  const { rows } = await client.query(`SELECT 1 FROM pg_proc WHERE proname = 'create_hypertable' LIMIT 1`);
  if (rows.length > 0) await client.query(`SELECT create_hypertable('"${name}"', 'time')`);
}

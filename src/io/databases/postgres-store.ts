import { Socket } from 'node:net';
import type { Client } from 'pg';
import { errorCode } from '../../base/error-code';
import { messageOf } from '../../base/message-of';
import type { DatabaseTrouble } from '../../model/database-reports';
import type { SqlAddress } from '../../protocol/database-address';
import { DatabaseError, RowsRefused, type DatabaseStore } from './database-store';
import type { PostgresTables } from './postgres-tables';
import type { SpoolRow } from './spool';
import { storeFailure } from './store-failure';

/** Rows in PostgreSQL. */
export class PostgresStore<Row> implements DatabaseStore<Row> {
  private client: Client | undefined;
  private socket: Socket | undefined;

  constructor(
    private readonly address: SqlAddress,
    private readonly tables: PostgresTables<Row>,
  ) {}

  read(row: SpoolRow): Row {
    return this.tables.read(row);
  }

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
      ssl: tls === 'disable' ? false : { rejectUnauthorized: tls === 'verify-full' },
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
      await this.tables.prepare(client, this.address.place);
    } catch (error) {
      throw this.failure(error);
    }
  }

  async write(rows: readonly Row[]): Promise<void> {
    const { client } = this;
    if (client === undefined)
      throw new DatabaseError({ code: 'database-closed', values: { host: this.address.place } });
    try {
      await client.query('BEGIN');
      await this.tables.insert(client, rows);
      await client.query('COMMIT');
    } catch (error) {
      const failure = this.failure(error);
      if (failure instanceof RowsRefused) await client.query('ROLLBACK').catch(() => undefined);
      throw failure;
    }
  }

  async check(): Promise<void> {
    const { client } = this;
    if (client === undefined) return;
    try {
      await client.query('BEGIN');
      await this.tables.insert(client, this.tables.probes);
      await client.query('ROLLBACK');
    } catch (error) {
      throw this.failure(error);
    }
  }

  close(): void {
    // Without a goodbye: a server that does not answer would not answer this either.
    this.socket?.destroy();
    this.client = undefined;
    this.socket = undefined;
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

import type { Client } from 'pg';
import type { SpoolRow } from './spool';

/** What a PostgreSQL store writes: which tables, and how. */
export interface PostgresTables<Row> {
  /** Reads what was kept. @throws Error for what is no such row */
  readonly read: (row: SpoolRow) => Row;
  /** Rows that say nothing, one or more for each table, of a time without packdial: to be added and taken back. */
  readonly probes: readonly Row[];
  /**
   * Makes what is missing.
   *
   * @param place as people are told of the database
   * @throws DatabaseError for tables that can't be written; the client's errors (as rejections)
   */
  prepare(client: Client, place: string): Promise<void>;
  /** Writes rows within a transaction; what is there already stays as it is. @throws the client's errors (as a rejection) */
  insert(client: Client, rows: readonly Row[]): Promise<void>;
}

/** A table as PostgreSQL has it, with its types by column. */
export interface FoundPostgresTable {
  /** Its comment. */
  readonly mark: string | null;
  readonly columns: ReadonlyMap<string, string>;
}

/** Two displays that are started at the same time make tables one after the other: until the end of the transaction. */
export async function lockTables(client: Client): Promise<void> {
  await client.query(`SELECT pg_advisory_xact_lock(hashtext('packdial'))`);
}

/** Looks for a table where an unqualified name is looked for; `undefined` where there is none. */
export async function findTable(client: Client, name: string): Promise<FoundPostgresTable | undefined> {
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

import type { Client } from 'pg';
import { parseRow, type KeptRow, type TableRow } from '../../protocol/database-rows';
import { columnsOf, postgresSql } from '../../protocol/database-sql';
import { databaseTables, type DatabaseTable } from '../../protocol/database-tables';
import { checkTable, type TypeNames } from '../../protocol/database-tables-check';
import { byTable } from './by-table';
import { DatabaseError } from './database-store';
import { probeRows } from './probe-rows';
import { findTable, lockTables, type PostgresTables } from './postgres-tables';

/** Rows of one statement. */
const rowsAtOnce = 5000;

const types: TypeNames = {
  time: /^timestamp with time zone$/,
  device: /^text$/,
  part: /^(smallint|integer|bigint)$/,
  number: /^double precision$/,
  whole: /^bigint$/,
};

/** packdial's own tables in PostgreSQL, with TimescaleDB where the database has it. */
export const packdialTables: PostgresTables<KeptRow> = {
  read: parseRow,
  probes: probeRows,
  prepare: async (client, place) => {
    for (const table of databaseTables) await prepare(client, table, place);
  },
  insert: async (client, rows) => {
    for (const [table, ofTable] of byTable(rows))
      for (let i = 0; i < ofTable.length; i += rowsAtOnce)
        await insert(client, table, ofTable.slice(i, i + rowsAtOnce));
  },
};

/** Makes a table or what is missing of it. */
async function prepare(client: Client, table: DatabaseTable, place: string): Promise<void> {
  await client.query('BEGIN');
  await lockTables(client);
  const found = await findTable(client, table.name);
  if (found === undefined) {
    for (const statement of postgresSql.create(table)) await client.query(statement);
    await makeHypertable(client, table);
  } else {
    const checked = checkTable(table, found, types, place);
    if ('trouble' in checked) throw new DatabaseError(checked.trouble);
    for (const name of checked.missing) await client.query(postgresSql.addColumn(table, name));
  }
  await client.query('COMMIT');
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

/** TimescaleDB keeps a table in pieces by time, where the database has it. */
async function makeHypertable(client: Client, { name }: DatabaseTable): Promise<void> {
  const { rows } = await client.query(`SELECT 1 FROM pg_proc WHERE proname = 'create_hypertable' LIMIT 1`);
  if (rows.length > 0) await client.query(`SELECT create_hypertable('"${name}"', 'time')`);
}

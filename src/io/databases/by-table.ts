import { tableRows, type KeptRow, type TableRow } from '../../protocol/database-rows';
import type { DatabaseTable } from '../../protocol/database-tables';

/** Rows by table, in their order. */
export function byTable(rows: readonly KeptRow[]): ReadonlyMap<DatabaseTable, readonly TableRow[]> {
  const tables = new Map<DatabaseTable, TableRow[]>();
  for (const row of rows.flatMap(tableRows)) {
    const ofTable = tables.get(row.table);
    if (ofTable === undefined) tables.set(row.table, [row]);
    else ofTable.push(row);
  }
  return tables;
}

import type { DatabaseTrouble } from '../model/database-reports';
import { columnsOf } from './database-sql';
import { markedVersion, tableVersion, type DatabaseTable } from './database-tables';

/** A table as a server has it. */
export interface FoundTable {
  /** Its comment. */
  readonly mark: string | null;
  /** Types by name of column, in the server's words. */
  readonly columns: ReadonlyMap<string, string>;
}

/** What a server calls the types that packdial gives columns. */
export type TypeNames = Readonly<Record<'time' | 'device' | 'part' | 'number' | 'whole', RegExp>>;

/**
 * Whether a table can be written: what is wrong with it, or the names of columns that are to be added.
 *
 * @param host as people are told of the database
 */
export function checkTable(
  table: DatabaseTable,
  { mark, columns }: FoundTable,
  types: TypeNames,
  host: string,
): { readonly trouble: DatabaseTrouble } | { readonly missing: readonly string[] } {
  const version = markedVersion(mark);
  const values = { host, table: table.name };
  if (version === undefined) return { trouble: { code: 'database-foreign-table', values } };
  if (version > tableVersion) return { trouble: { code: 'database-newer-table', values } };
  const missing: string[] = [];
  for (const { name, kind } of columnsOf(table)) {
    const type = columns.get(name);
    const replaceable = kind === 'number' || kind === 'whole';
    if (type === undefined && replaceable) missing.push(name);
    else if (type === undefined || !types[kind].test(type))
      return { trouble: { code: 'database-other-column', values: { ...values, column: name } } };
  }
  return { missing };
}

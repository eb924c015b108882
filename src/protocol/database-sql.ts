import type { DatabaseTable } from './database-tables';
import { tableMark } from './database-tables';

/** How a server's SQL differs from others'. */
interface Dialect {
  readonly quote: string;
  readonly time: string;
  readonly device: string;
  readonly part: string;
  readonly number: string;
  readonly whole: string;
}

const postgres: Dialect = {
  quote: '"',
  time: 'timestamptz NOT NULL',
  device: 'text NOT NULL',
  part: 'smallint NOT NULL',
  number: 'double precision',
  whole: 'bigint',
};

const mariadb: Dialect = {
  quote: '`',
  time: 'DATETIME(3) NOT NULL',
  device: 'VARCHAR(128) NOT NULL',
  part: 'SMALLINT NOT NULL',
  number: 'DOUBLE',
  whole: 'BIGINT',
};

/** Statements for PostgreSQL. Names are those of packdial's own tables; values are parameters. */
export const postgresSql = {
  /** Makes a table, marks it and gives it its indexes: in one transaction. */
  create: (table: DatabaseTable): readonly string[] => [
    `CREATE TABLE ${quoted(postgres, table.name)} (${definitions(postgres, table)})`,
    `COMMENT ON TABLE ${quoted(postgres, table.name)} IS '${tableMark}'`,
    `CREATE INDEX ON ${quoted(postgres, table.name)} ("time")`,
  ],
  addColumn: (table: DatabaseTable, name: string): string => addColumn(postgres, table, name),
  /** Parameters: a list for each column, in the order of `columnsOf`. */
  insert: (table: DatabaseTable): string => {
    const columns = columnsOf(table);
    const lists = columns.map(({ kind }, i) => `$${i + 1}::${arrayTypes[kind]}[]`);
    return `INSERT INTO ${quoted(postgres, table.name)} (${names(postgres, table)}) SELECT * FROM unnest(${lists.join(', ')}) ON CONFLICT DO NOTHING`;
  },
} as const;

/** The same for MariaDB and MySQL. */
export const mariadbSql = {
  create: (table: DatabaseTable): string =>
    `CREATE TABLE ${quoted(mariadb, table.name)} (${definitions(mariadb, table)}, KEY \`time\` (\`time\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='${tableMark}'`,
  addColumn: (table: DatabaseTable, name: string): string => addColumn(mariadb, table, name),
  /** Parameters: row by row, in the order of `columnsOf`. Not INSERT IGNORE, which would alter values that do not fit. */
  insert: (table: DatabaseTable, rows: number): string => {
    const row = `(${columnsOf(table)
      .map(() => '?')
      .join(',')})`;
    return `INSERT INTO ${quoted(mariadb, table.name)} (${names(mariadb, table)}) VALUES ${Array<string>(rows).fill(row).join(',')} ON DUPLICATE KEY UPDATE \`device\` = \`device\``;
  },
} as const;

/** All columns of a table with what they hold. */
export function columnsOf(
  table: DatabaseTable,
): readonly { readonly name: string; readonly kind: 'time' | 'device' | 'part' | 'number' | 'whole' }[] {
  return [
    { name: 'time', kind: 'time' },
    { name: 'device', kind: 'device' },
    ...(table.part === undefined ? [] : [{ name: table.part, kind: 'part' as const }]),
    ...table.columns.map(({ name, whole }) => ({
      name,
      kind: whole ? ('whole' as const) : ('number' as const),
    })),
  ];
}

const arrayTypes = {
  time: 'timestamptz',
  device: 'text',
  part: 'smallint',
  number: 'double precision',
  whole: 'bigint',
} as const;

function definitions(dialect: Dialect, table: DatabaseTable): string {
  const columns = columnsOf(table).map(({ name, kind }) => `${quoted(dialect, name)} ${dialect[kind]}`);
  const key = ['device', ...(table.part === undefined ? [] : [table.part]), 'time'];
  return [...columns, `PRIMARY KEY (${key.map((name) => quoted(dialect, name)).join(', ')})`].join(', ');
}

function addColumn(dialect: Dialect, table: DatabaseTable, name: string): string {
  const kind = table.columns.find((column) => column.name === name)?.whole === true ? 'whole' : 'number';
  return `ALTER TABLE ${quoted(dialect, table.name)} ADD COLUMN ${quoted(dialect, name)} ${dialect[kind]}`;
}

function names(dialect: Dialect, table: DatabaseTable): string {
  return columnsOf(table)
    .map(({ name }) => quoted(dialect, name))
    .join(', ');
}

function quoted({ quote }: Dialect, name: string): string {
  return quote + name + quote;
}

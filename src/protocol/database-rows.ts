import { createHash } from 'node:crypto';
import { keptForm } from '../model/history/quantities';
import type { DeviceSample } from '../model/history/device-sample';
import type { Kind } from '../model/reading';
import { cellTable, columnName, kindTables, probeTable, type DatabaseTable } from './database-tables';

/** What was known of a device at one time, as it waits for a database. */
export interface KeptRow {
  /** ms since 1970. */
  readonly at: number;
  readonly device: string;
  readonly kind: Kind;
  /** By quantity; what was not known is not there. */
  readonly values: Readonly<Record<string, number>>;
}

/** A row of one table. */
export interface TableRow {
  readonly table: DatabaseTable;
  /** ms since 1970. */
  readonly at: number;
  readonly device: string;
  /** Number of the cell or probe, in tables that have one. */
  readonly part: number | undefined;
  /** One for each column of the table; null is unknown. */
  readonly values: readonly (number | null)[];
}

/** Characters that a device's name has in a database. */
export const longestDevice = 128;

/** A sample as a text for the spool. */
export function rowText({ kind, names, values }: DeviceSample): string {
  const known: Record<string, number> = {};
  for (const [i, name] of names.entries()) {
    const value = values[i] ?? NaN;
    if (Number.isFinite(value)) known[name] = Number(value.toFixed(keptForm(kind, name).decimals));
  }
  return JSON.stringify({ kind, values: known });
}

/** Reads such a text. @throws Error for one of anything else */
export function parseRow(row: {
  readonly at: number;
  readonly device: string;
  readonly text: string;
}): KeptRow {
  const { kind, values } = JSON.parse(row.text) as Partial<KeptRow>;
  if (kind === undefined || !Object.hasOwn(kindTables, kind) || typeof values !== 'object')
    throw new Error('not a row');
  return { at: row.at, device: deviceName(row.device), kind, values };
}

/**
 * A device's name as every database takes it: without what can't be stored, and one that is too long ends with a checksum, so
 * that two of them stay two.
 */
export function deviceName(name: string): string {
  const clean = name.replaceAll(/[\p{Cs}\0]/gu, '\uFFFD').trim();
  const letters = Array.from(clean);
  if (letters.length <= longestDevice) return clean;
  const sum = createHash('sha256').update(clean).digest('hex').slice(0, 12);
  return `${letters.slice(0, longestDevice - 13).join('')}#${sum}`;
}

/** The rows that it becomes: that of its kind, and one for each cell and probe that is known. */
export function tableRows({ at, device, kind, values }: KeptRow): readonly TableRow[] {
  const table: DatabaseTable = kindTables[kind];
  const singles = new Map<string, number>();
  const parts: TableRow[] = [];
  for (const [name, value] of Object.entries(values)) {
    const [, list, number] = /^(cell|temperature)([1-9]\d{0,4})$/.exec(name) ?? [];
    if (number === undefined) singles.set(columnName(name), value);
    else {
      const of = list === 'cell' ? cellTable : probeTable;
      parts.push({ table: of, at, device, part: Number(number), values: [value] });
    }
  }
  const known = table.columns.map((column) => singles.get(column.name) ?? null);
  return [{ table, at, device, part: undefined, values: known }, ...parts];
}

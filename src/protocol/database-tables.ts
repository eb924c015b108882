import { quantities } from '../model/quantities';
import type { Kind } from '../model/reading';

/** One table of a database. Every one has `time` and `device` before its columns. */
export interface DatabaseTable {
  readonly name: string;
  /** A number that tells rows of the same device and time apart, such as the cell's. */
  readonly part?: 'cell' | 'probe';
  readonly columns: readonly DatabaseColumn[];
}

/** A column of numbers. */
export interface DatabaseColumn {
  readonly name: string;
  /** Bits are whole numbers. */
  readonly whole: boolean;
}

/** Counted up by a release whose tables an older one must not write. One that only adds columns does not. */
export const tableVersion = 1;

/** What packdial's tables are marked with. */
export const tableMark = `packdial ${tableVersion}`;

/** The version in a table's mark; `undefined` for a table that packdial did not make. */
export function markedVersion(mark: string | null | undefined): number | undefined {
  const [, version] = /^packdial (\d{1,9})$/.exec(mark ?? '') ?? [];
  return version === undefined ? undefined : Number(version);
}

/** The name of a quantity in databases: `stateOfCharge` is `state_of_charge`. */
export function columnName(quantity: string): string {
  return quantity.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The table of each kind's devices. */
export const kindTables = {
  battery: kindTable('battery'),
  'solar-charger': kindTable('solar-charger'),
  meter: kindTable('meter'),
} satisfies Record<Kind, DatabaseTable>;

/** Volts by cell, the first is 1. */
export const cellTable = {
  name: 'cell',
  part: 'cell',
  columns: [{ name: 'voltage', whole: false }],
} as const satisfies DatabaseTable;

/** °C by probe, the first is 1. */
export const probeTable = {
  name: 'probe',
  part: 'probe',
  columns: [{ name: 'temperature', whole: false }],
} as const satisfies DatabaseTable;

/** All of them. */
export const databaseTables: readonly DatabaseTable[] = [...Object.values(kindTables), cellTable, probeTable];

function kindTable(kind: Kind): DatabaseTable {
  const columns = Object.entries(quantities[kind]).map(([quantity, { kept }]) => ({
    name: columnName(quantity),
    whole: typeof kept === 'object',
  }));
  return { name: columnName(kind.replaceAll('-', '_')), columns };
}

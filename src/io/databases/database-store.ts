import type { DatabaseTrouble } from '../../model/database-reports';
import type { SpoolRow } from './spool';

/** A database that rows can be written to, whatever it speaks. One call at a time. */
export interface DatabaseStore<Row> {
  /** Reads what was kept for it. @throws Error for what is no such row */
  readonly read: (row: SpoolRow) => Row;
  /** Connects, and makes what is missing of the tables. @throws DatabaseError and any other (as rejections) */
  open(): Promise<void>;
  /**
   * Writes rows, all or none of them. What is there already stays as it is: the same rows may come again.
   *
   * @throws RowsRefused for what it would refuse again; DatabaseError and any other (as rejections) else
   */
  write(rows: readonly Row[]): Promise<void>;
  /**
   * Finds out what `open` does not: whether rows may be added. Leaves nothing behind. Absent where `open` knows that.
   *
   * @throws DatabaseError and any other (as rejections)
   */
  check?(): Promise<void>;
  /** Lets go of the connection at once, in whatever state it is; `open` may follow. */
  close(): void;
}

/** Rows can't be written now. */
export class DatabaseError extends Error {
  constructor(readonly trouble: DatabaseTrouble) {
    super(trouble.code);
  }
}

/** The database objects to what is in the rows, or in one of them. */
export class RowsRefused extends Error {}

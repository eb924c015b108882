import type { DatabaseCounts, DatabaseReport, DatabaseTrouble } from '../../model/database-reports';
import type { SpoolLimits } from './spool';
import type { SpoolRow } from './spool';

/** What the worker is started with. */
export interface DatabaseWorkerData {
  /** Address of the database. */
  readonly url: string;
  /** Path of the spool. */
  readonly file: string;
  readonly limits: Omit<SpoolLimits, 'room'>;
  /** Longest ms between two tries. */
  readonly longestDelay?: number;
}

/** What the display says to the worker. */
export type DatabaseRequest =
  /** Rows for the spool; answered once, with the number. */
  | { readonly say: 'keep'; readonly id: number; readonly rows: readonly SpoolRow[] }
  /** Sends what it can within ms, ends, and is then gone. */
  | { readonly say: 'close'; readonly within: number };

/** How the way into the database is. */
export interface DatabaseWorkerStatus extends DatabaseCounts {
  readonly report: DatabaseReport;
  /** Why rows don't get through. */
  readonly down: boolean;
  /** Rows that are in the database since the thread began. */
  readonly written: number;
}

/** What the worker says. */
export type DatabaseReply =
  | { readonly say: 'kept'; readonly id: number; readonly status: DatabaseWorkerStatus }
  | { readonly say: 'not-kept'; readonly id: number; readonly trouble: DatabaseTrouble }
  | { readonly say: 'status'; readonly status: DatabaseWorkerStatus }
  /** A spool that was damaged is kept there. */
  | { readonly say: 'aside'; readonly path: string };

import type { DatabaseCounts, DatabaseReport, DatabaseTrouble } from '../../model/database-reports';
import type { SpoolLimits, SpoolRow } from './spool';

/** What a way into a database is opened with. */
export interface DatabaseWayData {
  /** Address of the database. */
  readonly url: string;
  /** Path of the spool. */
  readonly file: string;
  readonly limits: Omit<SpoolLimits, 'room'>;
  /** Longest ms between two tries. */
  readonly longestDelay?: number;
}

/** What the display says to a way. */
export type DatabaseRequest =
  | { readonly say: 'open'; readonly data: DatabaseWayData }
  /** Rows for the spool; answered once, with the number. */
  | { readonly say: 'keep'; readonly id: number; readonly rows: readonly SpoolRow[] }
  /** Sends what it can within ms, ends, and is then gone. */
  | { readonly say: 'close'; readonly within: number };

/** The same with the number of the way. */
export interface DatabaseAsked {
  readonly way: number;
  readonly request: DatabaseRequest;
}

/** How the way into the database is. */
export interface DatabaseWayStatus extends DatabaseCounts {
  readonly report: DatabaseReport;
  /** Why rows don't get through. */
  readonly down: boolean;
  /** Rows that are in the database since the thread began. */
  readonly written: number;
}

/** What a way says. */
export type DatabaseReply =
  | { readonly say: 'kept'; readonly id: number; readonly status: DatabaseWayStatus }
  | { readonly say: 'not-kept'; readonly id: number; readonly trouble: DatabaseTrouble }
  | { readonly say: 'status'; readonly status: DatabaseWayStatus }
  /** A spool that was damaged is kept there. */
  | { readonly say: 'aside'; readonly path: string }
  /** It has ended. */
  | { readonly say: 'closed' };

/** The same with the number of the way. */
export interface DatabaseTold {
  readonly way: number;
  readonly reply: DatabaseReply;
}

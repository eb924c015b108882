import type { Coded, NoValues } from './coded';
import type { DiskTrouble } from './recorder-reports';

/** Why a database does not take rows. */
export interface DatabaseTroubles {
  readonly 'database-name-unknown': { readonly host: string };
  readonly 'database-name-lookup': { readonly host: string };
  readonly 'database-no-route': { readonly host: string };
  readonly 'database-not-listening': { readonly host: string; readonly port: number };
  readonly 'database-no-answer': { readonly host: string };
  readonly 'database-closed': { readonly host: string };
  readonly 'database-starting': { readonly host: string };
  readonly 'database-busy': { readonly host: string };
  readonly 'database-login-refused': { readonly host: string; readonly user: string };
  readonly 'database-missing': { readonly host: string; readonly database: string };
  readonly 'database-forbidden': { readonly host: string; readonly reason: string };
  readonly 'database-read-only': { readonly host: string };
  readonly 'database-full': { readonly host: string };
  readonly 'database-foreign-table': { readonly host: string; readonly table: string };
  readonly 'database-newer-table': { readonly host: string; readonly table: string };
  readonly 'database-other-column': {
    readonly host: string;
    readonly table: string;
    readonly column: string;
  };
  readonly 'database-no-tls': { readonly host: string };
  readonly 'database-certificate': { readonly host: string; readonly reason: string };
  readonly 'database-refuses-all': { readonly host: string; readonly reason: string };
  /** An answer of HTTP that no such database gives. */
  readonly 'database-no-writing': { readonly host: string; readonly status: number };
  readonly 'database-failed': { readonly host: string; readonly reason: string };
  /** What waits can't be kept on this machine's own disk. */
  readonly 'spool-failed': { readonly trouble: DiskTrouble };
  readonly 'spool-thread-ended': { readonly reason: string };
}

/** One of them. */
export type DatabaseTrouble = Coded<DatabaseTroubles>;

/** How a database is. */
export interface DatabaseReports extends DatabaseTroubles {
  readonly 'database-connecting': { readonly host: string };
  /** `behind`: what has waited is on its way. */
  readonly 'database-written': { readonly host: string; readonly behind: boolean };
  readonly 'database-no-folder': { readonly reason: string };
  readonly 'database-closing': NoValues;
}

/** One of them. */
export type DatabaseReport = Coded<DatabaseReports>;

/** How a database that rows are sent to is at the moment. */
export interface LiveDatabase extends DatabaseCounts {
  /** `up`: all is there; `behind`: what has waited is on its way; `down`: it waits. */
  readonly state: 'up' | 'behind' | 'down';
  readonly report: DatabaseReport;
  /** Rows that it took since the start. */
  readonly written: number;
  /** What was wrong with it last, and for how long it is over, ms; 0 while it lasts. */
  readonly lastTrouble: { readonly report: DatabaseReport; readonly age: number } | undefined;
}

/** Rows that are not in the database, and why. */
export interface DatabaseCounts {
  /** They are on this machine's disk, or in its memory for it. */
  readonly waiting: number;
  /** They found no room, ever since the spool was made; or Telegraf was away, since the start. */
  readonly dropped: number;
  /** The database did not take them, whatever was tried; likewise. */
  readonly refused: number;
}

import type { Bucket } from '../../model/history/bucket';
import type { HistoryQuery } from '../../model/history/query-plan';
import type { HistoryEvent, HistoryTrouble } from '../../model/recorder-reports';
import type { RecordedSample } from './recorder';

/** What the worker is started with. */
export interface HistoryWorkerData {
  /** Path of the database. */
  readonly file: string;
  /** 4 KB pages that it may have; for tests. */
  readonly mostPages?: number;
}

/** What the display asks of the worker; each is answered once, with its id. */
export type HistoryRequest = { readonly id: number } & (
  | {
      readonly ask: 'write';
      /** Name of this run of the display. */
      readonly run: string;
      /** Number of the first sample within the run, from 1. */
      readonly first: number;
      readonly samples: readonly RecordedSample[];
      /** Wall clock, ms since 1970. */
      readonly now: number;
    }
  | { readonly ask: 'query'; readonly query: HistoryQuery }
  | { readonly ask: 'close' }
);

/** What the worker says. */
export type HistoryReply =
  | { readonly id: number; readonly buckets?: readonly Bucket[]; readonly trouble?: HistoryTrouble }
  /** Something that the owner should know. */
  | { readonly note: HistoryEvent };

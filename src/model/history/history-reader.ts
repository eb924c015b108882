import type { Bucket } from './bucket';
import type { HistoryQuery } from './query-plan';

/** A value of some time ago. */
export interface PastValue {
  /** ms, not negative. */
  readonly age: number;
  readonly value: number;
}

/** Who can be asked about the past. Never fails: where nothing can be read there is no past. */
export interface HistoryReader {
  /** Buckets, oldest first, with gaps where nothing was heard; a bucket's `span` is what one entry stands for. */
  query(query: HistoryQuery): Promise<readonly Bucket[]>;
  /**
   * The means of the latest seconds, oldest first, to fill a screen's own log with after a restart.
   *
   * @param question `seconds` to look back from `now` (ms since 1970), in steps of `step` seconds or what there is; an age is
   * that of the middle of its step
   */
  recent(question: {
    readonly device: string;
    readonly quantity: string;
    readonly seconds: number;
    readonly step: number;
    readonly now: number;
  }): Promise<readonly PastValue[]>;
}

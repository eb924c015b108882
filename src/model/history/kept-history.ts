import type { HistoryEvent, HistoryReport } from '../recorder-reports';
import type { RecorderState } from '../recorder-state';
import type { HistoryReader } from './history-reader';

/** The history as others see it: what is in it, and how the writing goes. */
export interface KeptHistory {
  /** The past itself. */
  readonly reader: HistoryReader;
  readonly status: RecorderState<HistoryReport> & {
    /** Samples that were accepted and are not written yet. */
    readonly waiting: number;
    /** Samples that found no room since the start. */
    readonly dropped: number;
  };
  /** What has happened to the history since the start, such as that it was damaged. */
  readonly notes: readonly HistoryEvent[];
  /** The name that a device has in the history. */
  nameOf(device: string): string;
}

import type { HistoryReport } from '../../model/recorder-reports';
import type { RecorderState } from '../../model/recorder-state';
import type { DeviceSample } from '../../model/history/device-sample';

/** A sample with its time of day. */
export interface RecordedSample extends DeviceSample {
  /** ms since 1970. */
  readonly at: number;
}

/** How a recorder is. */
export interface RecorderStatus<Report = HistoryReport> extends RecorderState<Report> {
  /** Samples that it has accepted and not written yet. */
  readonly waiting: number;
  /** Samples that found no room since it was made. */
  readonly dropped: number;
}

/**
 * Writes samples down somewhere. It never throws and never keeps its caller waiting; what it has accepted it writes, in order,
 * however long that takes, as far as its memory or disk reaches: then the oldest are dropped, and counted. It heals itself.
 */
export interface Recorder<Report = HistoryReport> {
  readonly status: RecorderStatus<Report>;
  /** Accepts a sample; after `close` nothing happens. */
  record(sample: RecordedSample): void;
  /** Writes what waits, if it can within a few seconds, and lets go of everything. Further calls wait for the first. */
  close(): Promise<void>;
}

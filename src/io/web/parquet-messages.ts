import type { ExportSlice } from '../../protocol/history-export';

/** What the thread that writes Parquet begins with. */
export interface ParquetWorkerData {
  readonly columns: readonly string[];
  /** What writes the file, with its version. */
  readonly program: string;
}

/** The next rows, or that there are no more. Each is answered with the next bytes of the file. */
export type ParquetRequest = ExportSlice | 'end';

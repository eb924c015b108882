import { Worker } from 'node:worker_threads';
import type { ExportSlice } from '../../protocol/history-export';
import type { ParquetRequest, ParquetWorkerData } from './parquet-messages';

/** MB of the thread's young generation, which a group would enlarge to more than all the rest. */
const youngGeneration = 4;

/** Makes one Parquet file in a thread of its own, so that the display goes on meanwhile. */
export class ParquetThread {
  private readonly worker: Worker;
  private answer: ((bytes: Uint8Array) => void) | undefined;
  private readonly broken: Promise<never>;

  /** @param workerFile path of the thread's code, see build.mjs */
  constructor(workerFile: string, data: ParquetWorkerData) {
    this.worker = new Worker(workerFile, {
      workerData: data,
      resourceLimits: { maxYoungGenerationSizeMb: youngGeneration },
    });
    this.worker.on('message', (bytes: Uint8Array) => this.answer?.(bytes));
    this.broken = new Promise((_, reject) => {
      this.worker.on('error', reject);
      this.worker.on('exit', () => reject(new Error('The thread that writes Parquet has ended')));
    });
    // It is told to who asks next.
    this.broken.catch(() => undefined);
  }

  /** The next bytes of the file, maybe none. The slice is the thread's from then on. @throws when the thread is broken (as a rejection) */
  group(slice: ExportSlice): Promise<Uint8Array> {
    const columns = slice.devices.flatMap(({ values }) => values.flatMap((column) => column ?? []));
    return this.ask(
      slice,
      columns.map(({ buffer }) => buffer),
    );
  }

  /** The last bytes of the file. @throws when the thread is broken (as a rejection) */
  end(): Promise<Uint8Array> {
    return this.ask('end', []);
  }

  /** Ends the thread, whatever it does. */
  close(): void {
    void this.worker.terminate();
  }

  private ask(request: ParquetRequest, given: readonly ArrayBuffer[]): Promise<Uint8Array> {
    const answer = new Promise<Uint8Array>((resolve) => (this.answer = resolve));
    this.worker.postMessage(request, given);
    return Promise.race([answer, this.broken]);
  }
}

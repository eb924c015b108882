import { Worker } from 'node:worker_threads';
import type { DatabaseTrouble } from '../../model/database-reports';
import { systemTimers, type Timers } from '../timers';
import { threadEnvironment } from './thread-environment';
import type { TrialWorkerData } from './trial-worker';

/** ms for the answer: a server that is away altogether lets 15 s pass. */
const answerLimit = 20_000;

/** What is to be asked, and how. */
export interface DatabaseTrial {
  /** Address of the database. */
  readonly url: string;
  /** As people are told of it. */
  readonly place: string;
  /** Path of the thread's code, see build.mjs. */
  readonly workerFile: string;
  readonly timers?: Timers;
}

/**
 * Asks a database whether it would take rows, by a thread of its own: connects, makes what is missing of the tables, and adds
 * rows that it takes back. Resolves to what stands in the way, `undefined` when nothing does; never rejects.
 *
 * @param signal ends it: what it resolves to then means nothing
 */
export function tryDatabase(
  { url, place, workerFile, timers = systemTimers }: DatabaseTrial,
  signal: AbortSignal,
): Promise<DatabaseTrouble | undefined> {
  return new Promise((resolve) => {
    const data: TrialWorkerData = { url };
    const worker = new Worker(workerFile, {
      workerData: data,
      resourceLimits: { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 96 },
      env: threadEnvironment(),
    });
    worker.unref();
    const end = (trouble: DatabaseTrouble | undefined): void => {
      cancel();
      signal.removeEventListener('abort', aborted);
      void worker.terminate();
      resolve(trouble);
    };
    const aborted = (): void => end(undefined);
    const failed = (reason: string): void => end({ code: 'spool-thread-ended', values: { reason } });
    const cancel = timers.after(answerLimit, () =>
      end({ code: 'database-no-answer', values: { host: place } }),
    );
    signal.addEventListener('abort', aborted, { once: true });
    worker.on('message', (trouble: DatabaseTrouble | undefined) => end(trouble));
    worker.on('error', (error) => failed(error.message));
    worker.on('exit', (code) => failed(`code ${code}`));
    if (signal.aborted) aborted();
  });
}

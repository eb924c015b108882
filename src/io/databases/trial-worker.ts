import { parentPort, workerData } from 'node:worker_threads';
import type { DatabaseTrouble } from '../../model/database-reports';
import { parseDatabaseAddress } from '../../protocol/database-address';
import { RowsRefused } from './database-store';
import { troubleOf } from './drain';
import { openStore } from './open-store';

// The thread that asks a database once whether it would take rows: it says what stands in the way, or `undefined`, and ends.

/** What the thread is started with. */
export interface TrialWorkerData {
  /** Address of the database. */
  readonly url: string;
}

async function ask(): Promise<DatabaseTrouble | undefined> {
  const { url } = workerData as TrialWorkerData;
  const address = parseDatabaseAddress(url);
  if (address === undefined || address.kind === 'telegraf') throw new Error('not the address of a database');
  const store = await openStore(address);
  try {
    await store.open();
    await store.check?.();
    return undefined;
  } catch (error) {
    // A rule of the owner's for single rows keeps no other row out.
    return error instanceof RowsRefused ? undefined : troubleOf(error, address.place);
  } finally {
    store.close();
  }
}

void ask().then((trouble) => {
  parentPort?.postMessage(trouble);
  parentPort?.close();
});

import { join } from 'node:path';
import { tryDatabase } from '../../io/databases/database-trial';
import { tryTelegraf } from '../../io/databases/telegraf-trial';
import type { DatabaseTrouble } from '../../model/database-reports';
import { parseDatabaseAddress } from '../../protocol/database-address';

/**
 * Asks a database whether it takes rows. Resolves to what stands in the way, `undefined` when nothing does; never rejects.
 *
 * @param url a good address
 */
export function tryAddress(url: string, signal: AbortSignal): Promise<DatabaseTrouble | undefined> {
  const address = parseDatabaseAddress(url);
  if (address?.kind === 'telegraf') return tryTelegraf(address);
  const place = address?.place ?? '';
  return tryDatabase({ url, place, workerFile: join(__dirname, 'database-trial.js') }, signal);
}

import type { DatabaseTrouble } from '../../model/database-reports';
import type { TelegrafAddress } from '../../protocol/database-address';
import { telegrafLink } from './telegraf-link';
import { telegrafTrouble } from './telegraf-recorder';

/** The header of a CSV without rows: Telegraf makes nothing of it. */
const emptyMessage = 'meter\n';

/**
 * Sends a message without values to a Telegraf. Resolves to what stands in the way, `undefined` when nothing does; never rejects.
 * Over UDP it is not always known that nobody listens.
 */
export async function tryTelegraf(address: TelegrafAddress): Promise<DatabaseTrouble | undefined> {
  const link = telegrafLink(address);
  try {
    await link.send(emptyMessage);
    return undefined;
  } catch (error) {
    return telegrafTrouble(error, address);
  } finally {
    link.close();
  }
}

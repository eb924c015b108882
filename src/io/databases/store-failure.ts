import { messageOf } from '../../base/message-of';
import type { DatabaseTrouble } from '../../model/database-reports';
import type { DatabaseAddress } from '../../protocol/database-address';
import { DatabaseError, RowsRefused } from './database-store';
import { networkTrouble } from './network-trouble';

/**
 * What a store's client has thrown, as the error that a store throws.
 *
 * @param serverTrouble what the server's own errors mean; `undefined` for what is wrong with a row
 */
export function storeFailure(
  error: unknown,
  address: DatabaseAddress,
  serverTrouble: (error: unknown) => DatabaseTrouble | undefined,
): DatabaseError | RowsRefused {
  if (error instanceof DatabaseError) return error;
  const trouble = networkTrouble(error, address) ?? serverTrouble(error);
  return trouble === undefined ? new RowsRefused(messageOf(error)) : new DatabaseError(trouble);
}

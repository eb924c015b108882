import type { DatabaseAddress } from '../../protocol/database-address';
import type { DatabaseStore } from './database-store';

/** The store of an address, with what it needs loaded. */
export async function openStore(address: DatabaseAddress): Promise<DatabaseStore> {
  switch (address.kind) {
    case 'postgres':
      return new (await import('./postgres-store')).PostgresStore(address);
    case 'mariadb':
      return new (await import('./mariadb-store')).MariadbStore(address);
    case 'lines':
      return new (await import('./line-store')).LineStore(address);
  }
}

import type { DatabaseAddress, SqlAddress } from '../../protocol/database-address';
import type { DatabaseStore } from './database-store';

/** The store of an address, with what it needs loaded. */
export async function openStore(address: DatabaseAddress): Promise<DatabaseStore<unknown>> {
  switch (address.kind) {
    case 'postgres':
      return postgresStore(address);
    case 'mariadb':
      return new (await import('./mariadb-store')).MariadbStore(address);
    case 'lines':
      return new (await import('./line-store')).LineStore(address);
  }
}

async function postgresStore(address: SqlAddress): Promise<DatabaseStore<unknown>> {
  const { PostgresStore } = await import('./postgres-store');
  return address.shape === 'battery_pack'
    ? new PostgresStore(address, (await import('./battery-pack-tables')).batteryPackTables)
    : new PostgresStore(address, (await import('./packdial-tables')).packdialTables);
}

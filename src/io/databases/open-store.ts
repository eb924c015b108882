import type {
  DatabaseAddress,
  LineAddress,
  SqlAddress,
  TelegrafAddress,
} from '../../protocol/database-address';
import type { DatabaseStore } from './database-store';

/** Those that rows can wait for. */
export type StoredAddress = Exclude<DatabaseAddress, TelegrafAddress>;

/** The store of an address, with what it needs loaded. */
export async function openStore(address: StoredAddress): Promise<DatabaseStore<unknown>> {
  switch (address.kind) {
    case 'postgres':
      return postgresStore(address);
    case 'mariadb':
      return new (await import('./mariadb-store')).MariadbStore(address);
    case 'lines':
      return lineStore(address);
  }
}

async function postgresStore(address: SqlAddress): Promise<DatabaseStore<unknown>> {
  const { PostgresStore } = await import('./postgres-store');
  return address.shape === 'battery_pack'
    ? new PostgresStore(address, (await import('./battery-pack-tables')).batteryPackTables)
    : new PostgresStore(address, (await import('./packdial-tables')).packdialTables);
}

async function lineStore(address: LineAddress): Promise<DatabaseStore<unknown>> {
  const { LineStore, meanMinMaxLines, packdialLines } = await import('./line-store');
  return address.shape === 'mean_min_max'
    ? new LineStore(address, meanMinMaxLines)
    : new LineStore(address, packdialLines);
}

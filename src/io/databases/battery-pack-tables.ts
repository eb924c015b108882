import {
  batteryPackColumns,
  batteryPackTable,
  createBatteryPack,
  insertBatteryPack,
  parseBatteryPack,
  unfitColumn,
  type BatteryPackRow,
} from '../../protocol/battery-pack-table';
import { DatabaseError } from './database-store';
import { findTable, lockTables, type PostgresTables } from './postgres-tables';

/** The one table of BlueNovaBatteryMonitor: one that is there already is written, whoever has made it, and never changed. */
export const batteryPackTables: PostgresTables<BatteryPackRow> = {
  read: parseBatteryPack,
  probes: [{ at: 0, values: {} }],
  prepare: async (client, place) => {
    await client.query('BEGIN');
    await lockTables(client);
    const found = await findTable(client, batteryPackTable);
    if (found === undefined) for (const statement of createBatteryPack) await client.query(statement);
    else {
      const column = unfitColumn(found.columns);
      if (column !== undefined) {
        const values = { host: place, table: batteryPackTable, column };
        throw new DatabaseError({ code: 'database-other-column', values });
      }
    }
    await client.query('COMMIT');
  },
  insert: async (client, rows) => {
    // The table has no key. Whoever writes again what he got no answer for waits for the first time to be over.
    await lockTables(client);
    const lists = batteryPackColumns.map(({ name, type }) =>
      rows.map(({ at, values }) =>
        type === 'TIMESTAMP' ? new Date(at).toISOString().replace('Z', '') : (values[name] ?? null),
      ),
    );
    await client.query({ name: 'insert battery_pack', text: insertBatteryPack, values: lists });
  },
};

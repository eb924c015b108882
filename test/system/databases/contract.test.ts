import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseRecorder, type DatabaseStatus } from '../../../src/io/databases/database-recorder';
import { DatabaseThread } from '../../../src/io/databases/database-thread';
import { databaseText } from '../../../src/words/en';
import { recorderContract } from '../../contracts/recorder-contract';
import { bundled, sampleAt } from '../../io/recorders/temporary-history';
import { temporaryFolder } from '../../temporary-folder';
import { until } from '../../until';
import { InfluxServer, VictoriaServer } from './line-servers';
import { MariadbServer } from './mariadb-server';
import { PostgresServer } from './postgres-server';

const workerFile = bundled('src/io/databases/database-worker.ts');
const top = temporaryFolder();
const start = Date.UTC(2026, 5, 1, 12);

/** A server with a database in it. */
interface Filled {
  readonly server: { run(): Promise<void>; kill(): Promise<void>; close(): Promise<void> };
  readonly url: string;
  /** The powers of a device in order of their times, each as often as it is there. */
  readonly powers: (device: string) => Promise<readonly number[]>;
}

const kinds: Readonly<Record<string, () => Promise<Filled>>> = {
  PostgreSQL: async () => {
    const server = await PostgresServer.start();
    const url = await server.makeDatabase('boat');
    const powers = async (device: string) =>
      (await server.query('SELECT power FROM battery WHERE device = $1 ORDER BY time', 'boat', [device])).map(
        ({ power }) => Number(power),
      );
    return { server, url, powers };
  },
  MariaDB: async () => {
    const server = await MariadbServer.start();
    const url = await server.makeDatabase('boat');
    const powers = async (device: string) =>
      (await server.query('SELECT power FROM battery WHERE device = ? ORDER BY time', 'boat', [device])).map(
        ({ power }) => Number(power),
      );
    return { server, url, powers };
  },
  VictoriaMetrics: async () => {
    const server = await VictoriaServer.start();
    const url = `http://127.0.0.1:${server.port}/write`;
    const powers = async (device: string) =>
      (await server.values('battery_power', device)).map(({ value }) => value);
    return { server, url, powers };
  },
  'InfluxDB 1': async () => {
    const server = await InfluxServer.start();
    const url = await server.makeDatabase('boat');
    const powers = async (device: string) =>
      (await server.query(`SELECT power FROM battery WHERE device = '${device}'`, 'boat')).map(([, power]) =>
        Number(power),
      );
    return { server, url, powers };
  },
};

describe.each(Object.keys(kinds))('%s', (kind) => {
  let filled: Filled;
  let benches = 0;
  beforeAll(async () => {
    filled = await kinds[kind]!();
  }, 60_000);
  afterAll(() => filled.server.close());

  recorderContract(
    kind,
    async ({ broken }) => {
      const { server, url, powers } = filled;
      const device = `bench ${++benches}`;
      const told: DatabaseStatus[] = [];
      const limit = 50;
      if (broken) await server.kill();
      else await server.run();
      const recorder = new DatabaseRecorder({
        url,
        file: join(mkdtempSync(join(top, 'spool-')), 'spool.sqlite'),
        place: 'here/boat',
        limits: { mostRows: limit },
        thread: new DatabaseThread(workerFile),
        longestDelay: 30,
        changed: (status) => told.push(status),
      });
      if (!broken) await until('it is connected', () => told.at(-1)?.report.code === 'database-written');
      return {
        recorder,
        told,
        limit,
        break: () => server.kill(),
        mend: () => server.run(),
        written: async () => {
          await server.run();
          return powers(device);
        },
        close: () => recorder.close(),
      };
    },
    (number) => sampleAt(start + number * 1000, { power: number }, `bench ${benches}`),
    databaseText,
  );
});

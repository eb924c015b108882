import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DatabaseRecorder } from '../../../src/io/databases/database-recorder';
import { DatabaseThread } from '../../../src/io/databases/database-thread';
import { bundled, sampleAt } from '../../io/recorders/temporary-history';
import { temporaryFolder } from '../../temporary-folder';
import { until } from '../../until';
import { InfluxServer, VictoriaServer } from './line-servers';
import { MariadbServer } from './mariadb-server';
import { PostgresServer } from './postgres-server';

const workerFile = bundled('src/io/databases/database-worker.ts');
const victim = bundled('test/system/databases/kill-victim.ts');
const top = temporaryFolder();
const start = Date.UTC(2026, 5, 1);

/** Kills of each server, and of a recorder; 100 and more for the figures of docs/developing.md. */
const kills = Number(process.env['PACKDIAL_KILLS'] ?? 2);
const timeout = 60_000 + kills * 10_000;

/** A server with a database in it. */
interface Filled {
  readonly server: { run(): Promise<void>; kill(): Promise<void>; close(): Promise<void> };
  readonly url: string;
  /** All values of the power in order of their times. */
  readonly powers: () => Promise<readonly number[]>;
}

const powersOf = (rows: readonly Record<string, unknown>[]): number[] =>
  rows.map(({ power }) => Number(power));

const kinds: Readonly<Record<string, () => Promise<Filled>>> = {
  PostgreSQL: async () => {
    const server = await PostgresServer.start();
    const url = await server.makeDatabase('boat');
    const powers = async () =>
      powersOf(await server.query('SELECT power FROM battery ORDER BY time', 'boat'));
    return { server, url, powers };
  },
  MariaDB: async () => {
    const server = await MariadbServer.start();
    const url = await server.makeDatabase('boat');
    const powers = async () =>
      powersOf(await server.query('SELECT power FROM battery ORDER BY time', 'boat'));
    return { server, url, powers };
  },
  VictoriaMetrics: async () => {
    const server = await VictoriaServer.start();
    const powers = async () => (await server.values('battery_power', 'house')).map(({ value }) => value);
    return { server, url: `http://127.0.0.1:${server.port}/write`, powers };
  },
  'InfluxDB 1': async () => {
    const server = await InfluxServer.start();
    const url = await server.makeDatabase('boat');
    const powers = async () =>
      (await server.query('SELECT power FROM battery', 'boat')).map(([, power]) => Number(power));
    return { server, url, powers };
  },
};

const numbers = (to: number): number[] => Array.from({ length: to }, (_, i) => i + 1);

test.each(Object.keys(kinds))(
  '%s killed at random moments under load has every row once',
  async (kind) => {
    const { server, url, powers } = await kinds[kind]!();
    const file = join(mkdtempSync(join(top, 'spool-')), 'spool.sqlite');
    const recorder = new DatabaseRecorder({
      url,
      file,
      place: 'here',
      limits: {},
      thread: new DatabaseThread(workerFile),
      longestDelay: 50,
    });
    // VictoriaMetrics has nothing on the disk in its first seconds: what is sent again must cover all of these short lives.
    const times = kind === 'VictoriaMetrics' ? Math.min(kills, 20) : kills;
    let number = 0;
    const feed = setInterval(() => {
      for (let i = 0; i < 4; i++) {
        number++;
        recorder.record(sampleAt(start + number * 1000, { power: number }, 'house'));
      }
    }, 10);
    try {
      for (let kill = 0; kill < times; kill++) {
        await pause(50 + Math.random() * 300);
        await server.kill();
        await pause(Math.random() * 100);
        await server.run();
        const since = number;
        await until('rows get through again', () => recorder.status.state === 'up' && number > since);
      }
      clearInterval(feed);
      await until('all is sent', () => recorder.status.waiting === 0 && recorder.status.state === 'up', 60);
      expect(recorder.status).toMatchObject({ dropped: 0, refused: 0 });
      expect(await powers()).toEqual(numbers(number));
    } finally {
      clearInterval(feed);
      await recorder.close();
      await server.close();
    }
  },
  timeout,
);

test(
  'packdial’s side killed at random moments: what it said was kept gets into the database, once',
  async () => {
    const { server, url, powers } = await kinds['PostgreSQL']!();
    const file = join(mkdtempSync(join(top, 'spool-')), 'spool.sqlite');
    const runs: (readonly [from: number, to: number])[] = [];
    let from = 1;
    try {
      for (let kill = 0; kill < kills; kill++) {
        const child = spawn(process.execPath, [victim, url, file, workerFile, String(from)], {
          stdio: ['pipe', 'pipe', 'inherit'],
        });
        let said = '';
        const died = new Promise((resolve) => child.once('exit', resolve));
        await new Promise<void>((resolve) =>
          child.stdout.on('data', (text: Buffer) => {
            said += text.toString();
            resolve();
          }),
        );
        await pause(Math.random() * 150);
        child.kill('SIGKILL');
        await died;
        const kept = Number(said.slice(0, said.lastIndexOf('\n')).split('\n').at(-1));
        runs.push([from, kept]);
        from = kept + 1000;
      }
      const recorder = new DatabaseRecorder({
        url,
        file,
        place: 'here',
        limits: {},
        thread: new DatabaseThread(workerFile),
        longestDelay: 50,
      });
      await until(
        'all is sent',
        () => recorder.status.report.code === 'database-written' && recorder.status.waiting === 0,
      );
      await recorder.close();
      const found = await powers();
      const known = new Set(found);
      expect(known.size).toBe(found.length);
      for (const [first, last] of runs)
        for (let one = first; one <= last; one++) if (!known.has(one)) expect(one).toBe('there');
      expect(runs.filter(([first, last]) => last > first + 2).length).toBeGreaterThanOrEqual(kills / 2);
    } finally {
      await server.close();
    }
  },
  timeout,
);

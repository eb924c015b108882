import { readFileSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { ConsoleListener } from '../../../src/devices/bluenova/console-listener';
import { Databases } from '../../../src/features/databases/database-keeper';
import { DatabaseRecorder } from '../../../src/io/databases/database-recorder';
import { DatabaseThread } from '../../../src/io/databases/database-thread';
import type { Log } from '../../../src/logging/log';
import { Site } from '../../../src/model/site';
import { batteryPackColumns, batteryPackText } from '../../../src/protocol/battery-pack-table';
import { resolveSettings } from '../../../src/settings/resolve-settings';
import { databaseText } from '../../../src/words/en';
import { bundled } from '../../io/recorders/temporary-history';
import { SimulatedTime } from '../../soak/simulated-time';
import { temporaryFolder } from '../../temporary-folder';
import { until } from '../../until';
import { PostgresServer } from './postgres-server';

interface Vector {
  readonly console: readonly { readonly t: number; readonly line: string }[];
  readonly connect_time: number;
  readonly expect: {
    readonly records: readonly {
      readonly time: number;
      readonly inserted: boolean;
      readonly row: Readonly<Record<string, number | string>>;
    }[];
  };
}
const [vector] = JSON.parse(
  readFileSync(join(__dirname, '../../fixtures/bluenova-console.json'), 'utf8'),
) as [Vector];

const workerFile = bundled('src/io/databases/database-worker.ts');
const top = temporaryFolder();
/** Seconds by which the transcript is moved into a time that a clock may have. */
const shift = 1_780_000_000;

let server: PostgresServer;
let open: DatabaseRecorder[] = [];
beforeAll(async () => {
  server = await PostgresServer.start();
}, 60_000);
afterEach(async () => {
  await Promise.all(open.map((recorder) => recorder.close()));
  open = [];
});
afterAll(() => server.close());

function recorderOf(url: string, place = 'here'): DatabaseRecorder {
  const file = join(mkdtempSync(join(top, 'spool-')), 'spool.sqlite');
  const recorder = new DatabaseRecorder({
    url,
    file,
    place,
    limits: {},
    thread: new DatabaseThread(workerFile),
    longestDelay: 30,
  });
  open.push(recorder);
  return recorder;
}

const arrived = (recorder: DatabaseRecorder): Promise<void> =>
  until(
    'all is sent',
    () => recorder.status.waiting === 0 && recorder.status.report.code === 'database-written',
  );

/** Plays a console to a display with that database. */
async function play(url: string, lines: Vector['console']) {
  const time = new SimulatedTime();
  time.setWall(new Date((shift + vector.connect_time) * 1000));
  const site = new Site();
  site.battery('house');
  let recorder: DatabaseRecorder | undefined;
  const log = { info: () => undefined, warn: () => undefined } as unknown as Log;
  const settings = resolveSettings([{ values: { databases: [url] }, describe: (name) => name }]);
  const databases = new Databases(settings, {
    site,
    clock: time,
    log,
    changed: () => undefined,
    record: (address, place) => (recorder = recorderOf(address, place)),
  });
  const nothing = (): void => undefined;
  const listener = new ConsoleListener(
    { name: 'house', values: {} },
    { reading: (reading) => site.apply(reading), rejected: nothing, trouble: nothing },
  );
  const last = lines.at(-1)!.t;
  for (let second = vector.connect_time; second <= last; second++) {
    for (const { t, line } of lines)
      if (t === second) listener.message(line, time.monotonic(), time.wall().getTime());
    databases.everySecond();
    await time.pass(1000);
  }
  await arrived(recorder!);
  return recorder!;
}

const rowsOf = (database: string) =>
  server.query(
    'SELECT *, extract(epoch FROM insert_time_utc) AS at FROM battery_pack ORDER BY insert_time_utc, mcu_id',
    database,
  );

test('S2.4 S2.11 S2.12 the console’s rows are in the table of the original, at its times', async () => {
  const url = await server.makeDatabase('homeauto');
  await play(`${url}?shape=battery_pack`, vector.console);
  const rows = await rowsOf('homeauto');
  const expected = vector.expect.records.filter(({ inserted }) => inserted);
  expect(rows.map(({ at }) => Number(at))).toEqual(expected.map(({ time }) => shift + time));
  for (const [i, { row }] of expected.entries())
    for (const { name } of batteryPackColumns.slice(1)) {
      const value = rows[i]![name];
      const due = row[name] ?? null;
      if (typeof due === 'number') expect(Number(value)).toBeCloseTo(due, 3);
      else expect([name, value]).toEqual([name, due]);
    }
  // Columns, types and index as its README makes them.
  const columns = await server.query(
    `SELECT column_name AS name, upper(CASE data_type WHEN 'character varying'
       THEN 'varchar(' || character_maximum_length || ')' WHEN 'timestamp without time zone' THEN 'timestamp'
       ELSE data_type END) AS type
      FROM information_schema.columns WHERE table_name = 'battery_pack' ORDER BY ordinal_position`,
    'homeauto',
  );
  expect(columns).toEqual(batteryPackColumns);
  expect(columns).toHaveLength(59);
  const indexes = await server.query(
    `SELECT indexdef FROM pg_indexes WHERE tablename = 'battery_pack'`,
    'homeauto',
  );
  expect(indexes.map(({ indexdef }) => indexdef)).toEqual([
    'CREATE INDEX battery_pack_time ON public.battery_pack USING btree (insert_time_utc)',
  ]);
  // The other tables were not asked for.
  expect(await server.query(`SELECT to_regclass('battery') AS other`, 'homeauto')).toEqual([{ other: null }]);
}, 30_000);

const at = Date.UTC(2026, 5, 1, 12);
const row = (second: number, values: Readonly<Record<string, number | string | null>> = {}) => ({
  at: at + second * 1000,
  device: 'house',
  text: batteryPackText({ mcu_id: 7, soc: 80, ...values }),
});

test('a table that is there is written beside what others write, and a row that comes again is there once', async () => {
  const url = await server.makeDatabase('shared');
  const types = batteryPackColumns.map(({ name, type }) => `${name} ${type}`).join(', ');
  await server.query(`CREATE TABLE battery_pack (${types}, note text DEFAULT 'mine')`, 'shared');
  await server.query(`ALTER TABLE battery_pack OWNER TO postgres`, 'shared');
  await server.query(`GRANT SELECT, INSERT ON battery_pack TO shared`, 'shared');
  await server.query(`INSERT INTO battery_pack (insert_time_utc, mcu_id) VALUES ($1, 6)`, 'shared', [
    '2026-06-01 12:00:01',
  ]);
  const address = `${url}?shape=battery_pack`;
  // Two displays whose spools hold the same rows: as after a crash, when some are sent again.
  for (const count of [3, 6]) {
    const recorder = recorderOf(address);
    for (let second = 1; second <= count; second++) recorder.keep(row(second));
    await arrived(recorder);
    await recorder.close();
  }
  const rows = await rowsOf('shared');
  expect(rows.map((each) => [Number(each['at']) - at / 1000, Number(each['mcu_id'])])).toEqual([
    [1, 6],
    ...[1, 2, 3, 4, 5, 6].map((second) => [second, 7]),
  ]);
  expect(rows.at(-1)).toMatchObject({ soc: 80, v_pack: null, note: 'mine' });
}, 30_000);

test('S2.18 whatever the battery calls its states is only a text', async () => {
  const url = await server.makeDatabase('hostile');
  const recorder = recorderOf(`${url}?shape=battery_pack`);
  const texts = ["x'); DROP TABLE battery_pack;--", '{"a",\\"b"}', '🔋'.repeat(32), '$1 ? %s', 'NULL', ''];
  for (const [i, errors] of texts.entries()) recorder.keep(row(i, { errors }));
  await arrived(recorder);
  expect((await rowsOf('hostile')).map(({ errors }) => errors)).toEqual(texts);
}, 30_000);

test('nothing is lost or twice when the server is killed meanwhile', async () => {
  const url = await server.makeDatabase('killed');
  const recorder = recorderOf(`${url}?shape=battery_pack`);
  for (let second = 0; second < 2000; second++) recorder.keep(row(second));
  await until('some are sent', async () => {
    const [{ n } = { n: 0 }] = await server
      .query('SELECT count(*) AS n FROM battery_pack', 'killed')
      .catch(() => []);
    return Number(n) > 0;
  });
  await server.kill();
  await server.run();
  for (let second = 2000; second < 3000; second++) recorder.keep(row(second));
  await arrived(recorder);
  const rows = await rowsOf('killed');
  expect(rows.map((each) => Number(each['at']) - at / 1000)).toEqual(
    Array.from({ length: 3000 }, (_, i) => i),
  );
}, 60_000);

test('a table of that name that is none of those is left alone, and said', async () => {
  const url = await server.makeDatabase('foreign');
  await server.query('CREATE TABLE battery_pack (insert_time_utc TIMESTAMP, mcu_id text)', 'foreign');
  const recorder = recorderOf(`${url}?shape=battery_pack`);
  const place = `127.0.0.1:${server.port}/foreign (battery_pack)`;
  recorder.keep(row(1));
  await until('it is said', () => recorder.status.state === 'down');
  expect(databaseText(recorder.status.report)).toBe(
    `The column mcu_id of the table battery_pack at ${place} was changed, so that numbers do not fit: change it back, or rename the table`,
  );
  expect(recorder.status.waiting).toBe(1);
}, 30_000);

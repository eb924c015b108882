import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseRecorder } from '../../../src/io/databases/database-recorder';
import { DatabaseThread } from '../../../src/io/databases/database-thread';
import { databaseText } from '../../../src/words/en';
import { parseDatabaseAddress } from '../../../src/protocol/database-address';
import { bundled, sampleAt } from '../../io/recorders/temporary-history';
import { temporaryFolder } from '../../temporary-folder';
import { until } from '../../until';
import { MariadbServer } from './mariadb-server';
import { PostgresServer } from './postgres-server';

const workerFile = bundled('src/io/databases/database-worker.ts');
const top = temporaryFolder();
const start = Date.UTC(2026, 5, 1, 12);

let open: DatabaseRecorder[] = [];
afterEach(async () => {
  await Promise.all(open.map((recorder) => recorder.close()));
  open = [];
});

function record(url: string, file = join(mkdtempSync(join(top, 'spool-')), 'spool.sqlite')) {
  const recorder = new DatabaseRecorder({
    url,
    file,
    place: parseDatabaseAddress(url)!.place,
    limits: {},
    thread: new DatabaseThread(workerFile),
    longestDelay: 30,
  });
  open.push(recorder);
  const add = (from: number, to: number, device = 'house'): void => {
    for (let number = from; number <= to; number++)
      recorder.record(sampleAt(start + number * 1000, { power: number, protection: 3, cell1: 3.3 }, device));
  };
  const isSent = (): Promise<void> =>
    until(
      'all is sent',
      () => recorder.status.waiting === 0 && recorder.status.report.code === 'database-written',
    );
  const says = (text: RegExp): Promise<void> =>
    until(
      `it says ${text}`,
      () => recorder.status.state === 'down' && text.test(databaseText(recorder.status.report)),
    );
  return { recorder, add, isSent, says };
}

const servers = { PostgreSQL: () => PostgresServer.start(), MariaDB: () => MariadbServer.start() };
const hostile = [
  "it's",
  '"; DROP TABLE battery; --',
  '`x`\n\r\t\\',
  '🔋 battery',
  'é'.repeat(10_000),
  '$1 ? %s :a',
];

describe.each(['PostgreSQL', 'MariaDB'] as const)('%s', (kind) => {
  let server: PostgresServer | MariadbServer;
  let databases = 0;
  beforeAll(async () => {
    server = await servers[kind]();
  }, 60_000);
  afterAll(() => server.close());

  const make = async () => {
    const name = `boat${++databases}`;
    const url = await server.makeDatabase(name);
    const ask = (text: string): Promise<Record<string, unknown>[]> => server.query(text, name);
    const numbers = async (text: string): Promise<number[]> =>
      (await ask(text)).map((row) => Number(Object.values(row)[0]));
    return { name, url, ask, numbers };
  };
  const type = kind === 'PostgreSQL' ? 'double precision' : 'DOUBLE';

  test('hostile names of devices stand in the database as they are', async () => {
    const { url, ask } = await make();
    const { add, isSent } = record(url);
    for (const name of hostile) add(1, 2, name);
    await isSent();
    const rows = await ask('SELECT device, count(*) AS n FROM battery GROUP BY device');
    const kept = rows.map(({ device, n }) => [String(device), Number(n)]);
    const short = hostile.filter((name) => name.length < 100).map((name) => name.trim());
    expect(kept).toEqual(expect.arrayContaining(short.map((name) => [name, 2])));
    expect(kept).toHaveLength(hostile.length);
    expect((await ask('SELECT device FROM cell')).length).toBe(hostile.length * 2);
  });

  test('times are UTC to the millisecond, and the same rows again are there once', async () => {
    const { url, numbers, ask } = await make();
    const sample = sampleAt(start + 123, { power: 1.5, voltage: 52.123 });
    for (let run = 0; run < 2; run++) {
      const { recorder, isSent } = record(url);
      recorder.record(sample);
      await isSent();
    }
    const epoch =
      kind === 'PostgreSQL'
        ? 'extract(epoch FROM time)'
        : "timestampdiff(MICROSECOND, '1970-01-01', time) / 1e6";
    expect(await numbers(`SELECT ${epoch} FROM battery`)).toEqual([(start + 123) / 1000]);
    expect(
      await ask(
        'SELECT power, voltage, current FROM battery'.replace(
          'current',
          kind === 'MariaDB' ? '`current`' : '"current"',
        ),
      ),
    ).toEqual([{ power: 1.5, voltage: 52.123, current: null }]);
  });

  test('a wrong password, a database that is missing and one that is no neighbour are told in a sentence', async () => {
    const { url, numbers } = await make();
    const file = join(mkdtempSync(join(top, 'spool-')), 'spool.sqlite');
    const wrong = record(url.replace(/p%40ss/, 'wrong'), file);
    wrong.add(1, 3);
    await wrong.says(/does not accept the user boat\d+ with this password$/);
    await wrong.recorder.close();
    const gone = record(url.replace(/boat\d+$/, 'nowhere'), file);
    await gone.says(/There is no database nowhere at 127\.0\.0\.1|does not allow it/);
    await gone.recorder.close();
    const away = record(url.replace(/:\d+\//, ':1/'), file);
    await away.says(/nothing listens on port 1 of 127\.0\.0\.1$/);
    await away.recorder.close();
    // What waited through all of that is there with the right password.
    const right = record(url, file);
    await right.isSent();
    expect(await numbers('SELECT power FROM battery ORDER BY time')).toEqual([1, 2, 3]);
  });

  test('a table of that name that is not packdial’s is left alone', async () => {
    const { url, ask, numbers } = await make();
    await ask('CREATE TABLE meter (note VARCHAR(20))');
    const { recorder, add, says, isSent } = record(url);
    add(1, 1);
    await says(
      /has a table meter that packdial did not make: rename it, or give packdial a database of its own$/,
    );
    expect(recorder.status).toMatchObject({ waiting: 1, refused: 0 });
    await ask('DROP TABLE meter');
    await isSent();
    expect(await numbers('SELECT power FROM battery')).toEqual([1]);
  });

  test('a user who may only add rows is enough where the tables are there', async () => {
    const { name, url, ask, numbers } = await make();
    const first = record(url);
    first.add(1, 1);
    await first.isSent();
    await first.recorder.close();
    if (kind === 'PostgreSQL') {
      await ask("CREATE USER writer PASSWORD 'w'");
      await ask('GRANT INSERT, SELECT ON ALL TABLES IN SCHEMA public TO writer');
    } else {
      await ask("CREATE USER writer IDENTIFIED BY 'w'");
      await ask(`GRANT INSERT, UPDATE, SELECT ON ${name}.* TO writer`);
    }
    const writer = url.replace(/\/\/[^@]+@/, '//writer:w@');
    const second = record(writer);
    second.add(2, 3);
    await second.isSent();
    expect(await numbers('SELECT power FROM battery ORDER BY time')).toEqual([1, 2, 3]);
    await ask('DROP TABLE probe');
    const third = record(writer);
    third.add(4, 4);
    await third.says(/does not allow it \(/);
    expect(third.recorder.status.waiting).toBe(1);
  });

  test('a row that a rule of the owner refuses is put aside, and the others go on', async () => {
    const { url, ask, numbers } = await make();
    const { recorder, add, isSent } = record(url);
    await isSent();
    await ask('ALTER TABLE battery ADD CONSTRAINT sane CHECK (power <> 7)');
    add(1, 20);
    await until('all is sent', () => recorder.status.waiting === 0);
    expect(recorder.status.refused).toBe(1);
    expect(await numbers('SELECT power FROM battery ORDER BY time')).toEqual(
      Array.from({ length: 20 }, (_, i) => i + 1).filter((number) => number !== 7),
    );
  });

  test('columns and tables that were taken away come back; a column that was changed is told', async () => {
    const { url, ask, numbers } = await make();
    const { recorder, add, isSent, says } = record(url);
    add(1, 1);
    await isSent();
    await ask('ALTER TABLE battery DROP COLUMN humidity');
    await ask('DROP TABLE cell');
    add(2, 2);
    await isSent();
    expect(await numbers('SELECT count(humidity) FROM battery')).toEqual([0]);
    expect(await numbers('SELECT count(*) FROM cell')).toEqual([1]);
    // An owner's own column is left alone.
    await ask(`ALTER TABLE battery ADD COLUMN mine ${type}`);
    await ask(
      kind === 'PostgreSQL'
        ? `ALTER TABLE battery ALTER COLUMN power TYPE smallint`
        : `ALTER TABLE battery MODIFY power VARCHAR(1)`,
    );
    recorder.record(sampleAt(start + 3000, { power: 123_456.7 }));
    await says(/The column power of the table battery at .* was changed, so that numbers do not fit/);
    expect(recorder.status).toMatchObject({ waiting: 1, refused: 0 });
    await ask(
      kind === 'PostgreSQL'
        ? `ALTER TABLE battery ALTER COLUMN power TYPE ${type}`
        : `ALTER TABLE battery MODIFY power ${type}`,
    );
    await isSent();
    expect(await numbers('SELECT power FROM battery ORDER BY time')).toEqual([1, 2, 123_456.7]);
  });

  test('a database that can only be read is told, and gets its rows later', async () => {
    const { name, url, ask, numbers } = await make();
    const { recorder, add, isSent, says } = record(url);
    add(1, 1);
    await isSent();
    if (kind === 'PostgreSQL') {
      await ask(`ALTER DATABASE ${name} SET default_transaction_read_only = on`);
      await ask(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${name}'`);
    } else await ask('SET GLOBAL read_only = 1');
    add(2, 4);
    await says(/can only be read now$/);
    expect(recorder.status.waiting).toBe(3);
    if (kind === 'PostgreSQL') {
      await server.query(
        `SET default_transaction_read_only = off; ALTER DATABASE ${name} RESET default_transaction_read_only`,
      );
    } else await ask('SET GLOBAL read_only = 0');
    await isSent();
    expect(await numbers('SELECT power FROM battery ORDER BY time')).toEqual([1, 2, 3, 4]);
  });
});

test('PostgreSQL on the same machine needs no password, and knows who runs the program', async () => {
  const server = await PostgresServer.start();
  const { USER, PGUSER } = process.env;
  try {
    const url = await server.makeLocalDatabase('boat', 'sailor');
    process.env['USER'] = 'sailor';
    process.env['PGUSER'] = 'somebody else';
    const { isSent, add } = record(url);
    add(1, 1);
    await isSent();
    const tables = await server.query(
      `SELECT DISTINCT tableowner FROM pg_tables WHERE tablename = 'battery'`,
      'boat',
    );
    expect(tables).toEqual([{ tableowner: 'sailor' }]);
  } finally {
    for (const [name, value] of Object.entries({ USER, PGUSER }))
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    await server.close();
  }
});

test('TimescaleDB is asked to keep the tables where the database has it', async () => {
  const server = await PostgresServer.start();
  try {
    const url = await server.makeDatabase('boat');
    await server.query('CREATE TABLE asked (what text); GRANT ALL ON asked TO boat', 'boat');
    await server.query(
      `CREATE FUNCTION create_hypertable(relation regclass, by name) RETURNS void
        LANGUAGE sql AS $$ INSERT INTO asked VALUES (relation || ' by ' || by) $$`,
      'boat',
    );
    const { isSent, add } = record(url);
    add(1, 1);
    await isSent();
    const asked = await server.query('SELECT what FROM asked', 'boat');
    expect(asked.map(({ what }) => what)).toEqual(
      ['battery', 'solar_charger', 'meter', 'cell', 'probe'].map((table) => `${table} by time`),
    );
  } finally {
    await server.close();
  }
});

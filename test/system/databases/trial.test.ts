import { chmodSync } from 'node:fs';
import { DatabaseSetupFlow } from '../../../src/desk/database-setup';
import { tryDatabase } from '../../../src/io/databases/database-trial';
import type { DatabaseForm, Encryption } from '../../../src/model/database-form';
import { formOf, placeOf } from '../../../src/settings/database-form';
import { databaseText } from '../../../src/words/en';
import { bundled } from '../../io/recorders/temporary-history';
import { temporaryFolder } from '../../temporary-folder';
import { until } from '../../until';
import { Authority, pem } from '../certificates';
import { MariadbServer } from './mariadb-server';
import { PostgresServer } from './postgres-server';

const workerFile = bundled('src/io/databases/trial-worker.ts');
const folder = temporaryFolder();

/** What TRY tells, in the words of the screen, of a form that is filled in with these changes; they are in the log too. */
async function tried(
  url: string,
  changes: DatabaseForm['values'] = {},
  encryption: Encryption = 'none',
): Promise<string> {
  const logged: string[] = [];
  const say = (text: string): void => void logged.push(text);
  const flow = new DatabaseSetupFlow({
    tryDatabase: (address, signal) =>
      tryDatabase({ url: address, place: placeOf(address), workerFile }, signal),
    log: { info: say, warn: say },
    changed: () => undefined,
  });
  const { kind, values } = formOf(url);
  flow.start([]);
  flow.choose(kind);
  for (const [key, value] of Object.entries({ ...values, ...changes }))
    flow.set(key as keyof typeof values, value);
  while (flow.step?.step === 'form' && flow.step.form.encryption !== encryption) flow.encrypt();
  expect(flow.tryIt()).toBeUndefined();
  await until('it is tried', () => flow.step?.step === 'tried');
  if (flow.step?.step !== 'tried') throw new Error('not tried');
  const { trouble } = flow.step;
  const text = trouble === undefined ? 'It takes rows' : databaseText(trouble);
  expect(logged).toEqual([
    trouble === undefined ? expect.stringMatching(/^Tried: rows can/) : `Tried: ${text}`,
  ]);
  expect(logged.join()).not.toMatch(/p@ss|p%40ss|wrong word/);
  return text;
}

const servers = {
  PostgreSQL: () => PostgresServer.start(),
  MariaDB: () => {
    // Its authority is the test's own, which no machine trusts.
    const { cert, key } = new Authority(folder, 'database').issue('127.0.0.1');
    for (const path of [folder, cert, key]) chmodSync(path, 0o755);
    return MariadbServer.start([`--ssl-cert=${cert}`, `--ssl-key=${key}`]);
  },
};

describe.each(['PostgreSQL', 'MariaDB'] as const)('TRY of a %s tells in a sentence', (kind) => {
  let server: PostgresServer | MariadbServer;
  let url: string;
  beforeAll(async () => {
    server = await servers[kind]();
    url = await server.makeDatabase('boat');
  }, 60_000);
  afterAll(() => server.close());
  const ask = (text: string): Promise<Record<string, unknown>[]> => server.query(text, 'boat');
  const isPostgres = kind === 'PostgreSQL';

  test('a password that is wrong', async () => {
    expect(await tried(url, { password: 'wrong word' })).toMatch(
      /^The database at 127\.0\.0\.1:\d+\/boat does not accept the user boat with this password$/,
    );
  });

  test('a database that is not there', async () => {
    if (!isPostgres) await ask(`GRANT ALL ON nowhere.* TO 'boat'@'%'`);
    expect(await tried(url, { database: 'nowhere' })).toMatch(
      /^There is no database nowhere at 127\.0\.0\.1:\d+\/nowhere: create it there$/,
    );
  });

  test('a port at which nothing listens, and a host that nobody knows', async () => {
    expect(await tried(url, { host: '127.0.0.1:1' })).toBe(
      'No database: nothing listens on port 1 of 127.0.0.1',
    );
    expect(await tried(url, { host: 'nobody.invalid' })).toMatch(
      /^No database: (nobody knows the name nobody\.invalid|the name nobody\.invalid can't be looked up now)$/,
    );
  });

  test('a user without rights, before there are tables and after', async () => {
    if (isPostgres) await ask("CREATE USER guest PASSWORD 'g'");
    else await ask("CREATE USER guest IDENTIFIED BY 'g'");
    const guest = { user: 'guest', password: 'g' };
    expect(await tried(url, guest)).toMatch(/^The database at \S+\/boat does not allow it \(.+\)$/);
    expect(await tried(url)).toBe('It takes rows');
    if (isPostgres) await ask('GRANT SELECT ON ALL TABLES IN SCHEMA public TO guest');
    else await ask('GRANT SELECT ON boat.* TO guest');
    expect(await tried(url, guest)).toMatch(/^The database at \S+\/boat does not allow it \(.+\)$/);
    if (isPostgres) await ask('GRANT INSERT ON ALL TABLES IN SCHEMA public TO guest');
    else await ask('GRANT INSERT, UPDATE ON boat.* TO guest');
    expect(await tried(url, guest)).toBe('It takes rows');
    // Nothing of it stays.
    for (const table of ['battery', 'cell', 'probe', 'meter', 'solar_charger'])
      expect(await ask(`SELECT * FROM ${table}`)).toEqual([]);
  });

  test('a table of that name that is another’s', async () => {
    const other = await server.makeDatabase('shop');
    await server.query('CREATE TABLE meter (note VARCHAR(20))', 'shop');
    if (isPostgres) expect(await tried(`${other}?shape=battery_pack`)).toBe('It takes rows');
    expect(await tried(other)).toMatch(
      /^The database at \S+\/shop has a table meter that packdial did not make/,
    );
  });

  test('encryption that is not offered, and a certificate that nobody vouches for', async () => {
    if (isPostgres) {
      expect(await tried(url, {}, 'unchecked')).toMatch(/offers no encryption, which sslmode asks for$/);
      const { cert, key } = new Authority(folder, 'postgres').issue('127.0.0.1');
      for (const [name, path] of Object.entries({ cert, key }))
        await server.query(
          `COPY (SELECT unnest(string_to_array('${pem(path).trim()}', E'\\n'))) TO PROGRAM 'cat > own.${name} && chmod 600 own.${name}'`,
        );
      for (const set of [`ssl_cert_file = 'own.cert'`, `ssl_key_file = 'own.key'`, 'ssl = on'])
        await server.query(`ALTER SYSTEM SET ${set}`);
      await server.query('SELECT pg_reload_conf()');
      await until(
        'it offers encryption',
        async () => (await tried(url, {}, 'unchecked')) === 'It takes rows',
      );
    } else expect(await tried(url, {}, 'unchecked')).toBe('It takes rows');
    expect(await tried(url, {}, 'checked')).toMatch(
      /^The certificate of the database at 127\.0\.0\.1:\d+\/boat is not trusted \(.+\)$/,
    );
  });
});

test('MariaDB that offers no encryption is told', async () => {
  const server = await MariadbServer.start();
  try {
    const url = await server.makeDatabase('boat');
    expect(await tried(url, {}, 'checked')).toMatch(/offers no encryption, which sslmode asks for$/);
  } finally {
    await server.close();
  }
});

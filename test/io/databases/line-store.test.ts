import { databaseText } from '../../../src/words/en';
import { DatabaseError, RowsRefused } from '../../../src/io/databases/database-store';
import { LineStore, packdialLines } from '../../../src/io/databases/line-store';
import type { KeptRow } from '../../../src/protocol/database-rows';
import { parseDatabaseAddress, type LineAddress } from '../../../src/protocol/database-address';
import { freeTcpPort } from '../../commands/packdial';
import { LineServer } from './line-server';

const row = { at: 1000, device: 'house', kind: 'battery' as const, values: { power: 1 } };

let server: LineServer;
beforeEach(async () => {
  server = await LineServer.start();
});
afterEach(() => server.close());

function storeAt(address: string, monotonic?: () => number): LineStore<KeptRow> {
  const url = address.replace('SERVER', `127.0.0.1:${server.port}`);
  return new LineStore(parseDatabaseAddress(url) as LineAddress, packdialLines, monotonic);
}

test.each([
  ['http://SERVER/write?db=boat', '/write?db=boat&precision=ms', undefined],
  [
    'http://me:a%3Ab@SERVER/write',
    '/write?precision=ms',
    `Basic ${Buffer.from('me:a:b').toString('base64')}`,
  ],
  [
    'http://:tok@SERVER/api/v2/write?bucket=b&org=o',
    '/api/v2/write?bucket=b&org=o&precision=ms',
    'Token tok',
  ],
  ['http://tok@SERVER/api/v2/write?bucket=b', '/api/v2/write?bucket=b&precision=ms', 'Token tok'],
])('%s is written to as it is meant', async (address, url, authorization) => {
  const store = storeAt(address);
  await store.open();
  await store.write([row]);
  expect(server.requests.at(-1)).toEqual({ url, authorization });
  expect([...server.kept.values()]).toEqual(['battery,device=house power=1 1000']);
});

test('what was written in the last half minute is written again after a failure, for a store may have lost it', async () => {
  let now = 0;
  const store = storeAt('http://SERVER/write', () => now);
  await store.open();
  await store.write([row]);
  now = 10_000;
  await store.write([{ ...row, at: 11_000 }]);
  server.kept.clear();
  now = 35_000;
  store.close();
  await store.open();
  expect([...server.kept.keys()]).toEqual(['battery,device=house 11000']);
});

test('it is written again too where nobody has noticed that the server was another one meanwhile', async () => {
  const store = storeAt('http://SERVER/write');
  await store.open();
  await store.write([row]);
  await store.write([{ ...row, at: 2000 }]);
  expect(server.requests).toHaveLength(3);
  server.kept.clear();
  await server.dropConnections();
  await store.write([{ ...row, at: 3000 }]);
  expect([...server.kept.keys()].sort()).toEqual(
    [1000, 2000, 3000].map((at) => `battery,device=house ${at}`),
  );
  await store.write([{ ...row, at: 4000 }]);
  expect(server.requests).toHaveLength(7);
  store.close();
});

test.each([
  [401, '{"error":"authorization failed"}', /does not accept the user me with this password$/],
  [403, '{"message":"no write access"}', /does not allow it \(no write access\)$/],
  [404, '{"error":"database not found: \\"boat\\""}', /has an error \(database not found: "boat"\)$/],
  [
    404,
    '<html>a page</html>',
    /^There is something else at .* than a database that takes rows \(HTTP 404\)$/,
  ],
  [301, '', /^There is something else at .* \(HTTP 301\)$/],
  [429, '', /has too much to do$/],
  [503, '', /has too much to do$/],
  [507, '', /has no room left$/],
  [500, 'oh\nno', /has an error \(500 oh no\)$/],
])('the answer %d %s is told', async (status, body, text) => {
  const store = storeAt('http://me:hush@SERVER/write?db=boat');
  server.answer = () => ({ status, body });
  const error = await store.open().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(DatabaseError);
  const told = databaseText((error as DatabaseError).trouble);
  expect(told).toMatch(text);
  expect(told).not.toContain('hush');
});

test.each([400, 413, 422])('with %d the rows are refused, with the words of the server', async (status) => {
  const store = storeAt('http://SERVER/write');
  await store.open();
  server.answer = () => ({ status, body: '{"error":"field type conflict"}' });
  await expect(store.write([row])).rejects.toThrow(new RowsRefused(`${status} field type conflict`));
});

test('a server that is not there is told', async () => {
  const port = await freeTcpPort();
  const nobody = new LineStore(
    parseDatabaseAddress(`http://127.0.0.1:${port}/write`) as LineAddress,
    packdialLines,
  );
  const away = await nobody.open().catch((thrown: unknown) => thrown);
  expect((away as DatabaseError).trouble).toEqual({
    code: 'database-not-listening',
    values: { host: '127.0.0.1', port },
  });
});

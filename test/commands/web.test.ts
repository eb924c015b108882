import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { demonstration } from '../../src/commands/demonstration';
import { temporaryFolder } from '../temporary-folder';
import { until } from '../until';
import { freePort, Packdial } from './packdial';

const folder = temporaryFolder();
let data = 0;
const dataDir = (): string => join(folder, `data${++data}`);

async function listen(port: number): Promise<Server> {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

const taken: Server[] = [];
afterAll(() => taken.forEach((server) => server.close()));

/** A port that somebody has until the end. */
async function takenPort(): Promise<number> {
  const server = await listen(0);
  taken.push(server);
  return (server.address() as AddressInfo).port;
}

test('a first minute: without a panel, a battery or any setting there is a simulated one and an address to see and touch it', async () => {
  const run = new Packdial([
    'run',
    '--headless',
    '--web-port',
    String(await takenPort()),
    '--data-dir',
    dataDir(),
  ]);
  await run.says(/Open in your browser: http:\/\/localhost:\d+\/open\?key=[\w-]{22}/);
  const [, address = '', key = ''] = /(http:\/\/localhost:\d+)\/open\?key=(\S+)/.exec(run.stderr) ?? [];
  const opened = await fetch(`${address}/open?key=${key}`, { redirect: 'manual' });
  const cookie = opened.headers.get('set-cookie')!.split(';')[0]!;
  const session = await fetch(`${address}/api/session`, { headers: { cookie } });
  expect(await session.json()).toMatchObject({ access: 'control' });
  const page = await fetch(address);
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  // A simulated battery tells all it has within a second or two.
  let status: { source: string; soc: number | null; cells: unknown[] } | undefined;
  await until('all of the battery', async () => {
    status = (await (await fetch(`${address}/api/status`)).json()) as typeof status;
    return status?.soc !== null && status?.cells.length !== 0;
  });
  expect(status?.source).toBe('evtv-simulate');
  run.kill();
  expect((await run.end()).code).toBe(0);
});

test.each([
  ['off until it is switched on', [], false],
  ['there when it is', ['--web', 'localhost'], true],
] as const)('S0.124: the page is %s', async (_, flags, told) => {
  const args = ['--port', String(await freePort()), '--data-dir', dataDir(), ...flags];
  const run = new Packdial(['run', '--headless', ...args]);
  await run.says(/UDP/);
  run.kill();
  // A page that is just being started is waited for at the end, and told.
  const { stderr } = await run.end();
  expect(/web page|browser/i.test(stderr)).toBe(told);
});

test('a port that is taken is passed over, and that is said', async () => {
  const port = await takenPort();
  const run = new Packdial(['run', '--headless', '--web-port', String(port), '--data-dir', dataDir()]);
  await run.says('Open in your browser');
  const [, other] = /localhost:(\d+)/.exec(run.stderr) ?? [];
  expect(Number(other)).toBeGreaterThan(port);
  expect(run.stderr).toContain(`Port ${port} is in use; the web page has port ${other ?? ''}`);
  run.kill();
  await run.end();
});

test('where none can be had one sentence says so, and the display goes on', async () => {
  // The last port there is: the next one is none.
  const last = await listen(65_535).catch(() => undefined);
  const args = ['--source', 'simulate', '--web', 'localhost', '--web-port', '65535', '--data-dir', dataDir()];
  const run = new Packdial(['run', '--headless', ...args]);
  await run.says(
    'There is no web page: the ports from 65535 on are all in use; choose another with --web-port',
  );
  await run.says('Simulated pack');
  run.kill();
  expect((await run.end()).code).toBe(0);
  last?.close();
});

test('passwords and addresses that don’t fit are told in a sentence', async () => {
  for (const [flag, value, accepts] of [
    ['--web', 'yes', 'off, localhost, lan'],
    ['--web-port', '0', 'from 1 to 65535'],
    ['--web-name', 'a b', 'a name'],
  ] as const) {
    const { code, stderr } = await new Packdial(['run', '--headless', flag, value]).end();
    expect([code, stderr.split('\n').length]).toEqual([2, 2]);
    expect(stderr).toContain(accepts);
  }
});

test('the page’s own files have nothing of elsewhere in them', () => {
  const folderOfPage = join(__dirname, '../../dist/web');
  for (const name of ['index.html', 'status.html', 'history.html', 'login.html', 'style.css']) {
    const text = readFileSync(join(folderOfPage, name), 'utf8');
    expect(text).not.toMatch(/(src|href|url)[=(]["']?(https?:)?\/\//);
    expect(text).not.toMatch(/<style|style="|<script>|onclick=/);
  }
});

test('nobody is shown a made-up battery who has said anything about a real one', () => {
  const layer = (values: Record<string, unknown>) => [{ values }];
  expect(demonstration({ headless: true }, layer({ rotate: 180 })).values).toEqual({
    source: 'simulate',
    speed: 60,
    web: 'localhost',
  });
  for (const values of [
    { source: 'udp' },
    { port: 6500 },
    { interface: 'can0' },
    { serial: '/dev/ttyACM0' },
  ]) {
    expect(demonstration({ headless: true }, layer(values)).values).toEqual({});
  }
  expect(demonstration({ headless: false }, layer({})).values).toEqual({});
});

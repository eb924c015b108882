import { once } from 'node:events';
import { existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { demonstration } from '../../src/commands/demonstration';
import { sourceNames } from '../../src/settings/settings';
import { temporaryFolder } from '../temporary-folder';
import { until } from '../until';
import { freePort, freeTcpPort, Packdial } from './packdial';

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
  const run = new Packdial(
    ['run', '--headless', '--web-port', String(await takenPort()), '--data-dir', dataDir()],
    { PACKDIAL_WEB: '' },
  );
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
  ['off where there is a panel', {}, false],
  ['there when it is switched on', { web: 'localhost' }, true],
] as const)('S0.124: the page is %s', async (_, file, told) => {
  const [config, framebuffer] = [join(folder, `${told}.json`), join(folder, 'panel.raw')];
  writeFileSync(config, JSON.stringify(file));
  writeFileSync(framebuffer, '');
  truncateSync(framebuffer, 800 * 480 * 2);
  const panel = [
    '--framebuffer',
    framebuffer,
    '--touch',
    join(folder, 'none'),
    '--backlight',
    join(folder, 'none'),
  ];
  const args = ['--port', String(await freePort()), '--data-dir', dataDir(), '--config', config];
  const run = new Packdial(['run', ...panel, ...args], { PACKDIAL_WEB: '' });
  await run.says(/UDP/);
  run.kill();
  // A page that is just being started is waited for at the end, and told.
  const { stderr } = await run.end();
  expect(/web page|browser/i.test(stderr)).toBe(told);
});

test('a port that is taken is passed over, and that is said', async () => {
  const port = await takenPort();
  const run = new Packdial(['run', '--headless', '--web-port', String(port), '--data-dir', dataDir()], {
    PACKDIAL_WEB: '',
  });
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

const machine = { supervised: false, exists: () => true };
const unset = { headless: false, framebuffer: '/dev/fb0', web: 'off' } as const;
const chosen = (values: Record<string, unknown>, changes: Partial<typeof machine> = {}) =>
  demonstration({ ...unset, ...values }, [{ values }], { ...machine, ...changes });

test('nobody is shown a made-up battery who has said anything about a real one', () => {
  expect(chosen({ headless: true, rotate: 180 }).values).toEqual({
    source: 'simulate',
    demo: 'battery',
    speed: 60,
    web: 'localhost',
  });
  for (const values of [
    { source: 'udp' },
    { port: 6500 },
    { interface: 'can0' },
    { serial: '/dev/ttyACM0' },
    { mqtt: 'sender' },
  ]) {
    expect(chosen({ headless: true, ...values }).values).toEqual({ web: 'localhost' });
  }
  expect(chosen({})).toMatchObject({ values: {}, note: '' });
});

describe('without a framebuffer', () => {
  const bare = { exists: () => false };

  test('every source is shown in the browser', () => {
    for (const source of sourceNames) {
      expect(chosen({ source }, bare)).toMatchObject({
        values: { headless: true, web: 'localhost' },
        note: 'There is no framebuffer /dev/fb0, so the picture is shown in a browser',
      });
    }
    expect(chosen({ source: 'can', web: 'off' }, bare).note).toMatch(
      /so the picture is kept in a file alone$/,
    );
  });

  test('one that was named is a mistake, and so is one that is wanted', () => {
    for (const values of [{ framebuffer: '/dev/fb0' }, { framebuffer: '/dev/fb1' }, { headless: false }])
      expect(chosen(values, bare).values).toEqual({});
  });

  test('the service waits for its panel', () => {
    expect(chosen({ source: 'can' }, { ...bare, supervised: true }).values).toEqual({});
    expect(chosen({}, { ...bare, supervised: true }).values).toEqual({});
  });

  test.each([
    ['--source', 'udp'],
    ['--source', 'can', '--interface', 'nocan7'],
    ['--source', 'slcan', '--serial', '/dev/nowhere', '--bitrate', '500000'],
    ['--source', 'simulate', '--speed', '60'],
    ['--source', 'replay', '--file', 'day.log'],
  ])('the owner’s command with %s %s ends with an address that opens', async (...source) => {
    const log = join(folder, 'day.log');
    writeFileSync(log, '(1700000000.000000) can0 150#DEFF9B01B3C82421\n');
    const flags = source.map((flag) => (flag === 'day.log' ? log : flag));
    // Where the machine that runs the tests has a framebuffer, it is not drawn on.
    const panel = existsSync('/dev/fb0') ? ['--headless'] : [];
    const port = ['--port', String(await freePort()), '--web-port', String(await freeTcpPort())];
    const run = new Packdial(['run', ...panel, ...flags, ...port, '--data-dir', dataDir()], {
      PACKDIAL_WEB: '',
    });
    await run.says(/Open in your browser: \S+\n/);
    const [address = ''] = /http:\S+(?=\n$)/.exec(run.stderr) ?? [];
    const opened = await fetch(address, { redirect: 'manual' });
    expect([opened.status, opened.headers.get('location')]).toEqual([302, '/']);
    run.kill();
    expect((await run.end()).code).toBe(0);
  });
});

test('who has come over ssh is told the way, and the address last', async () => {
  const args = ['run', '--headless', '--web-port', String(await takenPort()), '--data-dir', dataDir()];
  const run = new Packdial(args, { PACKDIAL_WEB: '', SSH_CONNECTION: '192.168.1.20 50312 192.168.1.72 22' });
  await run.says(/Open in your browser: \S+\n/);
  const [, port = ''] = /localhost:(\d+)\/open\?key=\S+\n$/.exec(run.stderr) ?? [];
  expect(run.stderr).toMatch(
    `ssh -L ${port}:localhost:${port} ${userInfo().username}@192.168.1.72 first, or start packdial with --web lan\n`,
  );
  run.kill();
  await run.end();
});

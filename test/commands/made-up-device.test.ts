import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { WebSocketServer } from 'ws';
import { bundleWithMadeUp } from '../devices/made-up/program';
import { temporaryFolder } from '../temporary-folder';
import { until } from '../until';
import type { DeviceJson } from '../../src/protocol/device-json';
import { freeTcpPort, Packdial, type Ended } from './packdial';

// A type of device that packdial does not have: a folder of its own and one line in the list of types. Everything else must
// take it as it is.

const folder = temporaryFolder();
let program = '';
let port = 0;
let meter: WebSocketServer;
let telling: NodeJS.Timeout;

beforeAll(async () => {
  program = bundleWithMadeUp(folder);
  meter = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(meter, 'listening');
  port = (meter.address() as AddressInfo).port;
  telling = setInterval(() => {
    for (const client of meter.clients) client.send('13.25 -1.5');
  }, 200);
}, 600_000);

afterAll(() => {
  clearInterval(telling);
  for (const client of meter.clients) client.terminate();
  meter.close();
});

const device = (): string => `made-up,name=shunt,host=127.0.0.1,port=${port}`;

function run(args: readonly string[], environment?: Readonly<Record<string, string>>): Packdial {
  return new Packdial(args, environment, program);
}

function firstObject({ stdout }: Pick<Ended, 'stdout'>): DeviceJson {
  return JSON.parse(stdout.split('\n')[0] ?? '') as DeviceJson;
}

test('it is decoded as a device of its kind', async () => {
  const decode = run(['decode', '--json', '--device', `${device()},invert=true`]);
  await decode.says('\n', 'stdout');
  decode.kill();
  const ended = await decode.end();
  expect(ended.code).toBe(0);
  expect(firstObject(ended)).toMatchObject({
    device: 'shunt',
    kind: 'meter',
    type: 'made-up',
    freshness: 'fresh',
    values: { voltage: 13.25, current: 1.5, power: null },
  });
}, 120_000);

test('its settings are checked, and named where one is wrong', async () => {
  const wrong = await run(['decode', '--device', `${device()},colour=red`]).end();
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain(
    'made-up has no setting "colour"; its settings are name, host, port, invert, removed.',
  );
  const unknown = await run(['decode', '--device', 'made-down']).end();
  expect(unknown.code).toBe(2);
  expect(unknown.stderr).toContain('the types are made-up, evtv-udp');
}, 120_000);

test('it is recorded, and decoded again from the capture', async () => {
  const file = join(folder, 'capture.jsonl');
  const record = run(['record', '--device', device(), '--out', file]);
  await until('a line is recorded', () => {
    try {
      return readFileSync(file, 'utf8').includes('13.25 -1.5');
    } catch {
      return false;
    }
  });
  record.kill();
  await record.end();
  const replay = await run(['decode', '--json', '--source', 'replay', '--file', file, '--speed', '0']).end();
  expect(replay.code).toBe(0);
  expect(firstObject(replay)).toMatchObject({ device: 'shunt', type: 'made-up', values: { current: -1.5 } });
}, 120_000);

test('the display takes it from the settings file: page, metrics and history have it', async () => {
  const config = join(folder, 'settings.json');
  const [webPort, data] = [await freeTcpPort(), join(folder, 'data')];
  const devices = [{ type: 'made-up', name: 'shunt', host: '127.0.0.1', port, invert: false }];
  writeFileSync(config, JSON.stringify({ web: 'localhost', webPort, devices }));
  const display = run(['run', '--headless', '--data-dir', data, '--config', config], {
    PACKDIAL_WEB: '',
    PACKDIAL_CONFIG: config,
  });
  await display.says('Open in your browser');
  const get = async (path: string): Promise<string> =>
    (await fetch(`http://localhost:${webPort}${path}`)).text();
  await until('the page has its values', async () => (await get('/api/devices')).includes('13.25'), 60);
  const told = JSON.parse(await get('/api/devices')) as { devices: DeviceJson[] };
  expect(told.devices.find((each) => each.device === 'shunt')).toMatchObject({
    kind: 'meter',
    type: 'made-up',
    values: { voltage: 13.25, current: -1.5 },
  });
  expect(await get('/metrics')).toContain('packdial_meter_voltage_volts{device="shunt"} 13.25');
  const series = JSON.parse(await get('/api/history/series')) as {
    devices: { name: string; quantities: string[] }[];
  };
  expect(series.devices.find(({ name }) => name === 'shunt')?.quantities).toContain('voltage');
  await until(
    'the history has its voltage',
    async () => {
      const question = '/api/history?device=shunt&value=voltage&from=now-1h&to=now';
      return (JSON.parse(await get(question)) as { last: number[] }).last.includes(13.25);
    },
    90,
  );
  display.kill();
  expect((await display.end()).code).toBe(0);
  const picture = join(folder, 'picture.png');
  const snapshot = await run(['snapshot', '--config', config, '--out', picture], {
    PACKDIAL_CONFIG: config,
  }).end();
  expect(snapshot).toMatchObject({ code: 0 });
  expect(readFileSync(picture).subarray(1, 4).toString()).toBe('PNG');
}, 300_000);

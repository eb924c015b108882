import { readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import * as path from 'node:path';
import { WebSocketServer, type WebSocket } from 'ws';
import type { DeviceJson } from '../../src/protocol/device-json';
import { withCrc } from '../../src/protocol/modbus-rtu';
import { temporaryFolder } from '../temporary-folder';
import { until } from '../until';
import { Packdial, packdial } from './packdial';

const folder = temporaryFolder();

interface Vector {
  readonly hex: readonly [string, ...string[]];
  readonly console?: readonly { readonly t: number; readonly line: string }[];
}
const fixture = (name: string): Vector[] =>
  JSON.parse(readFileSync(path.join(__dirname, '../fixtures', name), 'utf8')) as Vector[];

interface Form {
  readonly lineEnd?: string;
  readonly before?: string;
  readonly after?: string;
  /** What the first line has besides. */
  readonly header?: object;
}

/** Writes a capture and plays it. */
async function play(
  type: string,
  link: string,
  pieces: readonly object[],
  { lineEnd = '\n', before = '', after = '', header: besides = {} }: Form = {},
): Promise<{ readonly last: DeviceJson; readonly stderr: string }> {
  const file = path.join(folder, `${type}.jsonl`);
  const header = {
    packdial: 'capture',
    version: 1,
    device: 'it',
    type,
    link,
    started: '2026-11-28T05:31:02.125Z',
    by: 'a newer packdial',
    ...besides,
  };
  const lines = [header, ...pieces].map((line) => JSON.stringify(line) + lineEnd);
  writeFileSync(file, before + lines.join('') + after);
  const args = ['decode', '--json', '--source', 'replay', '--file', file, '--speed', '0'];
  const { code, stdout, stderr } = await packdial(args);
  expect(code).toBe(0);
  return { last: JSON.parse(stdout.trimEnd().split('\n').at(-1)!) as DeviceJson, stderr };
}

const cut = (hex: string, size: number): string[] => hex.match(new RegExp(`.{1,${2 * size}}`, 'g')) ?? [];
const worst: Form = { lineEnd: '\r\n', before: '\uFEFF', after: '{"t":99,"dir":"rx","he' };

test('a LiTime capture that begins in the middle, is cut and has no requests', async () => {
  const [status] = fixture('litime-mppt.json')[0]!.hex;
  const ratings = withCrc(
    Buffer.from([1, 3, 22, 60, 30, 48, 12, ...Buffer.from('BT-LTMPPT4860\0\0\0'), 0, 104]),
  );
  const stream = status.slice(26) + Buffer.from(ratings).toString('hex') + status;
  const pieces = cut(stream, 7).map((hex, i) => ({ t: i / 10, dir: 'rx', at: 'ffe1', hex }));
  const { last, stderr } = await play('litime-ble', 'gatt', pieces, worst);
  expect(last).toMatchObject({
    kind: 'solar-charger',
    freshness: 'fresh',
    values: {
      batteryVoltage: 14.3,
      chargeCurrent: 14.81,
      pvVoltage: 80.1,
      pvPower: null,
      batteryTemperature: null,
      ratedChargeCurrent: 60,
      chargeMode: 4,
    },
    switches: { load: true },
    texts: { mode: 'boost', model: 'BT-LTMPPT4860', revision: '1.04' },
  });
  expect(stderr).toContain('noise');
});

test.each([
  [0, '7a95ce01-0ea8-1bcc-71a2-fc7539b81c9c', { stateOfCharge: 100, energy: 1014.636, uptime: 428543 }],
  [1, 'ec7c0001-2c7b-1539-172f-29d041beab3e', { stateOfCharge: null, energy: -4.955, uptime: null }],
])('a Thornwave capture, layout %d, whole and cut', async (index, at, values) => {
  const [hex] = fixture('thornwave.json')[index]!.hex;
  for (const size of [60, 22]) {
    const pieces = cut(hex, size).map((piece) => ({ t: 30, dir: 'rx', at, hex: piece }));
    const { last, stderr } = await play('thornwave-ble', 'gatt', pieces, worst);
    expect(last).toMatchObject({ kind: 'meter', timestamp: '2026-11-28T05:31:32.125Z', values });
    expect(stderr).not.toContain('short answer');
  }
});

const [{ console: lines = [] } = {}] = fixture('bluenova-console.json');
const told = {
  kind: 'battery',
  values: {
    voltage: 52.936,
    current: -12.35,
    stateOfCharge: 87,
    energyIn: null,
    mcuId: 0x1a2b3c4d,
    units: 2,
  },
  texts: { chargeState: 'DISCHARGE', breaker: 'CLOSED' },
};

test('a BlueNova capture', async () => {
  const pieces = lines.map(({ t, line }) => ({ t: t - 1000, dir: 'rx', text: line }));
  const { last } = await play('bluenova', 'websocket', pieces, worst);
  expect(last).toMatchObject(told);
  expect(last.cells).toHaveLength(16);
});

test('a capture of what another program published, with what was set for it', async () => {
  const pieces = [
    { t: 0, dir: 'rx', at: 'tele/washer/SENSOR', retained: true, text: '{"ENERGY":{"Power":5}}' },
    { t: 1, dir: 'rx', at: 'tele/washer/SENSOR', text: '{"ENERGY":{"Power":1850,"Total":"1.5"}}' },
    { t: 2, dir: 'rx', at: 'tele/washer/SENSOR', hex: 'fffe' },
  ];
  const settings = {
    profile: 'tasmota',
    topic: 'tele/washer/SENSOR',
    every: 5,
    power: 7,
    broker: 'none',
    key: {},
  };
  const { last, stderr } = await play('mqtt-json', 'mqtt', pieces, { header: { settings } });
  expect(last).toMatchObject({ kind: 'meter', values: { power: 1850, energy: 1500 } });
  expect(stderr).toContain('no JSON');
  const file = path.join(folder, 'unset.jsonl');
  writeFileSync(
    file,
    '{"packdial":"capture","version":1,"type":"mqtt-json","started":"2026-11-28T05:31:02Z"}\n',
  );
  const unset = await packdial(['decode', '--source', 'replay', '--file', file]);
  expect(unset.code).toBe(2);
  expect(unset.stderr).toContain("unset.jsonl can't be played: mqtt-json needs a profile=");
});

test('two BlueNova batteries in the network are a device each, whatever one of them sends', async () => {
  const servers: WebSocketServer[] = [];
  const battery = async (name: string, play: (socket: WebSocket) => void): Promise<string[]> => {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    servers.push(server);
    server.on('connection', play);
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    return ['--device', `bluenova,name=${name},host=127.0.0.1,port=${port}`];
  };
  const stern = await battery('stern', (socket) => {
    for (const { line } of lines) socket.send(line);
  });
  const bow = await battery('bow', (socket) => {
    socket.send(Buffer.alloc(1000, 0xa5));
    socket.send(`Breaker: ${'x'.repeat(1_000_000)}`);
    for (const { line } of lines)
      socket.send(line.startsWith('after assignRank()') ? 'after assignRank() --> own rank = 2' : line);
    // The half of a message, after which nothing comes any more.
    socket.send('SOC: 12', { fin: false });
  });
  const decoding = new Packdial(['decode', '--json', ...stern, ...bow]);
  const last = (name: string): DeviceJson | undefined =>
    decoding.stdout
      .slice(0, decoding.stdout.lastIndexOf('\n') + 1)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as DeviceJson)
      .findLast(({ device }) => device === name);
  for (const name of ['stern', 'bow'])
    await until('the charge state', () => last(name)?.texts['chargeState'] !== undefined);
  expect(last('stern')).toMatchObject({ ...told, device: 'stern', freshness: 'fresh' });
  expect(last('stern')?.values).toMatchObject({ units: 2, rank: 1 });
  expect(last('bow')).toMatchObject({ texts: told.texts, device: 'bow', freshness: 'fresh' });
  expect(last('bow')?.values).toMatchObject({ units: 2, rank: 2, stateOfCharge: 87 });
  decoding.kill();
  await decoding.end();
  for (const server of servers) {
    for (const client of server.clients) client.terminate();
    server.close();
  }
});

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SerialCable } from '../io/links/serial-cable';
import { temporaryFolder } from '../temporary-folder';
import type { DeviceJson } from '../../src/protocol/device-json';
import { until } from '../until';
import { freePort, freeTcpPort, Packdial, packdial } from './packdial';

const folder = temporaryFolder();
const header =
  '{"packdial":"capture","version":1,"device":"house","type":"jbd-ble","link":"gatt","started":"2026-11-28T05:31:02.125Z"}';
const basic = ['dd03001d0618fee101f201f4002a2c7c00000000', '000080640304030b8b0b8a0b84f88477'];
const cells = 'dd0400080d660d610d680d59fe3c77';

function capture(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function rx(t: number, hex = '', more = {}): string {
  return JSON.stringify({ t, dir: 'rx', at: 'ff01', hex, ...more });
}

function decode(file: string, ...args: readonly string[]): ReturnType<typeof packdial> {
  return packdial(['decode', '--json', '--source', 'replay', '--file', file, '--speed', '0', ...args]);
}

function objects(text: string): DeviceJson[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as DeviceJson);
}

describe('a capture', () => {
  test('is told as a device, a line whenever a value changed, at its own times', async () => {
    const lines = [
      rx(0.53, basic[0]),
      rx(0.54, basic[1]),
      rx(0.7, cells),
      rx(5.5, basic.join('')),
      rx(5.7, cells),
      rx(10.7, 'dd0400080d660d610d680d58fe3d77'),
    ];
    const { code, stdout } = await decode(capture('house.jsonl', [header, ...lines, ''].join('\n')));
    expect(code).toBe(0);
    const told = objects(stdout);
    expect(told.map(({ timestamp }) => timestamp)).toEqual([
      '2026-11-28T05:31:02.665Z',
      '2026-11-28T05:31:02.825Z',
      '2026-11-28T05:31:12.825Z',
    ]);
    expect(told[0]).toMatchObject({ cells: null, values: { cellLow: null } });
    expect(told[1]).toEqual({
      schema: 1,
      timestamp: '2026-11-28T05:31:02.825Z',
      device: 'house',
      kind: 'battery',
      type: 'jbd-ble',
      freshness: 'fresh',
      values: {
        voltage: 15.6,
        current: -2.87,
        power: -44.8,
        stateOfCharge: 100,
        remainingCapacity: 4.98,
        fullCapacity: null,
        nominalCapacity: 5,
        cycles: 42,
        stateOfHealth: null,
        cellLow: 3.417,
        cellHigh: 3.432,
        cellAverage: 3.426,
        temperatureMax: 22.4,
        temperatureMin: 21.7,
      },
      cells: [3.43, 3.425, 3.432, 3.417],
      temperatures: [22.4, 22.3, 21.7],
      balancing: [],
      flags: [],
      switches: { charge: true, discharge: true },
      texts: { firmware: '8.0', produced: '2022-03-28' },
      age: { basic: 0.2, cells: 0 },
    });
  });

  test('may have a byte order mark, other line ends, unknown keys and half a last line', async () => {
    const lines = [
      header.replace('"version":1', '"version":1,"made":"by hand"'),
      '{"t":0,"event":"connected"}',
      'no line at all',
      rx(1, cells, { note: 'unknown' }),
      rx(2, basic[0]).slice(0, -5),
    ];
    const { code, stdout, stderr } = await decode(capture('odd.jsonl', `\uFEFF${lines.join('\r\n')}`));
    expect([code, objects(stdout).map(({ cells: volts }) => volts)]).toEqual([
      0,
      [[3.43, 3.425, 3.432, 3.417]],
    ]);
    expect(stderr.match(/bad line/g)).toHaveLength(1);
  });

  test('that falls silent has unknown values', async () => {
    const { stdout } = await decode(capture('silent.jsonl', [header, rx(0, cells), rx(7200)].join('\n')));
    const told = objects(stdout);
    expect(told.map(({ freshness, cells: volts }) => [freshness, volts === null])).toEqual([
      ['fresh', false],
      ['lost', true],
    ]);
  });

  test('with nothing that can be used tells nothing', async () => {
    const half = rx(1, 'dd03001d0618fee1');
    const wrong = rx(5, cells.replace('fe3c77', 'fe3d77'));
    const { code, stdout } = await decode(
      capture('bad.jsonl', [header, half, wrong, rx(9, 'ff'.repeat(40))].join('\n')),
    );
    expect([code, stdout]).toEqual([0, '']);
  });

  test('may end with an answer behind noise that looked like the beginning of one', async () => {
    const { stdout } = await decode(capture('noise.jsonl', [header, rx(1, `dd0300ff${cells}`)].join('\n')));
    expect(objects(stdout).map(({ timestamp }) => timestamp)).toEqual(['2026-11-28T05:31:03.125Z']);
  });

  test('with times that are none is played as far as it goes', async () => {
    const { code, stdout, stderr } = await decode(
      capture(
        'times.jsonl',
        [header, rx(1e300, basic.join('')), rx(-5, cells), rx(1e9, cells), ''].join('\n'),
      ),
    );
    expect([code, stderr.match(/bad line/g)?.length]).toEqual([0, 1]);
    expect(objects(stdout)[0]?.timestamp).toBe('2026-11-28T05:31:02.125Z');
  });

  test('is a block of lines for people', async () => {
    const file = capture('people.jsonl', [header, rx(0, basic.join('')), rx(1, cells)].join('\n'));
    const { stdout } = await packdial(['decode', '--source', 'replay', '--file', file, '--speed', '0']);
    expect(stdout).toMatch(/^Device +house \(jbd-ble\), fresh$/m);
    expect(stdout).toMatch(/^Pack voltage +15\.60 V$/m);
    expect(stdout).toMatch(/^Full capacity +—$/m);
  });

  test.each([
    [
      'another version',
      header.replace('"version":1', '"version":2'),
      /is a capture of version 2, and this packdial plays version 1\.$/,
    ],
    [
      'an unknown type',
      header.replace('jbd-ble', 'jbx'),
      /capture of a "jbx", .* the types are .*jbd-serial/,
    ],
    ['no start', header.replace('2026', 'then'), /does not say when it was started\.$/],
  ])('of %s is refused in one sentence', async (_what, first, sentence) => {
    const { code, stdout, stderr } = await decode(capture('refused.jsonl', `${first}\n${rx(0, cells)}\n`));
    expect([code, stdout, stderr.trim().split('\n')]).toEqual([2, '', [expect.stringMatching(sentence)]]);
  });
});

test('a log of frames that comes through a pipe is played as before', async () => {
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const played = packdial(['decode', '--json', '--source', 'replay', '--file', pipe, '--speed', '0']);
  await writeFile(pipe, '(1.000000) can0 650#9B\n');
  const { code, stdout } = await played;
  expect([code, stdout]).toEqual([0, expect.stringContaining('"soc":77.5')]);
});

describe('a device at a serial line', () => {
  const cable = new SerialCable();
  beforeAll(() => cable.plugIn());
  afterAll(() => cable.remove());
  // A failure leaves none of them running.
  const programs: Packdial[] = [];
  afterEach(() => programs.forEach((program) => program.kill()));
  const start = (...args: readonly string[]): Packdial => {
    const program = new Packdial(args);
    programs.push(program);
    return program;
  };

  test('is played, recorded and decoded, and the recording says the same', async () => {
    const file = join(folder, 'recorded.jsonl');
    const played = start('simulate', '--device', `jbd-serial,name=sim,port=${cable.far},cells=16`);
    await played.says('Playing sim (jbd-serial)');
    const device = `jbd-serial,name=house,port=${cable.near},every=1`;
    const live = start('decode', '--json', '--device', device);
    await live.says(/SIMULATED-16S/, 'stdout');
    live.kill();
    expect((await live.end()).code).toBe(0);
    const recording = start('record', '--device', device, '--out', file);
    await recording.says('Reading house at');
    await until('the counters', () => readFileSync(file, 'utf8').includes('ddaa00'));
    recording.kill();
    expect((await recording.end()).code).toBe(0);
    played.kill();
    await played.end();
    const [first, second, third] = readFileSync(file, 'utf8').split('\n');
    expect(first).toMatch(
      /^\{"packdial":"capture","version":1,"device":"house","type":"jbd-serial","link":"serial","started":"[^"]+Z"\}$/,
    );
    expect(JSON.parse(second ?? '')).toMatchObject({ event: 'connected' });
    expect(JSON.parse(third ?? '')).toMatchObject({ dir: 'tx', hex: 'dda50300fffd77' });
    const told = objects((await decode(file)).stdout).at(-1);
    const then = objects(live.stdout).at(-1);
    expect(told?.cells).toHaveLength(16);
    expect(told?.values['fullCapacity']).toBe(100);
    expect([told?.device, told?.texts]).toEqual([then?.device, then?.texts]);
  });

  test('beside an EVTV battery, both and their bank are at /api/devices, as decode --json tells them', async () => {
    const [udp, web] = [await freePort(), await freeTcpPort()];
    const played = start('simulate', '--device', `jbd-serial,name=sim,port=${cable.far}`);
    await played.says('Playing sim (jbd-serial)');
    const device = `jbd-serial,name=house,port=${cable.near},every=1`;
    const decoded = start('decode', '--json', '--device', device);
    await decoded.says(/"restartCount":\d.*"cells":\[/, 'stdout');
    decoded.kill();
    await decoded.end();
    const page = ['--headless', '--web', 'localhost', '--web-port', String(web)];
    const shown = start('run', ...page, '--device', `evtv-udp,name=boat,port=${udp}`, '--device', device);
    await shown.says('Open in your browser');
    start('simulate', '--port', String(udp), '--modules', '2');
    const ask = async (path: string): Promise<unknown> =>
      (await fetch(`http://127.0.0.1:${web}${path}`)).json();
    let devices: readonly DeviceJson[] = [];
    await until('all are received', async () => {
      devices = ((await ask('/api/devices')) as { devices: DeviceJson[] }).devices;
      const counted = devices.some(({ values }) => values['restartCount'] !== undefined);
      return devices.every(
        ({ freshness, cells: volts }) => counted && freshness === 'fresh' && volts?.includes(null) === false,
      );
    });
    expect(devices.map(({ kind, type }) => [kind, type])).toEqual([
      ['battery', 'bank'],
      ['battery', 'evtv-udp'],
      ['battery', 'jbd-serial'],
    ]);
    const [bank, boat, house] = devices;
    expect([boat?.device, house?.device, bank?.bank?.members]).toEqual(['boat', 'house', ['boat', 'house']]);
    expect(bank?.values['current']).toBeCloseTo(
      (boat?.values['current'] ?? NaN) + (house?.values['current'] ?? NaN),
      3,
    );
    expect(boat?.cells).toHaveLength(12);
    const then = objects(decoded.stdout).at(-1);
    expect(Object.keys(house ?? {})).toEqual(Object.keys(then ?? {}));
    expect(Object.keys(house?.values ?? {}).sort()).toEqual(Object.keys(then?.values ?? {}).sort());
    expect(house?.texts['model']).toBe(then?.texts['model']);
    expect(await ask('/api/status?battery=boat')).toMatchObject({
      schema: 1,
      packCurrent: expect.any(Number) as number,
    });
  });
});

test.each([
  ['an unknown type', ['--device', 'jbx,port=/dev/x'], /"jbx" is no type of device; the types are/],
  [
    'a name twice',
    ['--device', 'jbd-serial,port=/dev/a', '--device', 'jbd-serial,port=/dev/b'],
    /are called/,
  ],
])('%s is one sentence', async (_what, args, sentence) => {
  const { code, stderr } = await packdial(['decode', ...args]);
  expect([code, stderr.trim().split('\n')]).toEqual([2, [expect.stringMatching(sentence)]]);
});

test('a scan without a bus, which Bluetooth needs, is one sentence', async () => {
  const bus = { DBUS_SYSTEM_BUS_ADDRESS: 'unix:path=/no/such/bus' };
  const { code, stdout, stderr } = await packdial(['scan'], bus);
  expect([code, stdout, stderr]).toEqual([
    2,
    '',
    'packdial: There is no D-Bus, which Bluetooth needs: sudo apt-get install dbus bluez.\n',
  ]);
});

test.each([
  ['{"devices": "jbd-serial,port=/dev/a"}', /"devices" is .*, but must be a list of at most 100 devices/],
  ['{"devices": {"type": "jbd-serial"}}', /"devices" is .*, but must be a list/],
  ['{"devices": [{"type": "jbd-serial"}]}', /jbd-serial needs port=/],
  [
    '{"devices": [{"type": "jbd-ble", "password": "123456", "address": "x"}]}',
    /no setting "password"|address/,
  ],
])('a settings file of %s is one sentence', async (content, sentence) => {
  const { code, stderr } = await packdial(['decode', '--config', capture('settings.json', content)]);
  expect([code, stderr.trim().split('\n')]).toEqual([2, [expect.stringMatching(sentence)]]);
  expect(stderr).not.toContain('123456');
});

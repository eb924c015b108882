import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { temporaryFolder } from '../temporary-folder';
import { until } from '../until';
import { freePort, packdial, Packdial, program } from './packdial';

const folder = temporaryFolder();
const inFolder = (name: string): string => join(folder, name);

interface Status {
  readonly soc: number | null;
  readonly packCurrent: number | null;
  readonly packVoltage: number | null;
  readonly packPower: number | null;
  readonly cells: readonly unknown[];
  readonly modules: number | null;
  readonly age: Record<string, unknown>;
}

function lastLine(stdout: string): Status {
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Status;
}

test('what simulate sends over UDP, decode prints as one object a line', async () => {
  const port = String(await freePort());
  const decode = new Packdial(['decode', '--json', '--port', port]);
  await decode.says('Listening');
  const simulate = new Packdial(['simulate', '--port', port, '--modules', '40', '--fine']);
  await decode.says(/"modules":40.*"0x68F":\[(0(\.\d)?,){39}0/, 'stdout');
  simulate.kill();
  decode.kill('SIGINT');
  const { code, stdout } = await decode.end();
  expect(code).toBe(0);
  expect((await simulate.end()).code).toBe(0);
  const status = lastLine(stdout);
  expect(status.soc).toBeGreaterThan(50);
  expect(status.cells).toHaveLength(40);
  expect(status.packPower).not.toBeNull();
});

test('with a bad wire the values are the same and the nonsense is counted', async () => {
  const port = String(await freePort());
  const decode = new Packdial(['decode', '--port', port]);
  await decode.says('Listening', 'stdout');
  const simulate = new Packdial([
    'simulate',
    '--port',
    port,
    '--modules',
    '4',
    '--loss',
    '0.2',
    '--garbage',
    '0.8',
  ]);
  await decode.says(/[1-9]\d* malformed \(.*wrong length [1-9]/, 'stdout');
  simulate.kill();
  decode.kill();
  expect((await decode.end()).code).toBe(0);
  await simulate.end();
});

test('nothing is printed twice, and what was not heard is null', async () => {
  const port = await freePort();
  const decode = new Packdial(['decode', '--json', '--port', String(port)]);
  await decode.says('Listening');
  const socket = createSocket('udp4');
  const datagram = Buffer.from('deff9b01b3c8242150010000000000000000000000000008', 'hex');
  for (let i = 0; i < 20; i++)
    await new Promise((resolve) => socket.send(datagram, port, '127.0.0.1', resolve));
  await decode.says('"packCurrent":-34', 'stdout');
  socket.close();
  decode.kill();
  const { stdout } = await decode.end();
  expect(stdout.trim().split('\n')).toHaveLength(1);
  const status = lastLine(stdout);
  expect([status.packCurrent, status.packVoltage, status.packPower]).toEqual([-34, 41.1, -1397.4]);
  expect([status.soc, status.modules, status.age['0x650']]).toEqual([null, null, null]);
});

test('a recording plays back to the values that were heard', async () => {
  const port = String(await freePort());
  const log = inFolder('day.log');
  const record = new Packdial(['record', '--port', port, '--out', log]);
  await record.says('Listening');
  const simulate = new Packdial(['simulate', '--port', port, '--modules', '3', '--speed', '600']);
  await until('a recording of some size', () => existsSync(log) && statSync(log).size >= 2000);
  simulate.kill();
  await simulate.end();
  record.kill();
  expect((await record.end()).code).toBe(0);
  const lines = readFileSync(log, 'utf8').trim().split('\n');
  for (const line of lines) expect(line).toMatch(/^\(\d{10}\.\d{6}\) can0 [0-9A-F]{3}#[0-9A-F]*$/);
  const decode = await packdial(['decode', '--json', '--source', 'replay', '--file', log, '--speed', '0']);
  expect(decode.code).toBe(0);
  const last = lines.filter((line) => line.includes(' 150#')).at(-1) ?? '';
  const bytes = Buffer.from(last.split('#')[1] ?? '', 'hex');
  expect(lastLine(decode.stdout).packCurrent).toBe(bytes.readInt16LE(0));
  expect(lastLine(decode.stdout).modules).toBe(3);
  const picture = inFolder('replayed.png');
  expect((await packdial(['snapshot', '--source', 'replay', '--file', log, '--out', picture])).code).toBe(0);
  expect(PNG.sync.read(readFileSync(picture)).width).toBe(800);
});

test('snapshot draws every screen at every size', async () => {
  for (const [screen, size] of [
    ['main', '1024x600'],
    ['settings', '480x320'],
  ] as const) {
    const file = inFolder(`${screen}.png`);
    const { code } = await packdial([
      'snapshot',
      '--screen',
      screen,
      '--source',
      'simulate',
      '--size',
      size,
      '--out',
      file,
    ]);
    expect(code).toBe(0);
    const { width, height } = PNG.sync.read(readFileSync(file));
    expect(`${width}x${height}`).toBe(size);
  }
});

test('snapshot shows °F and touches the picture before it is drawn', async () => {
  const pictures: Buffer[] = [];
  for (const args of [
    ['--screen', 'main'],
    ['--screen', 'main', '--units', 'fahrenheit'],
    ['--screen', 'alarms', '--alarm-charge', '95'],
    ['--screen', 'main', '--alarm-charge', '95', '--tap', '760,445', '160,20'],
  ]) {
    const file = inFolder('touched.png');
    const { code, stderr } = await packdial(['snapshot', '--source', 'simulate', '--out', file, ...args]);
    expect([code, stderr]).toEqual([0, '']);
    pictures.push(PNG.sync.read(readFileSync(file)).data.subarray(800 * 60 * 4));
  }
  expect(pictures[0]!.equals(pictures[1]!)).toBe(false);
  // Acknowledged, and from the main screen: the same list, with other words.
  expect(pictures[2]!.equals(pictures[3]!)).toBe(false);
  expect(pictures[3]!.equals(pictures[0]!)).toBe(false);
});

test('run --headless keeps a picture and ends in order', async () => {
  const data = inFolder('data');
  const run = new Packdial(['run', '--headless', '--source', 'simulate', '--data-dir', data]);
  await run.says('the picture is kept in');
  await run.says('Simulated pack');
  run.kill();
  const { code, stderr } = await run.end();
  expect([code, /first picture after \d+ ms/.test(stderr)]).toEqual([0, true]);
  expect(PNG.sync.read(readFileSync(join(data, 'screen.png'))).height).toBe(480);
});

test.each([['decode'], ['decode', '--json'], ['record']])(
  '%s %s ends in order when nobody reads it any more',
  async (...args) => {
    const reader = new Packdial([...args, '--source', 'simulate', '--speed', '600']);
    await reader.says('\n', 'stdout');
    reader.stopReading('stdout');
    const { code, stderr } = await reader.end();
    expect([code, stderr.includes('EPIPE')]).toEqual([0, false]);
  },
);

test('the display goes on when nobody reads its log any more', async () => {
  const data = inFolder('unread');
  const run = new Packdial([
    'run',
    '--headless',
    '--source',
    'can',
    '--interface',
    'nocan7',
    '--data-dir',
    data,
  ]);
  await run.says('next try in 1 s');
  run.stopReading('stderr');
  // It tries again after 1 s, and says so; a display that a broken pipe had ended would have ended by then.
  await new Promise((resolve) => setTimeout(resolve, 2500));
  run.kill();
  expect((await run.end()).code).toBe(0);
});

test('whenever it is told to stop, run stops', async () => {
  for (let after = 0; after < 400; after += 25) {
    const run = new Packdial([
      'run',
      '--headless',
      '--source',
      'simulate',
      '--data-dir',
      inFolder('stopped'),
    ]);
    await new Promise((resolve) => setTimeout(resolve, after));
    run.kill();
    const { code, signal } = await run.end();
    // Before the program has taken the signal into its own hands, the signal ends it.
    expect([
      [0, null],
      [null, 'SIGTERM'],
    ]).toContainEqual([code, signal]);
  }
});

test('run draws what snapshot draws, letter by letter', async () => {
  const port = String(await freePort());
  const [data, snapshot] = [inFolder('same'), inFolder('same.png')];
  const run = new Packdial(['run', '--headless', '--port', port, '--data-dir', data]);
  await run.says('Listening');
  expect((await packdial(['snapshot', '--source', 'udp', '--port', port, '--out', snapshot])).code).toBe(0);
  // All below the status strip, which has a clock.
  const below = (file: string): Buffer => PNG.sync.read(readFileSync(file)).data.subarray(800 * 36 * 4);
  // The picture is kept at most once a second: the first one was made before anything was listened to.
  const drawn = below(snapshot);
  await until('the same picture', () => below(join(data, 'screen.png')).equals(drawn));
  run.kill();
  expect((await run.end()).code).toBe(0);
});

test('run draws on a file that stands for a framebuffer, and a frame that comes changes it', async () => {
  const port = await freePort();
  const framebuffer = inFolder('fb.raw');
  writeFileSync(framebuffer, '');
  truncateSync(framebuffer, 800 * 480 * 2);
  // Not the panel and the light of the machine that runs the test.
  const panel = ['--framebuffer', framebuffer, '--touch', inFolder('none'), '--backlight', inFolder('none')];
  const run = new Packdial(['run', ...panel, '--port', String(port)]);
  await run.says('Listening');
  const waiting = readFileSync(framebuffer);
  expect(waiting.every((byte) => byte === 0)).toBe(false);
  const socket = createSocket('udp4');
  const datagram = Buffer.from('deff9b01b3c8242150010000000000000000000000000008', 'hex');
  await until('another picture', async () => {
    await new Promise((resolve) => socket.send(datagram, port, '127.0.0.1', resolve));
    return !readFileSync(framebuffer).equals(waiting);
  });
  socket.close();
  run.kill('SIGHUP');
  expect((await run.end()).code).toBe(0);
});

test('run waits for a CAN interface that is not there, and says so', async () => {
  const run = new Packdial([
    'run',
    '--headless',
    '--data-dir',
    inFolder('can'),
    '--source',
    'can',
    '--interface',
    'nocan7',
  ]);
  await run.says(/No CAN interface nocan7 \(is the hat enabled\?\): next try in \d+ s/);
  run.kill('SIGINT');
  expect((await run.end()).code).toBe(0);
});

test('S0.83: two packdials, anywhere on the network, can hear one port when the sender broadcasts', async () => {
  const port = String(await freePort());
  const both = [
    new Packdial(['decode', '--json', '--port', port]),
    new Packdial(['decode', '--json', '--port', port]),
  ];
  for (const one of both) await one.says('Listening');
  const simulate = new Packdial(['simulate', '--port', port, '--to', '127.255.255.255', '--modules', '1']);
  for (const one of both) await one.says('"modules":1', 'stdout');
  for (const one of [...both, simulate]) one.kill();
  for (const one of [...both, simulate]) expect((await one.end()).code).toBe(0);
});

test('what is said to the journal has the priorities of the journal', async () => {
  const journal = inFolder('journal');
  const stderr = openSync(journal, 'a');
  const { dev, ino } = statSync(journal);
  const args = ['record', '--source', 'simulate', '--out', inFolder('few.log')];
  const record = spawn(process.execPath, [program, ...args], {
    env: { PATH: process.env['PATH'] ?? '', JOURNAL_STREAM: `${dev}:${ino}` },
    stdio: ['ignore', 'ignore', stderr],
  });
  closeSync(stderr);
  await until('the recording has begun', () => readFileSync(journal, 'utf8').includes('Simulated pack'));
  record.kill();
  expect(await once(record, 'exit')).toEqual([0, null]);
  expect(readFileSync(journal, 'utf8')).toMatch(
    /^<6>Simulated pack of 16 modules\n<6>\d+ frames recorded\n$/,
  );
});

import { createSocket } from 'node:dgram';
import { existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeBacklight, valueOf } from '../io/outputs/fake-backlight';
import { folderOfEachTest } from '../temporary-folder';
import { until } from '../until';
import { freePort, packdial, Packdial } from './packdial';

const folder = folderOfEachTest();

interface Machine {
  readonly framebuffer: string;
  readonly runtime: string;
  readonly backlight: string;
  readonly root: string;
  readonly run: (...args: string[]) => Packdial;
}

/** A machine with a framebuffer, a backlight and a folder of the service, all of regular files. */
function machine(): Machine {
  const [framebuffer, runtime, root] = ['fb', 'run', 'sys'].map((name) => join(folder(), name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(framebuffer, '');
  truncateSync(framebuffer, 800 * 480 * 2);
  mkdirSync(runtime);
  const backlight = makeBacklight(join(root, 'class/backlight'), 'rpi', { brightness: 90 });
  // Not what touches the machine that runs the test.
  const panel = ['--framebuffer', framebuffer, '--touch', join(folder(), 'no-touch')];
  const run = (...args: string[]): Packdial =>
    new Packdial(['run', ...panel, ...args], { RUNTIME_DIRECTORY: runtime });
  return { framebuffer, runtime, backlight, root, run };
}

const black = (file: string): boolean => readFileSync(file).every((byte) => byte === 0);

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
  '%s gives the backlight back as it was found',
  async (signal) => {
    const { backlight, runtime, run } = machine();
    const display = run('--port', String(await freePort()), '--backlight', backlight, '--brightness', '40');
    await until('the light at 40 %', () => valueOf(backlight, 'brightness') === 102);
    expect(readFileSync(join(runtime, 'glass'), 'utf8')).toContain(`${backlight}/brightness 90`);
    await display.says('info: Backlight rpi\n');
    display.kill(signal);
    expect((await display.end()).code).toBe(0);
    expect([valueOf(backlight, 'brightness'), valueOf(backlight, 'bl_power')]).toEqual([90, 0]);
    expect(existsSync(join(runtime, 'glass'))).toBe(false);
  },
);

test('after a kill the script of the service gives it back', async () => {
  const { backlight, runtime, root, run } = machine();
  const display = run('--port', String(await freePort()), '--backlight', backlight, '--brightness', '5');
  await until('the light at 5 %', () => valueOf(backlight, 'brightness') === 13);
  display.kill('SIGKILL');
  await display.end();
  spawnSync(resolve(__dirname, '../../deploy/restore-glass'), {
    env: { PATH: process.env['PATH'] ?? '', RUNTIME_DIRECTORY: runtime, GLASS_ROOT: root },
  });
  expect([valueOf(backlight, 'brightness'), existsSync(join(runtime, 'glass'))]).toEqual([90, false]);
});

test('without a touch it goes dark: warned, then off and black; an end in order lights it again', async () => {
  const { framebuffer, backlight, run } = machine();
  // 0.1 minutes: three seconds of light and three of warning, which a busy machine sees too.
  const display = run('--port', String(await freePort()), '--backlight', backlight, '--screen-off', '0.1');
  await until('the light at 100 %', () => valueOf(backlight, 'brightness') === 255);
  expect(black(framebuffer)).toBe(false);
  await until('the warning, at 10 %', () => valueOf(backlight, 'brightness') === 26);
  await until('the light off', () => valueOf(backlight, 'bl_power') === 4);
  await until('a black picture', () => black(framebuffer));
  display.kill();
  expect((await display.end()).code).toBe(0);
  expect([valueOf(backlight, 'brightness'), valueOf(backlight, 'bl_power')]).toEqual([90, 0]);
});

test('an alarm lights the dark screen again, also where only the picture can be dimmed', async () => {
  const { framebuffer, run } = machine();
  const port = await freePort();
  const display = run('--port', String(port), '--screen-off', '0.03', '--backlight', join(folder(), 'none'));
  await display.says('none refuses: it is missing): the picture itself is dimmed');
  await until('a black picture', () => black(framebuffer));
  const socket = createSocket('udp4');
  const tell = (id: number, data: string): void => {
    const datagram = Buffer.alloc(24);
    Buffer.from(data, 'hex').copy(datagram);
    datagram.writeUInt32LE(id, 8);
    datagram[23] = data.length / 2;
    socket.send(datagram, port, '127.0.0.1');
  };
  await until('a lit picture', () => {
    // 4.2 V and 3.2 V; a cell at 4.25 V.
    tell(0x652, '000000002A002000');
    tell(0x651, 'BE0F9A10E30F');
    return !black(framebuffer);
  });
  // It stays lit: nobody has acknowledged the alarm.
  await sleep(2500);
  expect(black(framebuffer)).toBe(false);
  socket.close();
  display.kill();
  expect((await display.end()).code).toBe(0);
});

test('what is set for no screen is said to do nothing', async () => {
  const display = new Packdial([
    'run',
    '--headless',
    '--data-dir',
    join(folder(), 'data'),
    '--port',
    String(await freePort()),
    '--screen-off',
    '1',
  ]);
  await display.says('Headless: there is no screen to dim');
  display.kill();
  await display.end();
});

test.each([
  ['--brightness', '4', 'a number of percent from 5 to 100'],
  ['--night-brightness', '101', 'a number of percent from 5 to 100'],
  ['--night', '9-17', 'off, or two different times of day such as 21:00-06:30'],
  ['--night', '21:00-21:00', 'off, or two different times of day such as 21:00-06:30'],
  ['--night', '24:00-06:00', 'off, or two different times of day such as 21:00-06:30'],
  ['--screen-off', '-1', 'a number of minutes from 0 to 1440'],
  ['--backlight', 'rpi', 'the path of a folder such as /sys/class/backlight/10-0045'],
])('%s %s is a mistake that is told in one sentence', async (flag, value, accepts) => {
  const { code, stderr } = await packdial(['run', flag, value]);
  expect([code, stderr]).toEqual([2, `packdial: ${flag} is "${value}", but must be ${accepts}.\n`]);
});

test('SIGUSR1 opens no inspector to whoever is on this machine', async () => {
  const { run } = machine();
  const display = run('--port', String(await freePort()));
  await display.says('first picture');
  display.kill('SIGUSR1');
  // Node tells of its inspector at once.
  await sleep(300);
  display.kill('SIGTERM');
  const { stderr } = await display.end();
  expect(stderr).toContain('first picture');
  expect(stderr).not.toMatch(/debugger|inspector/i);
});

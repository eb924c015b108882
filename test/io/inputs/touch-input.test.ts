import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  constants,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EV_SYN, SYN_DROPPED } from '../../../src/io/inputs/event-codes';
import type { PointingDevice } from '../../../src/io/inputs/input-devices';
import { TouchInput, type TouchOptions } from '../../../src/io/inputs/touch-input';
import { DeviceFolder } from '../../../src/io/inputs/device-folder';
import type { Timers } from '../../../src/io/timers';
import { UserError } from '../../../src/user-error';
import { at, bytesOf, down, report, up } from './evdev-bytes';

// Pipes stand in for the devices: they can be waited for and read in the same way.
let folder: string;
let stop: AbortController;
let running: Promise<void>;
let writers: number[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'packdial-'));
  stop = new AbortController();
  running = Promise.resolve();
  writers = [];
});
afterEach(async () => {
  stop.abort();
  await running.catch(() => undefined);
  for (const fd of writers) closeSync(fd);
  rmSync(folder, { recursive: true, force: true });
});

const panel = (): PointingDevice => ({
  name: 'Panel',
  device: { kind: 'touch', x: { minimum: 0, maximum: 799 }, y: { minimum: 0, maximum: 479 } },
  readState: () => ({ pressed: false }),
});

function plug(name: string): number {
  const path = join(folder, name);
  execFileSync('mkfifo', [path]);
  const fd = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
  writers.push(fd);
  return fd;
}

function start({ timers, ...options }: Partial<TouchOptions> & { timers?: Timers } = {}) {
  const told: string[] = [];
  const input = new TouchInput({
    width: 800,
    height: 480,
    rotate: 0,
    folder: new DeviceFolder(folder, timers),
    probe: panel,
    ...options,
  });
  running = input.run(stop.signal, {
    pointer: ({ type, x, y }) => told.push(`${type} ${x},${y}`),
    status: (text) => told.push(text),
  });
  /** Waits until this was told, and forgets all that was told so far. */
  const heard = async (text: string) => {
    for (let tries = 0; !told.includes(text); tries++) {
      if (tries > 1000) throw new Error(`told only: ${told.join('; ')}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return told.splice(0);
  };
  return { told, heard };
}

test('touches of a panel that is there come through, and closing lets go', async () => {
  const fd = plug('event0');
  const { told, heard } = start();
  expect(await heard('Touch by Panel')).toEqual(['Touch by Panel']);
  writeSync(fd, bytesOf(...at(10, 20), down, report, ...at(11, 20), report, up, report, down, report));
  expect(await heard('press 11,20')).toEqual(['press 10,20', 'move 11,20', 'release 11,20', 'press 11,20']);
  stop.abort();
  await running;
  expect(told).toEqual(['release 11,20']);
});

test('many records at once are all read', async () => {
  const fd = plug('event0');
  const { heard } = start();
  await heard('Touch by Panel');
  const moves = Array.from({ length: 500 }, (_, i) => [...at(i, 9), report]);
  writeSync(fd, bytesOf(...at(799, 9), down, report, ...moves.flat(), up, report));
  expect(await heard('release 499,9')).toHaveLength(502);
});

test('after a loss, what is queued is skipped and the state of the device counts', async () => {
  const fd = plug('event0');
  const states = [
    { pressed: false, x: 0, y: 0 },
    { pressed: false, x: 50, y: 60 },
  ];
  const { heard } = start({ probe: () => ({ ...panel(), readState: () => states.shift() }) });
  await heard('Touch by Panel');
  const loss = { type: EV_SYN, code: SYN_DROPPED, value: 0 };
  writeSync(fd, bytesOf(...at(10, 20), down, report));
  await heard('press 10,20');
  writeSync(fd, bytesOf(loss, up, report, down, report, up, report));
  expect(await heard('release 10,20')).toEqual(['release 10,20']);
  writeSync(fd, bytesOf(down, report));
  expect(await heard('press 50,60')).toEqual(['press 50,60']);
});

test('a panel is waited for, and found again after it was unplugged while touched', async () => {
  const { heard } = start();
  await heard(`No touch: waiting for a panel or mouse in ${folder}`);
  const fd = plug('event3');
  await heard('Touch by Panel');
  writeSync(fd, bytesOf(...at(10, 20), down, report));
  await heard('press 10,20');
  rmSync(join(folder, 'event3'));
  expect(await heard(`No touch: waiting for a panel or mouse in ${folder}`)).toContain('release 10,20');
  const again = plug('event3');
  await heard('Touch by Panel');
  writeSync(again, bytesOf(...at(30, 20), down, report));
  await heard('press 30,20');
});

test('a device that ends on its own is let go', async () => {
  const fd = plug('event0');
  const { heard } = start();
  await heard('Touch by Panel');
  writeSync(fd, bytesOf(...at(10, 20), down, report));
  await heard('press 10,20');
  rmSync(join(folder, 'event0'));
  closeSync(writers.pop()!);
  await heard('release 10,20');
});

test('a folder that appears only with its first device is found at the next look', async () => {
  rmSync(folder, { recursive: true });
  const looks: (() => void)[] = [];
  const timers = {
    after: (ms: number, callback: () => void) => {
      expect([200, 10_000]).toContain(ms);
      looks.push(callback);
      return () => undefined;
    },
  };
  const { heard } = start({ timers });
  await heard(`No touch: waiting for a panel or mouse in ${folder}`);
  mkdirSync(folder);
  plug('event0');
  looks.pop()?.();
  await heard('Touch by Panel');
});

test('of two devices touched at once, the first has the picture until it is let go', async () => {
  const first = plug('event0');
  const second = plug('event1');
  const { told, heard } = start();
  await heard('Touch by Panel, Panel');
  writeSync(first, bytesOf(...at(1, 1), down, report));
  await heard('press 1,1');
  writeSync(second, bytesOf(...at(700, 1), down, report, ...at(701, 1), report));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(told).toEqual([]);
  writeSync(first, bytesOf(up, report));
  await heard('release 1,1');
  writeSync(second, bytesOf(up, report, down, report));
  expect(await heard('press 701,1')).toEqual(['press 701,1']);
});

test('what does not point is left alone, as is what is no event device', async () => {
  plug('event0');
  plug('mouse0');
  const { heard } = start({ probe: () => undefined });
  await heard(`No touch: waiting for a panel or mouse in ${folder}`);
});

test('a device without permission is told of, and used once there is permission', async () => {
  plug('event0');
  let allowed = false;
  const { heard } = start({
    probe: () => {
      if (!allowed) throw Object.assign(new Error('EACCES'), { code: 'EACCES' });
      return panel();
    },
  });
  await heard(
    `No touch: ${join(folder, 'event0')} may not be read by this user: add the user to the group input, or run as root`,
  );
  allowed = true;
  chmodSync(join(folder, 'event0'), 0o660);
  await heard('Touch by Panel');
});

test('a named device is the only one, and is waited for', async () => {
  plug('event0');
  const device = join(folder, 'by-name');
  const { heard } = start({ device });
  await heard(`No touch: waiting for ${device}`);
  const fd = plug('by-name');
  await heard('Touch by Panel');
  writeSync(fd, bytesOf(...at(1, 1), down, report));
  await heard('press 1,1');
});

test('a named file that can’t point is a mistake of the user', async () => {
  const device = join(folder, 'notes.txt');
  writeFileSync(device, 'hello');
  start({ device, probe: () => { throw Object.assign(new Error('ENOTTY'), { code: 'ENOTTY' }); } }); // prettier-ignore
  await expect(running).rejects.toThrow(
    new UserError(
      `${device} is no touch panel, tablet or mouse: name another with --touch, or leave --touch out.`,
    ),
  );
});

test('nothing is opened once the signal is aborted', async () => {
  stop.abort();
  const { told } = start();
  await running;
  expect(told).toEqual([]);
});

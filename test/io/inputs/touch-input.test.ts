import { chmodSync, mkdirSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { EV_SYN, SYN_DROPPED } from '../../../src/io/inputs/event-codes';
import type { PointingDevice } from '../../../src/io/inputs/input-devices';
import { TouchInput, type TouchOptions } from '../../../src/io/inputs/touch-input';
import { DeviceFolder } from '../../../src/io/inputs/device-folder';
import type { Timers } from '../../../src/io/timers';
import { UserError } from '../../../src/base/user-error';
import { at, bytesOf, down, report, up } from './evdev-bytes';
import { PipeDevices, Told } from './pipe-devices';

let devices: PipeDevices;

beforeEach(() => {
  devices = new PipeDevices();
});
afterEach(() => devices.close());

const panel = (): PointingDevice => ({
  name: 'Panel',
  device: { kind: 'touch', x: { minimum: 0, maximum: 799 }, y: { minimum: 0, maximum: 479 } },
  readState: () => ({ pressed: false }),
});

function start({ timers, ...options }: Partial<TouchOptions> & { timers?: Timers } = {}) {
  const told = new Told();
  const input = new TouchInput({
    width: 800,
    height: 480,
    rotate: 0,
    folder: new DeviceFolder(devices.path, timers),
    probe: panel,
    ...options,
  });
  devices.running = input.run(devices.stop.signal, {
    pointer: ({ type, x, y }) => told.texts.push(`${type} ${x},${y}`),
    status: (text) => told.texts.push(text),
  });
  return { told: told.texts, heard: (text: string) => told.heard(text) };
}

test('touches of a panel that is there come through, and closing lets go', async () => {
  const fd = devices.plug('event0');
  const { told, heard } = start();
  expect(await heard('Touch by Panel')).toEqual(['Touch by Panel']);
  writeSync(fd, bytesOf(...at(10, 20), down, report, ...at(11, 20), report, up, report, down, report));
  expect(await heard('press 11,20')).toEqual(['press 10,20', 'move 11,20', 'release 11,20', 'press 11,20']);
  devices.stop.abort();
  await devices.running;
  expect(told).toEqual(['release 11,20']);
});

test('many records at once are all read', async () => {
  const fd = devices.plug('event0');
  const { heard } = start();
  await heard('Touch by Panel');
  const moves = Array.from({ length: 500 }, (_, i) => [...at(i, 9), report]);
  writeSync(fd, bytesOf(...at(799, 9), down, report, ...moves.flat(), up, report));
  expect(await heard('release 499,9')).toHaveLength(502);
});

test('after a loss, what is queued is skipped and the state of the device counts', async () => {
  const fd = devices.plug('event0');
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
  await heard(`No touch: waiting for a panel or mouse in ${devices.path}`);
  const fd = devices.plug('event3');
  await heard('Touch by Panel');
  writeSync(fd, bytesOf(...at(10, 20), down, report));
  await heard('press 10,20');
  rmSync(join(devices.path, 'event3'));
  expect(await heard(`No touch: waiting for a panel or mouse in ${devices.path}`)).toContain('release 10,20');
  const again = devices.plug('event3');
  await heard('Touch by Panel');
  writeSync(again, bytesOf(...at(30, 20), down, report));
  await heard('press 30,20');
});

test('a device that ends on its own is let go', async () => {
  const fd = devices.plug('event0');
  const { heard } = start();
  await heard('Touch by Panel');
  writeSync(fd, bytesOf(...at(10, 20), down, report));
  await heard('press 10,20');
  rmSync(join(devices.path, 'event0'));
  devices.end(fd);
  await heard('release 10,20');
});

test('a folder that appears only with its first device is found at the next look', async () => {
  rmSync(devices.path, { recursive: true });
  const looks: (() => void)[] = [];
  const timers = {
    after: (ms: number, callback: () => void) => {
      expect([200, 10_000]).toContain(ms);
      looks.push(callback);
      return () => undefined;
    },
  };
  const { heard } = start({ timers });
  await heard(`No touch: waiting for a panel or mouse in ${devices.path}`);
  mkdirSync(devices.path);
  devices.plug('event0');
  looks.pop()?.();
  await heard('Touch by Panel');
});

test('of two devices touched at once, the first has the picture until it is let go', async () => {
  const first = devices.plug('event0');
  const second = devices.plug('event1');
  const { told, heard } = start();
  await heard('Touch by Panel, Panel');
  writeSync(first, bytesOf(...at(1, 1), down, report));
  await heard('press 1,1');
  writeSync(second, bytesOf(...at(700, 1), down, report, ...at(701, 1), report));
  await devices.read(second);
  expect(told).toEqual([]);
  writeSync(first, bytesOf(up, report));
  await heard('release 1,1');
  writeSync(second, bytesOf(up, report, down, report));
  expect(await heard('press 701,1')).toEqual(['press 701,1']);
});

test('what does not point is left alone, as is what is no event device', async () => {
  devices.plug('event0');
  devices.plug('mouse0');
  const { heard } = start({ probe: () => undefined });
  await heard(`No touch: waiting for a panel or mouse in ${devices.path}`);
});

test('a device without permission is told of, and used once there is permission', async () => {
  devices.plug('event0');
  let allowed = false;
  const { heard } = start({
    probe: () => {
      if (!allowed) throw Object.assign(new Error('EACCES'), { code: 'EACCES' });
      return panel();
    },
  });
  await heard(
    `No touch: ${join(devices.path, 'event0')} may not be read by this user: add the user to the group input, or run as root`,
  );
  allowed = true;
  chmodSync(join(devices.path, 'event0'), 0o660);
  await heard('Touch by Panel');
});

test('a named device is the only one, and is waited for', async () => {
  devices.plug('event0');
  const device = join(devices.path, 'by-name');
  const { heard } = start({ device });
  await heard(`No touch: waiting for ${device}`);
  const fd = devices.plug('by-name');
  await heard('Touch by Panel');
  writeSync(fd, bytesOf(...at(1, 1), down, report));
  await heard('press 1,1');
});

test('a named file that can’t point is a mistake of the user', async () => {
  const device = join(devices.path, 'notes.txt');
  writeFileSync(device, 'hello');
  start({ device, probe: () => { throw Object.assign(new Error('ENOTTY'), { code: 'ENOTTY' }); } }); // prettier-ignore
  const { running } = devices;
  devices.running = Promise.resolve();
  await expect(running).rejects.toThrow(
    new UserError(
      `${device} is no touch panel, tablet or mouse: name another with --touch, or leave --touch out.`,
    ),
  );
});

test('nothing is opened once the signal is aborted', async () => {
  devices.stop.abort();
  const { told } = start();
  await devices.running;
  expect(told).toEqual([]);
});

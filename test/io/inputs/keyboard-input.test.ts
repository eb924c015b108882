import { rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Ioctl } from '../../../src/io/ioctl';
import { DeviceFolder } from '../../../src/io/inputs/device-folder';
import { EV_SYN, SYN_DROPPED } from '../../../src/io/inputs/event-codes';
import { keyCodes, LED_CAPSL, LED_NUML } from '../../../src/io/inputs/key-codes';
import { isKeyboard, probeKeyboard, type KeyboardDevice } from '../../../src/io/inputs/keyboard-device';
import { KeyboardInput, type KeyboardOptions } from '../../../src/io/inputs/keyboard-input';
import { bytesOf, key, report } from './evdev-bytes';
import { PipeDevices, Told } from './pipe-devices';

let devices: PipeDevices;

beforeEach(() => {
  devices = new PipeDevices();
});
afterEach(() => devices.close());

const keyboard = (): KeyboardDevice => ({ name: 'Keyboard', readState: () => undefined });
const press = (code: number) => [key(code, 1), report, key(code, 0), report];

function start(options: Partial<KeyboardOptions> = {}) {
  const told = new Told();
  const input = new KeyboardInput({ folder: new DeviceFolder(devices.path), probe: keyboard, ...options });
  devices.running = input.run(devices.stop.signal, {
    key: (event) => told.texts.push(`${event.key} ${event.action}`),
    status: (text) => told.texts.push(text),
  });
  return { told: told.texts, heard: (text: string) => told.heard(text) };
}

test('keys of a keyboard that is there come through', async () => {
  const fd = devices.plug('event0');
  const { heard } = start();
  expect(await heard('Keys by Keyboard')).toEqual(['Keys by Keyboard']);
  writeSync(fd, bytesOf(...press(keyCodes.KEY_RIGHT), ...press(keyCodes.KEY_ESC)));
  expect(await heard('Escape down')).toEqual(['Right down', 'Escape down']);
  const many = Array.from({ length: 300 }, () => press(keyCodes.KEY_A)).flat();
  writeSync(fd, bytesOf(...many, ...press(keyCodes.KEY_ENTER)));
  expect(await heard('Enter down')).toHaveLength(301);
});

test('after a loss, what is queued is skipped and the state of the keyboard counts', async () => {
  const fd = devices.plug('event0');
  const isDown = (code: number): boolean => code === keyCodes.KEY_LEFTSHIFT;
  const states = [undefined, { isDown, isLit: () => undefined }];
  const { heard } = start({ probe: () => ({ ...keyboard(), readState: () => states.shift() }) });
  await heard('Keys by Keyboard');
  writeSync(fd, bytesOf({ type: EV_SYN, code: SYN_DROPPED, value: 0 }, ...press(keyCodes.KEY_A)));
  await devices.read(fd);
  writeSync(fd, bytesOf(...press(keyCodes.KEY_B)));
  expect(await heard('B down')).toEqual(['B down']);
});

test('nothing is said of a keyboard that was never there; one that comes is used, also after it was pulled out', async () => {
  const { told, heard } = start();
  expect(told).toEqual([]);
  devices.plug('event3');
  await heard('Keys by Keyboard');
  rmSync(join(devices.path, 'event3'));
  await heard('No keyboard any more');
  const again = devices.plug('event3');
  await heard('Keys by Keyboard');
  writeSync(again, bytesOf(...press(keyCodes.KEY_LEFT)));
  await heard('Left down');
});

test('all keyboards count, and what is none is left alone', async () => {
  const first = devices.plug('event0');
  const second = devices.plug('event1');
  devices.plug('event2');
  devices.plug('mouse0');
  const found = [keyboard(), keyboard()];
  const { heard } = start({ probe: () => found.shift() });
  await heard('Keys by Keyboard, Keyboard');
  writeSync(first, bytesOf(...press(keyCodes.KEY_A)));
  await heard('a down');
  writeSync(second, bytesOf(...press(keyCodes.KEY_B)));
  await heard('b down');
});

test('a folder is watched once for all, and let go by the last', () => {
  const waiting: (() => void)[] = [];
  const timers = {
    after: (_ms: number, callback: () => void) => {
      waiting.push(callback);
      return () => void waiting.splice(waiting.indexOf(callback), 1);
    },
  };
  const folder = new DeviceFolder(devices.path, timers);
  const looks: string[] = [];
  const leaveFirst = folder.follow(() => looks.push('first'));
  const leaveSecond = folder.follow(() => looks.push('second'));
  expect([looks, waiting.length]).toEqual([['first', 'second'], 1]);
  waiting.shift()?.();
  expect([looks.slice(2), waiting.length]).toEqual([['first', 'second'], 1]);
  leaveFirst();
  folder.lookSoon();
  waiting.shift()?.();
  expect(looks.slice(4)).toEqual(['second']);
  leaveSecond();
  folder.lookSoon();
  expect(waiting).toEqual([]);
});

test('a whole keyboard is one, a power button, a remote control and a mouse with keys are none', () => {
  const having = (...codes: number[]) => ({ hasKey: (code: number) => codes.includes(code) });
  const whole = Array.from({ length: 31 }, (_, i) => i + 1);
  expect(isKeyboard(having(...whole, 57))).toBe(true);
  expect(isKeyboard(having(116))).toBe(false);
  expect(isKeyboard(having(1, 28, 103, 105, 106, 108))).toBe(false);
  expect(isKeyboard(having(...whole.slice(1)))).toBe(false);
});

test('the kernel tells the name, the keys that are held and the lamps that are lit', () => {
  const bits = (data: Buffer, codes: readonly number[]): number => {
    for (const code of codes) data[code >> 3]! |= 1 << (code & 7);
    return data.length;
  };
  const answers: Readonly<Record<number, (data: Buffer) => number>> = {
    0x06: (data) => data.write('USB Keyboard\0'),
    0x18: (data) => bits(data, [keyCodes.KEY_LEFTSHIFT]),
    0x19: (data) => bits(data, [LED_CAPSL]),
    0x21: (data) =>
      bits(
        data,
        Array.from({ length: 100 }, (_, code) => code),
      ),
    0x31: (data) => bits(data, [LED_CAPSL]),
  };
  const ioctl: Ioctl = {
    withNumber: () => 0,
    withBuffer: (_fd, request, data) => answers[request & 0xff]?.(data) ?? 0,
  };
  const found = probeKeyboard(3, ioctl);
  const state = found?.readState();
  expect(found?.name).toBe('USB Keyboard');
  expect([state?.isDown(keyCodes.KEY_LEFTSHIFT), state?.isDown(keyCodes.KEY_RIGHTSHIFT)]).toEqual([
    true,
    false,
  ]);
  expect([state?.isLit(LED_CAPSL), state?.isLit(LED_NUML)]).toEqual([true, undefined]);
});

import {
  ABS_MT_DISTANCE,
  ABS_MT_POSITION_X,
  ABS_MT_POSITION_Y,
  ABS_MT_SLOT,
  ABS_MT_TRACKING_ID,
  ABS_PRESSURE,
  ABS_X,
  ABS_Y,
  BTN_LEFT,
  BTN_TOOL_FINGER,
  BTN_TOOL_PEN,
  BTN_TOUCH,
  INPUT_PROP_ACCELEROMETER,
  INPUT_PROP_DIRECT,
  REL_X,
  REL_Y,
} from '../../../src/io/inputs/event-codes';
import { probePointer } from '../../../src/io/inputs/input-devices';
import type { Ioctl } from '../../../src/io/ioctl';

interface Fake {
  name?: string;
  keys?: number[];
  abs?: Record<number, [value: number, minimum: number, maximum: number]>;
  rel?: number[];
  properties?: number[];
  down?: number[];
  slots?: Record<number, number[]>;
}

/** Answers as the kernel's evdev driver does. */
function driver({
  name = '',
  keys = [],
  abs = {},
  rel = [],
  properties = [],
  down = [],
  slots = {},
}: Fake): Ioctl {
  const bits = (data: Buffer, codes: number[]) => {
    for (const code of codes) data[code >> 3]! |= 1 << (code & 7);
    return data.length;
  };
  return {
    withNumber: () => 0,
    withBuffer: (_fd, request, data) => {
      expect(request >>> 30).toBe(2);
      expect((request >>> 16) & 0x3fff).toBe(data.length);
      expect((request >>> 8) & 0xff).toBe('E'.charCodeAt(0));
      const nr = request & 0xff;
      if (nr === 0x06) return data.write(`${name}\0`);
      if (nr === 0x09) return bits(data, properties);
      if (nr === 0x18) return bits(data, down);
      if (nr === 0x21) return bits(data, keys);
      if (nr === 0x22) return bits(data, rel);
      if (nr === 0x23) return bits(data, Object.keys(abs).map(Number));
      if (nr === 0x0a) {
        for (const [slot, value] of (slots[data.readUInt32LE()] ?? []).entries())
          data.writeInt32LE(value, 4 + 4 * slot);
        return 0;
      }
      const axis = abs[nr - 0x40];
      if (axis === undefined) throw Object.assign(new Error('EINVAL'), { code: 'EINVAL' });
      for (const [index, value] of axis.entries()) data.writeInt32LE(value, 4 * index);
      return 0;
    },
  };
}

const xy = { [ABS_X]: [5, 0, 799], [ABS_Y]: [6, 0, 479] } as const;
const mt = { [ABS_MT_POSITION_X]: [0, 0, 1023], [ABS_MT_POSITION_Y]: [0, 0, 599] } as const;
const axes = (...all: Record<number, readonly [number, number, number]>[]) =>
  Object.assign({}, ...all) as Record<number, [number, number, number]>;

test.each<[string, Fake, string | undefined]>([
  ['a panel for one finger', { keys: [BTN_TOUCH], abs: axes(xy) }, 'touch'],
  ['a virtual machine’s tablet', { keys: [BTN_LEFT, 0x111, 0x112], abs: axes(xy), rel: [8] }, 'touch'],
  [
    'a panel for several fingers',
    { keys: [BTN_TOUCH], abs: axes(xy, mt, { [ABS_MT_SLOT]: [0, 0, 9] }) },
    'multitouch',
  ],
  // tslib#97, #102.
  [
    'a panel for several fingers without a button',
    { abs: axes(mt, { [ABS_MT_SLOT]: [0, 0, 9] }), properties: [INPUT_PROP_DIRECT] },
    'multitouch',
  ],
  [
    'one that does not say that it is touched directly',
    { abs: axes(mt, { [ABS_MT_SLOT]: [0, 0, 9] }) },
    undefined,
  ],
  [
    'a panel that lists its fingers without a button',
    { abs: axes(xy, mt), properties: [INPUT_PROP_DIRECT] },
    'unbuttoned',
  ],
  [
    'a panel that only says how hard it is pressed',
    { abs: axes(xy, { [ABS_PRESSURE]: [0, 0, 255] }), properties: [INPUT_PROP_DIRECT] },
    'pressure',
  ],
  [
    'a panel that only says that there is a finger',
    { keys: [BTN_TOOL_FINGER], abs: axes(xy), properties: [INPUT_PROP_DIRECT] },
    'tool',
  ],
  [
    'a pen that may hover',
    { keys: [BTN_TOOL_PEN], abs: axes(xy), properties: [INPUT_PROP_DIRECT] },
    undefined,
  ],
  ['a scale', { abs: axes(xy, { [ABS_PRESSURE]: [0, 0, 255] }) }, undefined],
  ['a panel that lists its fingers', { keys: [BTN_TOUCH], abs: axes(mt) }, 'listed'],
  ['a mouse', { keys: [BTN_LEFT, 0x111], rel: [REL_X, REL_Y] }, 'mouse'],
  ['a keyboard', { keys: [1, 2, 3, 30, 57] }, undefined],
  ['a keyboard with a wheel', { keys: [1, 30], rel: [8] }, undefined],
  [
    'an accelerometer',
    { keys: [BTN_TOUCH], abs: axes(xy), properties: [INPUT_PROP_ACCELEROMETER] },
    undefined,
  ],
  ['a joystick', { keys: [0x120, 0x121], abs: axes(xy) }, undefined],
  ['a gamepad with a touch pad', { keys: [0x130, BTN_LEFT], abs: axes(xy) }, undefined],
  ['axes without a button', { abs: axes(xy) }, undefined],
  ['a laptop’s touchpad', { keys: [BTN_TOUCH, BTN_LEFT, BTN_TOOL_FINGER], abs: axes(xy, mt) }, undefined],
  [
    'a panel that says it is touched directly',
    { keys: [BTN_TOUCH, BTN_TOOL_FINGER], abs: axes(xy), properties: [INPUT_PROP_DIRECT] },
    'touch',
  ],
  ['a pen tablet', { keys: [BTN_TOUCH, BTN_TOOL_FINGER, BTN_TOOL_PEN], abs: axes(xy) }, 'touch'],
])('%s', (_name, fake, kind) => {
  expect(probePointer(3, driver(fake))?.device.kind).toBe(kind);
});

test('a panel for one finger tells its name, its range and where it was touched last', () => {
  const found = probePointer(
    3,
    driver({ name: 'ADS7846 Touchscreen', keys: [BTN_TOUCH], abs: axes(xy), down: [BTN_TOUCH] }),
  );
  expect(found?.name).toBe('ADS7846 Touchscreen');
  expect(found?.device).toEqual({
    kind: 'touch',
    x: { minimum: 0, maximum: 799 },
    y: { minimum: 0, maximum: 479 },
  });
  expect(found?.readState()).toEqual({ pressed: true, x: 5, y: 6 });
});

test('a panel for several fingers tells what is in its slots', () => {
  const found = probePointer(
    3,
    driver({
      keys: [BTN_TOUCH],
      abs: axes(mt, { [ABS_MT_SLOT]: [1, 0, 1] }),
      slots: { [ABS_MT_TRACKING_ID]: [-1, 44], [ABS_MT_POSITION_X]: [1, 2], [ABS_MT_POSITION_Y]: [3, 4] },
    }),
  );
  expect(found?.device).toMatchObject({ kind: 'multitouch', x: { maximum: 1023 }, y: { maximum: 599 } });
  expect(found?.readState()).toEqual({
    pressed: false,
    slot: 1,
    slots: [
      { id: -1, x: 1, y: 3 },
      { id: 44, x: 2, y: 4 },
    ],
  });
});

test('a panel that tells how far fingers are tells it of those that are there', () => {
  const found = probePointer(
    3,
    driver({
      keys: [BTN_TOUCH],
      abs: axes(mt, { [ABS_MT_SLOT]: [0, 0, 0], [ABS_MT_DISTANCE]: [0, 0, 255] }),
      slots: {
        [ABS_MT_TRACKING_ID]: [44],
        [ABS_MT_POSITION_X]: [2],
        [ABS_MT_POSITION_Y]: [4],
        [ABS_MT_DISTANCE]: [30],
      },
    }),
  );
  expect(found?.readState()).toEqual({
    pressed: false,
    slot: 0,
    slots: [{ id: 44, x: 2, y: 4, distance: 30 }],
  });
});

test('a device that is gone has no state', () => {
  let gone = false;
  const ioctl = driver({ keys: [BTN_LEFT], rel: [REL_X, REL_Y] });
  const found = probePointer(3, {
    ...ioctl,
    withBuffer: (...args) => {
      if (gone) throw new Error('ENODEV');
      return ioctl.withBuffer(...args);
    },
  });
  expect(found?.readState()).toEqual({ pressed: false });
  gone = true;
  expect(found?.readState()).toBeUndefined();
});

test('what touches a panel without a button is known from the start', () => {
  const properties = [INPUT_PROP_DIRECT];
  const pressed = axes(xy, { [ABS_PRESSURE]: [40, 0, 255] });
  expect(probePointer(3, driver({ abs: pressed, properties }))?.readState()).toEqual({
    pressed: true,
    x: 5,
    y: 6,
  });
  const tool = { keys: [BTN_TOOL_FINGER], abs: axes(xy), properties };
  expect(probePointer(3, driver(tool))?.readState()?.pressed).toBe(false);
  expect(probePointer(3, driver({ ...tool, down: [BTN_TOOL_FINGER] }))?.readState()?.pressed).toBe(true);
});

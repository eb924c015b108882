import {
  ABS_MT_DISTANCE,
  ABS_MT_POSITION_X,
  ABS_MT_PRESSURE,
  ABS_MT_TOOL_TYPE,
  ABS_MT_TOUCH_MAJOR,
  ABS_PRESSURE,
  ABS_X,
  BTN_LEFT,
  BTN_TOOL_FINGER,
  EV_KEY,
  EV_REL,
  EV_SYN,
  MT_TOOL_PALM,
  REL_X,
  REL_Y,
  SYN_DROPPED,
  SYN_MT_REPORT,
} from '../../../src/io/inputs/event-codes';
import type { EvdevRecord } from '../../../src/io/inputs/evdev-records';
import type { DeviceState } from '../../../src/io/inputs/contact-tracker';
import { PointerDecoder, type PointerDevice } from '../../../src/io/inputs/pointer-decoder';
import type { Rotation, Size } from '../../../src/io/rotation';
import { abs, at, down, id, key, mtAt, report, slot, up } from './evdev-bytes';

const picture = { width: 800, height: 480 };
const range = (minimum: number, maximum: number) => ({ minimum, maximum });
const onePixelEach = { x: range(0, 799), y: range(0, 479) };
const dropped = { type: EV_SYN, code: SYN_DROPPED, value: 0 };

/** Feeds records to a decoder and tells its events as `press 3,4`. */
function decoder(
  device: PointerDevice,
  {
    rotation = 0,
    states = [],
    size = picture,
  }: { rotation?: Rotation; states?: (DeviceState | undefined)[]; size?: Size } = {},
) {
  const pointer = new PointerDecoder(device, size, rotation, () => states.shift());
  const tell = (events: ReturnType<typeof pointer.lift>) =>
    events.map(({ type, x, y }) => `${type} ${x},${y}`);
  return {
    feed: (...records: EvdevRecord[]) => tell(records.flatMap((record) => pointer.decode(record))),
    lift: () => tell(pointer.lift()),
  };
}

describe('a panel for one finger', () => {
  const touch: PointerDevice = { kind: 'touch', ...onePixelEach };

  test('presses, moves and releases at the end of each report', () => {
    const { feed } = decoder(touch);
    expect(feed(...at(100, 50), down)).toEqual([]);
    expect(feed(report)).toEqual(['press 100,50']);
    expect(feed(abs(ABS_X, 110), report)).toEqual(['move 110,50']);
    expect(feed(abs(ABS_X, 110), report)).toEqual([]);
    expect(feed(up, report)).toEqual(['release 110,50']);
  });

  test('a finger that hovers does nothing', () => {
    expect(decoder(touch).feed(...at(1, 2), report, ...at(3, 4), report)).toEqual([]);
  });

  test('a tablet presses with its left button', () => {
    const { feed } = decoder(touch);
    expect(feed(...at(5, 6), report, key(BTN_LEFT, 1), report, key(BTN_LEFT, 0), report)).toEqual([
      'press 5,6',
      'release 5,6',
    ]);
  });

  test('a touch at the place of the one before the start is known from the kernel, which does not repeat it', () => {
    const { feed } = decoder(touch, { states: [{ pressed: false, x: 300, y: 200 }] });
    expect(feed(down, report)).toEqual(['press 300,200']);
  });

  test('a finger that is down at the start does not count until it is lifted', () => {
    const { feed } = decoder(touch, { states: [{ pressed: true, x: 300, y: 200 }] });
    expect(feed(abs(ABS_X, 310), report, up, report)).toEqual([]);
    expect(feed(down, report)).toEqual(['press 310,200']);
  });

  test('a device that vanishes while touched is let go', () => {
    const { feed, lift } = decoder(touch);
    feed(...at(7, 8), down, report);
    expect(lift()).toEqual(['release 7,8']);
    expect(lift()).toEqual([]);
  });

  test('after lost records it goes on from what the kernel says', () => {
    const { feed } = decoder(touch, {
      states: [undefined, { pressed: true, x: 20, y: 30 }, { pressed: false, x: 40, y: 50 }],
    });
    expect(feed(...at(10, 10), down, report)).toEqual(['press 10,10']);
    expect(feed(dropped, ...at(99, 99), up, report)).toEqual(['move 20,30']);
    expect(feed(dropped, report)).toEqual(['release 20,30']);
    expect(feed(down, report)).toEqual(['press 40,50']);
    expect(feed(dropped, report)).toEqual(['release 40,50']);
  });
});

describe('the place', () => {
  test.each<[Rotation, string, string]>([
    [0, 'press 0,0', 'press 799,479'],
    [90, 'press 0,799', 'press 479,0'],
    [180, 'press 799,479', 'press 0,0'],
    [270, 'press 479,0', 'press 0,799'],
  ])('of the panel’s corners in a picture turned by %i degrees', (rotation, first, last) => {
    const size = rotation % 180 === 0 ? picture : { width: 480, height: 800 };
    const device: PointerDevice = { kind: 'touch', x: range(0, 32767), y: range(-100, 4000) };
    const { feed } = decoder(device, { rotation, size });
    expect(feed(...at(0, -100), down, report)).toEqual([first]);
    feed(up, report);
    expect(feed(...at(32767, 4000), down, report)).toEqual([last]);
  });

  test('of every pixel of a finer panel is that pixel', () => {
    const { feed } = decoder({ kind: 'touch', x: range(0, 32767), y: range(0, 32767) });
    feed(...at(0, 0), down, report);
    for (let x = 1; x < 800; x++) {
      const y = x % 480;
      const place = at(Math.floor(((x + 0.5) * 32767) / 800), Math.floor(((y + 0.5) * 32767) / 480));
      expect(feed(...place, report)).toEqual([`move ${x},${y}`]);
    }
  });

  test('stays in the picture when the device reports more than it says', () => {
    const { feed } = decoder({ kind: 'touch', ...onePixelEach });
    expect(feed(...at(-50, 5000), down, report)).toEqual(['press 0,479']);
  });

  test('is taken for pixels when the device says no range', () => {
    const { feed } = decoder({ kind: 'touch', x: range(0, 0), y: range(0, 0) });
    expect(feed(...at(123, 45), down, report)).toEqual(['press 123,45']);
  });
});

describe('a panel for several fingers', () => {
  const panel: PointerDevice = { kind: 'multitouch', ...onePixelEach };

  test('the first finger is the pointer, others are ignored until they are lifted', () => {
    const { feed } = decoder(panel);
    expect(feed(slot(0), id(1), ...mtAt(10, 20), report)).toEqual(['press 10,20']);
    expect(feed(slot(1), id(2), ...mtAt(500, 400), report)).toEqual([]);
    expect(feed(...mtAt(510, 400), slot(0), ...mtAt(11, 20), report)).toEqual(['move 11,20']);
    expect(feed(id(-1), report)).toEqual(['release 11,20']);
    expect(feed(slot(1), ...mtAt(520, 400), report)).toEqual([]);
    expect(feed(slot(0), id(3), report)).toEqual(['press 11,20']);
    expect(feed(slot(1), id(-1), report)).toEqual([]);
    expect(feed(slot(0), id(-1), report)).toEqual(['release 11,20']);
  });

  test('a finger that replaces another in its slot is a new press', () => {
    const { feed } = decoder(panel);
    feed(slot(0), id(1), ...mtAt(10, 20), report);
    expect(feed(id(2), ...mtAt(30, 40), report)).toEqual(['release 10,20', 'press 30,40']);
  });

  test('the emulation of a single finger that such panels send along is ignored', () => {
    const { feed } = decoder(panel);
    expect(feed(id(1), ...mtAt(10, 20), down, ...at(700, 400), report)).toEqual(['press 10,20']);
  });

  // tslib#84.
  test('a finger that hovers is no touch until it comes down, and none when it rises again', () => {
    const { feed } = decoder(panel);
    expect(feed(slot(0), id(1), abs(ABS_MT_DISTANCE, 30), ...mtAt(10, 20), report)).toEqual([]);
    expect(feed(...mtAt(11, 21), abs(ABS_MT_DISTANCE, 4), report)).toEqual([]);
    expect(feed(abs(ABS_MT_DISTANCE, 0), report)).toEqual(['press 11,21']);
    expect(feed(...mtAt(12, 22), report)).toEqual(['move 12,22']);
    expect(feed(abs(ABS_MT_DISTANCE, 9), report)).toEqual(['release 12,22']);
    expect(feed(...mtAt(40, 50), report)).toEqual([]);
    expect(feed(id(-1), report)).toEqual([]);
    // The kernel leaves out a distance that is as before.
    expect(feed(id(2), ...mtAt(60, 70), report)).toEqual([]);
    expect(feed(abs(ABS_MT_DISTANCE, 0), report)).toEqual(['press 60,70']);
    expect(feed(id(-1), report)).toEqual(['release 60,70']);
  });

  test('a hovering finger does not keep another from touching, nor does the ball of the hand', () => {
    const { feed } = decoder(panel);
    feed(slot(0), id(1), abs(ABS_MT_DISTANCE, 30), ...mtAt(10, 20), report);
    expect(feed(slot(1), id(2), abs(ABS_MT_TOOL_TYPE, MT_TOOL_PALM), ...mtAt(1, 2), report)).toEqual([]);
    expect(feed(slot(2), id(3), ...mtAt(300, 200), report)).toEqual(['press 300,200']);
    expect(feed(abs(ABS_MT_TOOL_TYPE, MT_TOOL_PALM), report)).toEqual(['release 300,200']);
  });

  test('a finger that hovered when we came counts once it comes down', () => {
    const { feed } = decoder(panel, {
      states: [{ pressed: false, slot: 0, slots: [{ id: 4, x: 10, y: 20, distance: 30 }] }],
    });
    expect(feed(...mtAt(15, 25), report)).toEqual([]);
    expect(feed(abs(ABS_MT_DISTANCE, 0), report)).toEqual(['press 15,25']);
  });

  test('a slot whose end was lost does not keep others from touching once nothing does', () => {
    const { feed } = decoder(panel);
    feed(slot(0), id(1), ...mtAt(10, 20), down, report);
    expect(feed(up, report)).toEqual(['release 10,20']);
    expect(feed(slot(1), id(2), ...mtAt(300, 200), down, report)).toEqual(['press 300,200']);
    expect(feed(id(-1), up, report)).toEqual(['release 300,200']);
    expect(feed(slot(0), id(3), ...mtAt(11, 21), down, report)).toEqual(['press 11,21']);
  });

  test('the button goes up for a finger that hovers beside one that touches, which stays', () => {
    const { feed } = decoder(panel);
    feed(slot(0), id(1), ...mtAt(10, 20), down, report);
    expect(feed(slot(1), id(2), abs(ABS_MT_DISTANCE, 9), ...mtAt(1, 2), up, report)).toEqual([]);
    expect(feed(slot(0), ...mtAt(12, 20), report)).toEqual(['move 12,20']);
  });

  test('slots beyond any panel are ignored', () => {
    const { feed } = decoder(panel);
    expect(feed(slot(9999), id(1), ...mtAt(10, 20), slot(-1), id(2), report)).toEqual([]);
  });

  test('starts with the slot and the positions that the kernel has', () => {
    const { feed } = decoder(panel, {
      states: [
        {
          pressed: true,
          slot: 1,
          slots: [
            { id: 7, x: 1, y: 2 },
            { id: -1, x: 300, y: 400 },
          ],
        },
      ],
    });
    // Slot 1, though no record has said so; at its old place; the finger in slot 0 began unseen.
    expect(feed(id(8), report)).toEqual(['press 300,400']);
  });

  test('after lost records the finger that is still down goes on, and one that was replaced is let go', () => {
    const one = (finger: number, x: number) => ({ pressed: true, slot: 0, slots: [{ id: finger, x, y: 5 }] });
    const { feed } = decoder(panel, { states: [undefined, one(1, 60), one(2, 70)] });
    expect(feed(id(1), ...mtAt(50, 5), report)).toEqual(['press 50,5']);
    expect(feed(dropped, id(-1), report)).toEqual(['move 60,5']);
    expect(feed(dropped, report)).toEqual(['release 60,5']);
    expect(feed(id(-1), report, id(3), report)).toEqual(['press 70,5']);
  });
});

test('a panel that lists its fingers each time counts the first', () => {
  const end = { type: EV_SYN, code: SYN_MT_REPORT, value: 0 };
  const { feed } = decoder({ kind: 'listed', ...onePixelEach });
  expect(feed(down, ...mtAt(10, 20), end, ...mtAt(500, 400), end, report)).toEqual(['press 10,20']);
  expect(feed(abs(ABS_MT_POSITION_X, 12), end, ...mtAt(500, 400), end, report)).toEqual(['move 12,20']);
  expect(feed(up, end, report)).toEqual(['release 12,20']);
});

test('a mouse clicks where it was moved to, within the picture as it is seen', () => {
  const move = (x: number, y: number) => [
    { type: EV_REL, code: REL_X, value: x },
    { type: EV_REL, code: REL_Y, value: y },
    report,
  ];
  const { feed } = decoder({ kind: 'mouse' }, { rotation: 90, size: { width: 480, height: 800 } });
  const click = [{ type: EV_KEY, code: BTN_LEFT, value: 1 }, report];
  expect(feed(...move(-10, 20), ...click)).toEqual(['press 230,420']);
  expect(feed(...move(10_000, -10_000))).toEqual(['move 479,0']);
  expect(feed(...move(-1, 1))).toEqual(['move 478,1']);
  expect(feed({ type: EV_KEY, code: BTN_LEFT, value: 0 }, report)).toEqual(['release 478,1']);
});

describe('a panel that lists its fingers, without a button', () => {
  const listing: PointerDevice = { kind: 'unbuttoned', ...onePixelEach };
  const next = { type: EV_SYN, code: SYN_MT_REPORT, value: 0 };

  test('is touched by a list with a finger, and let go by one without', () => {
    const { feed } = decoder(listing);
    expect(feed(next, report)).toEqual([]);
    expect(feed(...mtAt(10, 20), next, report)).toEqual(['press 10,20']);
    expect(feed(...mtAt(11, 20), next, report)).toEqual(['move 11,20']);
    expect(feed(next, report)).toEqual(['release 11,20']);
    // Drivers for one finger leave the end of its part out.
    expect(feed(...mtAt(30, 40), report)).toEqual(['press 30,40']);
    expect(feed(report)).toEqual(['release 30,40']);
  });

  test('goes by its first finger alone', () => {
    const { feed } = decoder(listing);
    const finger = (number: number, x: number) => [id(number), ...mtAt(x, 20), next];
    expect(feed(...finger(7, 10), report)).toEqual(['press 10,20']);
    expect(feed(...finger(8, 500), ...finger(7, 12), report)).toEqual(['move 12,20']);
    expect(feed(...finger(8, 500), report)).toEqual(['release 12,20']);
    expect(feed(...finger(8, 510), report)).toEqual([]);
    expect(feed(next, report)).toEqual([]);
    expect(feed(...finger(9, 30), report)).toEqual(['press 30,20']);
  });

  test('what hovers, and the ball of the hand, is no touch', () => {
    const { feed } = decoder(listing);
    expect(feed(abs(ABS_MT_DISTANCE, 9), ...mtAt(1, 2), next, report)).toEqual([]);
    expect(feed(abs(ABS_MT_DISTANCE, 9), ...mtAt(1, 2), next, ...mtAt(3, 4), next, report)).toEqual([
      'press 3,4',
    ]);
    expect(feed(abs(ABS_MT_TOOL_TYPE, MT_TOOL_PALM), ...mtAt(1, 2), next, report)).toEqual(['release 3,4']);
  });

  test.each([
    ['size', ABS_MT_TOUCH_MAJOR],
    ['pressure', ABS_MT_PRESSURE],
  ])('a finger without any %s is lifted', (_, axis) => {
    const { feed } = decoder(listing);
    expect(feed(abs(axis, 30), ...mtAt(10, 20), next, report)).toEqual(['press 10,20']);
    expect(feed(abs(axis, 0), ...mtAt(10, 20), next, report)).toEqual(['release 10,20']);
  });

  test('after lost records the next list counts', () => {
    const { feed } = decoder(listing);
    feed(...mtAt(10, 20), next, report);
    expect(feed(dropped, ...mtAt(99, 99), next, report)).toEqual(['release 10,20']);
    expect(feed(...mtAt(12, 20), next, report)).toEqual(['press 12,20']);
  });
});

test.each([
  ['pressure', [abs(ABS_PRESSURE, 40)], [abs(ABS_PRESSURE, 0)]],
  ['tool', [key(BTN_TOOL_FINGER, 1)], [key(BTN_TOOL_FINGER, 0)]],
] as const)('a panel without BTN_TOUCH is touched by its %s', (kind, touch, lift) => {
  const { feed } = decoder({ kind, ...onePixelEach });
  expect(feed(...at(10, 20), report)).toEqual([]);
  expect(feed(...touch, report)).toEqual(['press 10,20']);
  expect(feed(...at(11, 20), report)).toEqual(['move 11,20']);
  expect(feed(...lift, report)).toEqual(['release 11,20']);
  const stale = decoder({ kind, ...onePixelEach }, { states: [{ pressed: true, x: 1, y: 2 }] });
  expect(stale.feed(...at(3, 4), report)).toEqual([]);
});

test('an axis whose range begins with its greatest value counts down', () => {
  const { feed } = decoder({ kind: 'touch', x: range(4095, 0), y: range(0, 4095) });
  expect(feed(...at(4095, 0), down, report)).toEqual(['press 0,0']);
  expect(feed(...at(0, 4095), report)).toEqual(['move 799,479']);
  expect(feed(...at(3072, 0), report)).toEqual(['move 199,0']);
});

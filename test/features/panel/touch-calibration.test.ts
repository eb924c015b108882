import fc from 'fast-check';
import { createCalibration } from '../../../src/features/panel/create-calibration';
import { TouchCalibration } from '../../../src/features/panel/touch-calibration';
import { BTN_TOUCH, EV_ABS, EV_KEY, EV_SYN } from '../../../src/io/inputs/event-codes';
import { PointerDecoder, type PointerDevice } from '../../../src/io/inputs/pointer-decoder';
import type { PointerEvent } from '../../../src/io/inputs/pointer-event';
import { areaOnPanel, rotations, turnedSize, type Rotation } from '../../../src/io/rotation';
import { parseMatrix } from '../../../src/protocol/touch-matrix';
import { crossPlaces } from '../../../src/screens/calibration/calibration-desk';
import { resolveSettings } from '../../../src/settings/resolve-settings';
import { desk } from '../../screens/config/config-stories';
import { until } from '../../until';

const glass = { width: 800, height: 480 };
const range = { minimum: 0, maximum: 4095 };
const device: PointerDevice = { kind: 'touch', x: range, y: range };

interface Place {
  readonly x: number;
  readonly y: number;
}

/** What a panel's axes tell for a place on the glass, 0 to 1. */
type Axes = (place: Place) => Place;

/** A panel whose axes tell something of their own, a picture on it, and a calibration. */
function start(axes: Axes, rotate: Rotation = 0, matrix = '') {
  const picture = turnedSize(glass, rotate);
  let now = 0;
  const ended: (string | undefined)[] = [];
  const calibration = new TouchCalibration({
    clock: { monotonic: () => now },
    picture,
    rotate,
    tuning: { matrix: parseMatrix(matrix) },
    ended: (kept) => ended.push(kept),
    changed: () => undefined,
  });
  const decoder = new PointerDecoder(device, picture, rotate, () => undefined, calibration.tuning);
  const feed = (type: number, code: number, value: number): PointerEvent[] =>
    decoder.decode({ type, code, value });
  /** A finger on a pixel of the picture. Returns what came of it beyond the calibration. */
  const touch = (at: Place): PointerEvent[] => {
    const pixel = areaOnPanel({ ...at, width: 1, height: 1 }, glass, rotate);
    const told = axes({ x: (pixel.x + 0.5) / glass.width, y: (pixel.y + 0.5) / glass.height });
    feed(EV_ABS, 0, Math.round(told.x));
    feed(EV_ABS, 1, Math.round(told.y));
    feed(EV_KEY, BTN_TOUCH, 1);
    const events = feed(EV_SYN, 0, 0);
    feed(EV_KEY, BTN_TOUCH, 0);
    events.push(...feed(EV_SYN, 0, 0));
    return events.filter((event) => !calibration.pointer(event));
  };
  const crosses = crossPlaces(picture.width, picture.height);
  return {
    calibration,
    ended,
    picture,
    crosses,
    touch,
    touchCrosses: () => crosses.map(touch),
    pass: (ms: number) => {
      now += ms;
      calibration.look();
    },
  };
}

const plain: Axes = ({ x, y }) => ({ x: x * 4095, y: y * 4095 });
/** The axes of a panel that is mounted the other way round: swapped, and one mirrored. */
const swapped: Axes = ({ x, y }) => ({ x: (1 - y) * 4095, y: x * 4095 });

test('case 7: after the four crosses of any panel each touch lands within two pixels', () => {
  const contact = fc.tuple(fc.integer({ min: 0, max: 1200 }), fc.integer({ min: 2400, max: 4095 }));
  const panel = fc.record({
    swap: fc.boolean(),
    mirrorX: fc.boolean(),
    mirrorY: fc.boolean(),
    x: contact,
    y: contact,
    shear: fc.tuple(fc.integer({ min: -4, max: 4 }), fc.integer({ min: -4, max: 4 })),
  });
  const place = fc.record({ x: fc.integer({ min: 0, max: 479 }), y: fc.integer({ min: 0, max: 479 }) });
  fc.assert(
    fc.property(panel, fc.constantFrom(...rotations), fc.array(place), (made, rotate, places) => {
      const { touchCrosses, touch, calibration, ended } = start(({ x, y }) => {
        const [left, top] = [made.mirrorX ? 1 - x : x, made.mirrorY ? 1 - y : y];
        const [a, b] = made.swap ? [top, left] : [left, top];
        const [dx, dy] = made.shear;
        return {
          x: made.x[0] + a * (made.x[1] - made.x[0]) + (b - 0.5) * 40 * dx,
          y: made.y[0] + b * (made.y[1] - made.y[0]) + (a - 0.5) * 40 * dy,
        };
      }, rotate);
      calibration.begin();
      expect(touchCrosses().flat()).toEqual([]);
      expect(calibration.step).toEqual({ kind: 'trial' });
      calibration.keep();
      expect(ended).toEqual([expect.stringMatching(/^(-?[\d.]+ ?){6}$/)]);
      // As the next start reads it.
      const kept = start(() => ({ x: 0, y: 0 }), rotate, ended[0]);
      expect(kept.calibration.tuning.matrix).toBeDefined();
      for (const { x, y } of places) {
        const [press] = touch({ x, y });
        expect(Math.max(Math.abs(press!.x - x), Math.abs(press!.y - y))).toBeLessThanOrEqual(2);
      }
    }),
    { numRuns: 300 },
  );
});

test('touches of crosses do nothing else; on trial they do, by the new calibration', () => {
  const { calibration, touch, touchCrosses } = start(swapped);
  expect(touch({ x: 700, y: 40 })).toHaveLength(2);
  calibration.begin();
  expect(touchCrosses().flat()).toEqual([]);
  expect(touch({ x: 700, y: 40 })).toMatchObject([{ type: 'press', x: 700, y: 40 }, { type: 'release' }]);
});

test.each([
  ['nothing is touched', 0],
  ['two crosses were touched', 2],
  ['the trial is not confirmed', 4],
])('the old calibration is back after 30 s when %s', (_, touches) => {
  const { calibration, crosses, touch, pass, ended } = start(swapped, 0, '-1 0 1 0 1 0');
  calibration.begin();
  for (const cross of crosses.slice(0, touches)) touch(cross);
  pass(29_900);
  expect(calibration.stands).toBe(true);
  pass(200);
  expect([calibration.stands, calibration.tuning.matrix, ended]).toEqual([
    false,
    [-1, 0, 1, 0, 1, 0],
    [undefined],
  ]);
});

test('each touch gives another 30 s, and nothing is over twice', () => {
  const { calibration, crosses, touch, pass, ended } = start(plain);
  calibration.begin();
  for (const cross of crosses) {
    pass(25_000);
    touch(cross);
  }
  pass(25_000);
  expect(calibration.step.kind).toBe('trial');
  calibration.cancel();
  calibration.cancel();
  calibration.keep();
  expect(ended).toEqual([undefined]);
});

test('touches that do not fit together are refused with how far, and it begins anew', () => {
  const { calibration, crosses, touch, touchCrosses } = start(plain);
  calibration.begin();
  for (const cross of crosses.slice(0, 3)) touch(cross);
  touch({ x: crosses[3]!.x + 120, y: crosses[3]!.y });
  expect(calibration.step).toEqual({ kind: 'cross', index: 0, problem: { kind: 'apart', pixels: 120 } });
  expect(calibration.tuning.matrix).toBeUndefined();
  touchCrosses();
  expect(calibration.step.kind).toBe('trial');
  calibration.again();
  expect([calibration.step, calibration.tuning.matrix]).toEqual([{ kind: 'cross', index: 0 }, undefined]);
});

test('four touches of one place, or on one line, are none', () => {
  const { calibration, touch } = start(plain);
  calibration.begin();
  for (let i = 0; i < 4; i++) touch({ x: 400 + i, y: 240 });
  expect(calibration.step).toEqual({ kind: 'cross', index: 0, problem: { kind: 'close' } });
  for (let i = 0; i < 4; i++) touch({ x: 100 + 150 * i, y: 240 });
  expect(calibration.step).toEqual({ kind: 'cross', index: 0, problem: { kind: 'close' } });
});

test('a finger that was down before, and a mouse, touch no cross', () => {
  const { calibration } = start(plain);
  calibration.begin();
  expect(calibration.pointer({ type: 'release', x: 1, y: 1, panel: { x: 0.1, y: 0.1 } })).toBe(true);
  expect(calibration.pointer({ type: 'press', x: 1, y: 1 })).toBe(false);
  expect(calibration.step).toEqual({ kind: 'cross', index: 0 });
});

test('a wild value when a resistive panel is let go counts for nothing', () => {
  const { calibration, crosses } = start(plain);
  calibration.begin();
  for (const { x, y } of crosses) {
    const panel = { x: (x + 0.5) / 800, y: (y + 0.5) / 480 };
    calibration.pointer({ type: 'press', x, y, panel });
    for (let i = 0; i < 3; i++) calibration.pointer({ type: 'move', x, y, panel });
    calibration.pointer({ type: 'release', x, y, panel: { x: 0.9, y: 0.1 } });
  }
  expect(calibration.tuning.matrix?.map((number) => Number(number.toFixed(3)) + 0)).toEqual([
    1, 0, 0, 0, 1, 0,
  ]);
});

test('what is kept is written and holds without a restart; what the file asks for is asked for once', async () => {
  for (const values of [{}, { calibrateTouch: true }]) {
    const { editor, written, ...told } = desk({ values });
    const calibration = createCalibration({
      settings: resolveSettings([{ values, describe: (name) => name }]),
      origin: { file: 'settings.json', inFile: values, elsewhere: new Map(), notice: undefined },
      clock: { monotonic: () => 0, wall: () => new Date(0) },
      picture: glass,
      changed: () => undefined,
      save: (changes) => editor.save(changes),
    });
    calibration.begin();
    for (const { x, y } of crossPlaces(800, 480)) {
      const panel = { x: (x + 0.5) / 800, y: 1 - (y + 0.5) / 480 };
      for (const type of ['press', 'release'] as const) calibration.pointer({ type, x, y, panel });
    }
    calibration.keep();
    await until('it is written', () => written.length > 0);
    expect(parseMatrix(String(written[0]!['touchMatrix']))).toBeDefined();
    expect(written[0]!['calibrateTouch']).toBe('calibrateTouch' in values ? false : undefined);
    expect(told.restarts).toBe(0);
    await until('the editor is done', () => editor.saving.state === 'done');
    calibration.begin();
    calibration.cancel();
    expect(written).toHaveLength(1);
  }
});

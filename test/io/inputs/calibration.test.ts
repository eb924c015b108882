import { closeSync, mkdirSync, openSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseMatrix } from '../../../src/protocol/touch-matrix';
import { calibrated, udevCalibration } from '../../../src/io/inputs/calibration';
import { PointerDecoder, type PointerDevice } from '../../../src/io/inputs/pointer-decoder';
import { TouchInput } from '../../../src/io/inputs/touch-input';
import { DeviceFolder } from '../../../src/io/inputs/device-folder';
import { resolveSettings } from '../../../src/settings/resolve-settings';
import { temporaryFolder } from '../../temporary-folder';
import { at, bytesOf, down, report, up } from './evdev-bytes';
import { PipeDevices, Told } from './pipe-devices';

const top = temporaryFolder();
const picture = { width: 800, height: 480 };

/** Where a touch at these raw values lands. */
function lands(
  matrix: string,
  x: number,
  y: number,
  range: readonly [number, number] = [0, 4095],
  rotate: 0 | 180 = 0,
) {
  const [minimum, maximum] = range;
  const axes = { x: { minimum, maximum }, y: { minimum, maximum } };
  const parsed = parseMatrix(matrix);
  const device: PointerDevice = { kind: 'touch', ...axes, ...(parsed !== undefined && { matrix: parsed }) };
  const pointer = new PointerDecoder(device, picture, rotate);
  const [event] = [...at(x, y), down, report].flatMap((record) => pointer.decode(record));
  return [event?.x, event?.y];
}

test.each([
  ['as it is', '1 0 0 0 1 0', 410, 3686, [80, 432]],
  ['swapped', '0 1 0 1 0 0', 3686, 410, [80, 432]],
  ['mirrored left and right', '-1 0 1 0 1 0', 3686, 3686, [79, 432]],
  ['mirrored up and down', '1 0 0 0 -1 1', 410, 410, [80, 431]],
  ['turned by a quarter', '0 1 0 -1 0 1', 410, 410, [80, 431]],
])('a panel whose axes are %s is mended by six numbers', (_, matrix, x, y, place) => {
  expect(lands(matrix, x, y)).toEqual(place);
});

test('goodtft/LCD-show#106: contacts of 290 to 4000 within 0 to 4095 reach the edges, and stay on the picture', () => {
  const span = 4096 / (4000 - 290);
  const matrix = `${span.toFixed(4)} 0 ${(-290 / 3710).toFixed(4)} 0 ${span.toFixed(4)} ${(-290 / 3710).toFixed(4)}`;
  expect(lands(matrix, 290, 290)).toEqual([0, 0]);
  expect(lands(matrix, 4000, 4000)).toEqual([799, 479]);
  expect(lands(matrix, 0, 4095)).toEqual([0, 479]);
  expect(lands('', 290, 4000)).toEqual([56, 468]);
});

test('the picture is turned beside it', () => {
  expect(lands('0 1 0 1 0 0', 3686, 410, [0, 4095], 180)).toEqual([719, 47]);
});

test('the plain matrix lands where none does, whatever the values', () => {
  fc.assert(
    fc.property(fc.integer({ min: -500, max: 5000 }), fc.integer({ min: -500, max: 5000 }), (x, y) => {
      const [a = 0, b = 0] = lands('1 0 0 0 1 0', x, y);
      const [c = 0, d = 0] = lands('', x, y);
      expect(Math.max(Math.abs(a - c), Math.abs(b - d))).toBeLessThanOrEqual(1);
    }),
  );
});

test.each([
  '',
  '1 0 0 0 1',
  '1 0 0 0 1 0 0',
  '1 0 0 0 one 0',
  '0 0 0 0 0 0',
  '1 1 0 1 1 0',
  '1e9 0 0 0 1 0',
  'NaN 0 0 0 1 0',
  '99999 0 0 0 1 0',
])('no matrix is %j', (text) => {
  expect(parseMatrix(text)).toBeUndefined();
  const resolve = (): unknown =>
    resolveSettings([{ values: { touchMatrix: text }, describe: () => '--touch-matrix' }]);
  if (text === '') expect(resolve()).toMatchObject({ touchMatrix: '' });
  else expect(resolve).toThrow('must be six numbers such as 0 1 0 1 0 0');
});

test('what udev says of a device is found by its numbers', () => {
  const fd = openSync('/dev/null', 'r');
  const folder = join(top, 'udev');
  mkdirSync(folder);
  expect(udevCalibration(fd, folder)).toEqual({});
  expect(statSync('/dev/null').rdev).toBe(0x103);
  writeFileSync(
    join(folder, 'c1:3'),
    'I:1234\nE:ID_INPUT_TOUCHSCREEN=1\nE:LIBINPUT_CALIBRATION_MATRIX=0 -1 1 1 0 0\n',
  );
  expect(udevCalibration(fd, folder)).toEqual({ matrix: [0, -1, 1, 1, 0, 0] });
  writeFileSync(join(folder, 'c1:3'), 'E:LIBINPUT_CALIBRATION_MATRIX=broken\n');
  expect(udevCalibration(fd, folder)).toEqual({ unfit: 'broken' });
  writeFileSync(join(folder, 'c1:3'), 'E:LIBINPUT_CALIBRATION_MATRIX=\n');
  expect(udevCalibration(fd, folder)).toEqual({});
  closeSync(fd);
  expect(calibrated({ x: 0.25, y: 0.5 }, [0, -1, 1, 1, 0, 0])).toEqual({ x: 0.5, y: 0.25 });
});

test('the setting goes before udev', async () => {
  const devices = new PipeDevices();
  const fd = devices.plug('event0');
  const told = new Told();
  const ranges = { x: { minimum: 0, maximum: 799 }, y: { minimum: 0, maximum: 479 } };
  const input = new TouchInput({
    ...picture,
    rotate: 0,
    folder: new DeviceFolder(devices.path),
    tuning: { matrix: parseMatrix('-1 0 1 0 1 0') },
    probe: () => ({
      name: 'panel',
      device: { kind: 'touch', ...ranges, matrix: [1, 0, 0, 0, -1, 1] },
      readState: () => undefined,
    }),
  });
  devices.running = input.run(devices.stop.signal, {
    pointer: ({ type, x, y }) => told.texts.push(`${type} ${x},${y}`),
    status: (text) => told.texts.push(text),
  });
  await told.heard('Touch by panel');
  writeSync(fd, bytesOf(...at(100, 50), down, report, ...at(101, 50), report, up, report));
  expect(await told.heard('release 698,50')).toEqual(['press 699,50', 'move 698,50', 'release 698,50']);
  await devices.close();
});

test.each([
  ['0 1 0 1 0 0 0 0 1', [0, 1, 0, 1, 0, 0]],
  ['1.0 0. .5 +0 1e0 -5e-02', [1, 0, 0.5, 0, 1, -0.05]],
  ['  1,0,0, 0,-1,1\n', [1, 0, 0, 0, -1, 1]],
])('a matrix may be written so: %j', (text, matrix) => expect(parseMatrix(text)).toEqual(matrix));

test.each([
  '',
  '1 0 0 0 1',
  '1 0 0 0 1 0 0',
  '1 0 0 0 1 0 0 0 2',
  '1 0 0 0 1 nan',
  '1 0 0 0 0x1 0',
  '1e9 0 0 0 1 0',
  '1 2 0 2 4 0',
  '0 0 0 0 0 0',
  'identity',
])('is no matrix, or a singular one: %j', (text) => expect(parseMatrix(text)).toBeUndefined());

import { parseGeometry, readGeometry } from '../../../src/io/outputs/framebuffer-geometry';
import { pixelFormats } from '../../../src/io/outputs/pixel-format';
import { UserError } from '../../../src/base/user-error';

/** struct fb_var_screeninfo of a Raspberry Pi's panel, changed by word index. */
function variable(changes: Record<number, number> = {}): Buffer {
  const words: Record<number, number> = {
    0: 800,
    1: 480,
    2: 800,
    3: 480,
    6: 16,
    8: 11,
    9: 5,
    11: 5,
    12: 6,
    14: 0,
    15: 5,
    ...changes,
  };
  const data = Buffer.alloc(160);
  for (const [index, value] of Object.entries(words)) data.writeUInt32LE(value, Number(index) * 4);
  return data;
}

/** struct fb_fix_screeninfo as a 64-bit (80 bytes) or 32-bit process (68 bytes) gets it. */
function fixed(sizeOfLong: 4 | 8, { type = 0, visual = 2, stride = 1600 } = {}): Buffer {
  const data = Buffer.alloc(sizeOfLong === 8 ? 80 : 68);
  data.write('vc4drmfb');
  data.writeUInt32LE(768_000, sizeOfLong === 8 ? 24 : 20);
  data.writeUInt32LE(type, sizeOfLong === 8 ? 28 : 24);
  data.writeUInt32LE(visual, sizeOfLong === 8 ? 36 : 32);
  data.writeUInt32LE(stride, sizeOfLong === 8 ? 48 : 44);
  return data;
}

test.each([4, 8] as const)('reads the structures of a process whose long has %i bytes', (size) => {
  expect(parseGeometry('/dev/fb0', variable({ 4: 3, 5: 480 }), fixed(size, { stride: 1664 }), size)).toEqual({
    width: 800,
    height: 480,
    stride: 1664,
    offsetX: 3,
    offsetY: 480,
    format: pixelFormats.RGB565,
  });
});

test('the size of the panel tells its dots per inch, where the driver knows it', () => {
  const density = (width: number, height: number, pixels: Record<number, number> = {}): number | undefined =>
    parseGeometry('/dev/fb0', variable({ ...pixels, 22: height, 23: width }), fixed(8), 8).density;
  // The official 7" panel of the Raspberry Pi, the same told turned, and one of 4.3 inches.
  expect(density(154, 86)).toBeCloseTo(134.3, 1);
  expect(density(86, 154)).toBeCloseTo(134.3, 1);
  expect(density(95, 54)).toBeCloseTo(216.9, 1);
  const unknown = [
    [0, 0],
    [0xffffffff, 0xffffffff],
    [1, 1],
    [154, 0],
    [2999, 2999],
  ] as const;
  expect(unknown.map(([width, height]) => density(width, height))).toEqual(unknown.map(() => undefined));
});

test('reads 32-bit colour', () => {
  const data = variable({ 6: 32, 8: 16, 9: 8, 11: 8, 12: 8, 14: 0, 15: 8, 17: 24, 18: 8 });
  const { format } = parseGeometry('/dev/fb0', data, fixed(8, { stride: 3200 }), 8);
  expect(format).toEqual(pixelFormats.ARGB8888);
});

test.each([
  ['8-bit palette (visual 3)', { 6: 8 }, { visual: 3 }],
  ['24-bit', { 6: 24 }, {}],
  ['16-bit palette (visual 4)', {}, { visual: 4 }],
  ['4-bit planar or text (type 3)', { 6: 4 }, { type: 3 }],
  ['8-bit grayscale', { 6: 8, 7: 1 }, {}],
  ['16-bit', { 10: 1 }, {}],
  ['16-bit', { 9: 9 }, {}],
  ['16-bit', { 8: 14 }, {}],
  ['16-bit', { 15: 0 }, {}],
])('refuses %s pixels', (name, changes, kind) => {
  expect(() => parseGeometry('/dev/fb3', variable(changes), fixed(8, kind), 8)).toThrow(
    new UserError(
      `/dev/fb3 has ${name} pixels: set its mode to 16 or 32 bits of true colour (fbset -depth 16, or framebuffer_depth=16 in config.txt).`,
    ),
  );
});

test('refuses lines that are shorter than the picture', () => {
  expect(() => parseGeometry('/dev/fb0', variable(), fixed(8, { stride: 1598 }), 8)).toThrow(UserError);
});

test('asks the driver with two requests', () => {
  const requests: number[] = [];
  const size = process.arch.includes('64') ? 8 : 4;
  const geometry = readGeometry('/dev/fb0', 7, {
    withNumber: () => 0,
    withBuffer: (fd, request, data) => {
      expect(fd).toBe(7);
      requests.push(request);
      (request === 0x4600 ? variable() : fixed(size)).copy(data);
      return 0;
    },
  });
  expect(requests).toEqual([0x4600, 0x4602]);
  expect(geometry.stride).toBe(1600);
});

import fc from 'fast-check';
import { ByteWriter, type PixelBlock } from '../../src/protocol/rfb-block';
import { compactPixel, tightPixel, wholePixel, type PixelBytes } from '../../src/protocol/rfb-compact-pixels';
import type { RfbPixelFormat } from '../../src/protocol/rfb-pixel-format';
import { allocatePixels, pixelTranslation } from '../../src/protocol/rfb-pixels';
import { compactLength, TightRectangles } from '../../src/protocol/rfb-tight';
import { zrleCapacity, ZrleTiles } from '../../src/protocol/rfb-zrle';
import { pixelFormat, pixels, usualFormat, usualFormats } from './rfb-arbitraries';
import { Bytes, compactLengthOf, decodeRaw, decodeTight, decodeZrle } from './rfb-decoders';

/** What a pixel of 0x00RRGGBB is on the wire, by the words of RFC 6143, 7.4; as a word of memory. */
function onTheWire(colour: number, format: RfbPixelFormat): number {
  const { red, green, blue, bitsPerPixel, bigEndian } = format;
  const parts = [red, green, blue].map(({ max, shift }, i) => {
    const value = (colour >>> (16 - 8 * i)) & 0xff;
    return BigInt(Math.round((value * max) / 255)) << BigInt(shift);
  });
  const bytes = Buffer.alloc(4);
  const pixel = Number(parts.reduce((a, b) => a | b));
  const length = bitsPerPixel / 8;
  if (bigEndian) bytes.writeUIntBE(pixel, 0, length);
  else bytes.writeUIntLE(pixel, 0, length);
  return bytes.readUInt32LE();
}

/** A picture in a format, in the middle of one that is wider, so that wrong strides show. */
function blockOf(
  colours: readonly number[],
  width: number,
  height: number,
  format: RfbPixelFormat,
): PixelBlock {
  const stride = width + 5;
  const from = new Uint32Array(stride * (height + 2)).fill(0xff12_3456);
  colours.forEach(
    (colour, i) => (from[(1 + Math.floor(i / width)) * stride + 3 + (i % width)] = colour + 0xff00_0000),
  );
  const to = allocatePixels(format, from.length);
  pixelTranslation(format)(from, 0, to, 0, from.length);
  return { pixels: to, stride, x: 3, y: 1, width, height };
}

/** A format, a size and a picture of that size. */
const pictures = fc
  .record({
    format: fc.oneof(pixelFormat, fc.constantFrom(...names()).map(usualFormat)),
    width: fc.integer({ min: 1, max: 140 }),
    height: fc.integer({ min: 1, max: 70 }),
  })
  .chain(({ format, width, height }) =>
    pixels(width * height).map((colours) => ({ format, width, height, colours })),
  );

function names(): (keyof typeof usualFormats)[] {
  return Object.keys(usualFormats) as (keyof typeof usualFormats)[];
}

/** Nothing of a pixel gets lost in fewer bytes, but what no colour is in. */
function seen(value: number, bytes: PixelBytes): number {
  return bytes.reduce((word, byte) => (word | (value & (0xff << (8 * byte)))) >>> 0, 0);
}

test('Raw gives every picture in every format, byte for byte', () => {
  fc.assert(
    fc.property(pictures, ({ format, width, height, colours }) => {
      const writer = new ByteWriter(Buffer.alloc(width * height * 4));
      writer.block(blockOf(colours, width, height, format), wholePixel(format));
      const bytes = new Bytes(writer.written);
      expect(decodeRaw(bytes, width, height, format)).toEqual(
        colours.map((colour) => onTheWire(colour, format)),
      );
      expect(bytes.left).toBe(0);
    }),
  );
});

test('ZRLE gives every picture in every format, and takes no more memory than it says', () => {
  const tiles = new ZrleTiles();
  fc.assert(
    fc.property(pictures, ({ format, width, height, colours }) => {
      const count = Math.ceil(width / 64) * Math.ceil(height / 64);
      const writer = new ByteWriter(Buffer.alloc(zrleCapacity(width * height, count)));
      tiles.write(blockOf(colours, width, height, format), compactPixel(format), writer);
      const bytes = new Bytes(writer.written);
      const decoded = decodeZrle(bytes, width, height, format);
      expect(decoded).toEqual(colours.map((colour) => onTheWire(colour, format)));
      expect(bytes.left).toBe(0);
    }),
    { numRuns: 300 },
  );
});

test('Tight gives every picture in every format that it is used for', () => {
  const rectangles = new TightRectangles(140 * 70);
  fc.assert(
    fc.property(pictures, ({ format, width, height, colours }) => {
      const bytes = tightPixel(format);
      fc.pre(bytes !== undefined);
      const { head, data, stream } = rectangles.encode(blockOf(colours, width, height, format), bytes);
      const deflated = Buffer.concat([
        Buffer.from(head),
        ...(stream === undefined ? [data] : [compactLength(0)]),
      ]);
      const decoded = decodeTight(new Bytes(deflated), width, height, format, (number, _, length) => {
        expect([number, length]).toEqual([stream, data.length]);
        return data;
      });
      expect(decoded).toEqual(colours.map((colour) => seen(onTheWire(colour, format), bytes)));
    }),
    { numRuns: 300 },
  );
});

test('what the encodings do with pictures that they are made for', () => {
  const format = usualFormat('rgb888');
  const zrle = (colours: number[]): Buffer => {
    const writer = new ByteWriter(Buffer.alloc(70_000));
    new ZrleTiles().write(blockOf(colours, 64, 64, format), compactPixel(format), writer);
    return Buffer.from(writer.written);
  };
  const plain = Array.from({ length: 4096 }, (_, i) => i * 4000);
  const one = Array<number>(4096).fill(0x112233);
  const two = one.map((colour, i) => (i % 3 === 0 ? 0xff0000 : colour));
  const runs = one.map((_, i) => Math.floor(i / 100));
  // Lengths: kind and colour; kind, two colours and a bit each; kind, 41 colours and their runs; kind and three bytes each.
  expect([zrle(one), zrle(two), zrle(runs), zrle(plain)].map((bytes) => [bytes[0], bytes.length])).toEqual([
    [1, 4],
    [2, 7 + 512],
    [128 + 41, 1 + 41 * 5],
    [0, 1 + 4096 * 3],
  ]);
  expect(zrle(one)).toEqual(Buffer.from([1, 0x33, 0x22, 0x11]));
  const tight = new TightRectangles(4096);
  const kinds = [one, two, runs, plain].map((colours) => {
    const { head, data, stream } = tight.encode(blockOf(colours, 64, 64, format), tightPixel(format)!);
    return [head[0], data.length, stream];
  });
  expect(kinds).toEqual([
    [0x80, 0, undefined],
    [0x50, 512, 1],
    [0x60, 4096, 2],
    [0x00, 4096 * 3, 0],
  ]);
  const { head } = tight.encode(blockOf(one, 64, 64, format), tightPixel(format)!);
  expect(head).toEqual(Buffer.from([0x80, 0x11, 0x22, 0x33]));
});

test.each([
  ['rgb888', [0, 1, 2], [2, 1, 0]],
  ['bgr888', [0, 1, 2], [0, 1, 2]],
  ['rgb888 at the top', [1, 2, 3], [3, 2, 1]],
  ['rgb888 big-endian', [1, 2, 3], [1, 2, 3]],
  ['rgb888 of depth 32', [0, 1, 2, 3], [0, 1, 2, 3]],
  ['rgb565', [0, 1], [0, 1]],
  ['bgr233', [0], [0]],
] as const)('which bytes of a pixel go over the wire: %s', (name, zrle, tight) => {
  expect([compactPixel(usualFormat(name)), tightPixel(usualFormat(name))]).toEqual([zrle, tight]);
});

test('the length of deflated data comes back, in as few bytes as there can be', () => {
  for (const length of [0, 1, 127, 128, 16_383, 16_384, 4_194_303]) {
    const bytes = compactLength(length);
    expect(compactLengthOf(new Bytes(bytes))).toBe(length);
    expect(bytes.length).toBe(length < 128 ? 1 : length < 16_384 ? 2 : 3);
  }
});

import fc from 'fast-check';
import { maxEncodings, RfbClientParser, type RfbClientMessage } from '../../src/protocol/rfb-client-messages';
import {
  parsePixelFormat,
  pixelFormatKey,
  serverPixelFormat,
  writePixelFormat,
} from '../../src/protocol/rfb-pixel-format';
import {
  extendedDesktopSize,
  fence,
  rectangleHeader,
  serverInit,
  updateHeader,
} from '../../src/protocol/rfb-server-messages';
import { pixelFormat, usualFormat } from './rfb-arbitraries';
import {
  clientCutText,
  keyEvent,
  pointerEvent,
  setEncodings,
  setPixelFormat,
  updateRequest,
} from './rfb-client-bytes';

/** The messages of good bytes. */
const understood = (parser: RfbClientParser, bytes: Buffer): readonly RfbClientMessage[] => {
  const messages = parser.push(bytes);
  if (typeof messages === 'string') throw new Error(messages);
  return messages;
};
const heard = (bytes: Buffer): readonly RfbClientMessage[] | string => new RfbClientParser().push(bytes);
const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

test('messages as RFC 6143 has them', () => {
  expect(heard(hex('03 01 0001 0002 0003 0004'))).toEqual([
    { type: 'update-request', incremental: true, area: { x: 1, y: 2, width: 3, height: 4 } },
  ]);
  expect(heard(hex('04 01 0000 0000ff0d 04 00 0000 00000041'))).toEqual([
    { type: 'key', down: true, keysym: 0xff0d },
    { type: 'key', down: false, keysym: 0x41 },
  ]);
  expect(heard(hex('05 81 ffff 0010'))).toEqual([{ type: 'pointer', buttons: 0x81, x: 65535, y: 16 }]);
  expect(heard(hex('02 00 0002 00000010 ffffff11'))).toEqual([
    { type: 'set-encodings', encodings: [16, -239] },
  ]);
  expect(heard(hex('96 01 0000 0000 0320 01e0'))).toEqual([
    { type: 'continuous-updates', on: true, area: { x: 0, y: 0, width: 800, height: 480 } },
  ]);
  expect(heard(hex('f8 000000 80000001 02 abcd'))).toEqual([
    { type: 'fence', flags: 0x8000_0001, payload: hex('abcd') },
  ]);
  expect(heard(hex('fb 00 0400 0300 01 00 00000000 0000 0000 0400 0300 00000000'))).toEqual([
    { type: 'set-desktop-size', width: 1024, height: 768 },
  ]);
  expect(heard(hex('06 000000 00000003 616263'))).toEqual([]);
});

test('a format comes back as it was written', () => {
  fc.assert(
    fc.property(pixelFormat, (format) => {
      expect(parsePixelFormat(writePixelFormat(format))).toEqual(format);
      expect(heard(setPixelFormat(format))).toEqual([{ type: 'set-pixel-format', format }]);
    }),
  );
});

test.each([
  ['0 bits', [0, 0], '0 bits'],
  ['24 bits', [0, 24], '24 bits'],
  ['255 bits', [0, 255], '255 bits'],
  ['a colour map', [3, 0], 'colour map'],
  ['more depth than bits', [1, 33], 'depth'],
  ['a maximum that is no 2^n - 1', [5, 254], '254 as the most'],
  ['the largest shift', [10, 255], 'bits up'],
  ['a shift of 32', [11, 32], 'bits up'],
  ['a shift out of the pixel', [12, 25], 'bits up'],
  ['colours in the same bits', [10, 8], 'share bits'],
])('a format with %s is refused', (_, [at, value], words) => {
  const bytes = writePixelFormat(serverPixelFormat);
  bytes[at!] = value!;
  expect(parsePixelFormat(bytes)).toContain(words);
});

test('every field of a format at nothing and at the most is a format or refused, and never more', () => {
  for (let at = 0; at < 16; at++) {
    for (const value of [0, 255]) {
      const bytes = writePixelFormat(serverPixelFormat);
      bytes[at] = value;
      const format = parsePixelFormat(bytes);
      if (typeof format === 'string') continue;
      for (const { max, shift } of [format.red, format.green, format.blue])
        expect(max * 2 ** shift).toBeLessThan(2 ** format.bitsPerPixel);
    }
  }
});

test('formats of the same bytes are one, and others are not', () => {
  const little = usualFormat('bgr233');
  expect(pixelFormatKey({ ...little, bigEndian: true })).toBe(pixelFormatKey(little));
  expect(pixelFormatKey(usualFormat('rgb888 of depth 32'))).toBe(pixelFormatKey(serverPixelFormat));
  expect(pixelFormatKey(usualFormat('rgb888 big-endian'))).not.toBe(pixelFormatKey(serverPixelFormat));
});

/** Any messages that a viewer may send, as bytes. */
const message = fc.oneof(
  pixelFormat.map(setPixelFormat),
  fc.array(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), { maxLength: 100 }).map(setEncodings),
  fc
    .tuple(fc.boolean(), fc.nat(65535), fc.nat(65535), fc.nat(65535), fc.nat(65535))
    .map(([incremental, ...area]) => updateRequest(incremental, ...area)),
  fc.tuple(fc.boolean(), fc.nat(0xffff_ffff)).map(([down, keysym]) => keyEvent(down, keysym)),
  fc.tuple(fc.nat(255), fc.nat(65535), fc.nat(65535)).map(([buttons, x, y]) => pointerEvent(buttons, x, y)),
  fc.nat(3000).map((length) => clientCutText(length, Buffer.alloc(length, 5))),
  fc.uint8Array({ maxLength: 64 }).map((payload) => fence(0x8000_0000, Buffer.from(payload))),
);

test('however the bytes are delivered, the same messages are understood, and nothing is kept', () => {
  fc.assert(
    fc.property(
      fc.array(message, { maxLength: 12 }),
      fc.array(fc.integer({ min: 1, max: 700 })),
      (messages, cuts) => {
        const bytes = Buffer.concat(messages);
        const whole = heard(bytes);
        const one = new RfbClientParser();
        expect([...bytes].flatMap((byte) => understood(one, Buffer.from([byte])))).toEqual(whole);
        const pieces = new RfbClientParser();
        const got: (RfbClientMessage | string)[] = [];
        let at = 0;
        for (const cut of [...cuts, bytes.length]) {
          got.push(...understood(pieces, bytes.subarray(at, at + cut)));
          at += cut;
        }
        expect(got).toEqual(whole);
      },
    ),
  );
});

test('of the encodings the first 64 are looked at, and the others are passed over', () => {
  const many = Array.from({ length: 65_535 }, (_, i) => i);
  const messages = heard(Buffer.concat([setEncodings(many), keyEvent(true, 0x61)]));
  expect(messages).toEqual([
    { type: 'set-encodings', encodings: many.slice(0, maxEncodings) },
    { type: 'key', down: true, keysym: 0x61 },
  ]);
});

test('cut text is passed over without being kept, and more of it than any viewer sends is refused at once', () => {
  const parser = new RfbClientParser();
  expect(parser.push(clientCutText(262_144, Buffer.alloc(0)))).toEqual([]);
  for (let left = 262_144; left > 0; left -= 4096) {
    expect(parser.push(Buffer.alloc(4096, 1))).toEqual([]);
    expect(kept(parser)).toBe(0);
  }
  expect(parser.push(keyEvent(true, 0x61))).toHaveLength(1);
  for (const length of [262_145, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff]) {
    expect(heard(clientCutText(length, Buffer.alloc(0)))).toBe(`${length} bytes of cut text`);
  }
});

test('a fence with more than 64 bytes and messages of no known type are refused, and nothing is understood after that', () => {
  expect(heard(hex('f8 000000 80000000 41'))).toBe('a fence of 65 bytes');
  const known = [0, 2, 3, 4, 5, 6, 150, 248, 251];
  for (let type = 0; type < 256; type++) {
    if (!known.includes(type)) expect(heard(Buffer.from([type]))).toBe(`a message of type ${type}`);
  }
  const parser = new RfbClientParser();
  expect(parser.push(Buffer.from([1]))).toBe('a message of type 1');
  expect(parser.push(keyEvent(true, 0x61))).toBe('a message of type 1');
});

test('nonsense of any kind is never thrown at, and never kept by more than one message', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 30 }), (chunks) => {
      const parser = new RfbClientParser();
      for (const chunk of chunks) {
        parser.push(Buffer.from(chunk));
        expect(kept(parser)).toBeLessThan(4200);
      }
    }),
    { numRuns: 2000 },
  );
});

test('what the server says', () => {
  expect(serverInit(800, 480, 'dial').toString('hex')).toBe(
    '032001e0' +
      '20180001' +
      '00ff00ff00ff' +
      '100800' +
      '000000' +
      '00000004' +
      Buffer.from('dial').toString('hex'),
  );
  expect(updateHeader(3)).toEqual(hex('00 00 0003'));
  expect(rectangleHeader({ x: 1, y: 2, width: 3, height: 4 }, -239)).toEqual(
    hex('0001 0002 0003 0004 ffffff11'),
  );
  expect(extendedDesktopSize(800, 480, 1, 1)).toEqual(
    hex('0001 0001 0320 01e0 fffffecc 01 000000 00000000 0000 0000 0320 01e0 00000000'),
  );
  expect(fence(0x8000_0001, hex('07'))).toEqual(hex('f8 000000 80000001 01 07'));
});

/** Bytes that a parser holds. */
function kept(parser: RfbClientParser): number {
  return (parser as unknown as { kept: Buffer }).kept.length;
}

import * as fc from 'fast-check';
import { encodeLine, LineReader, longestLine, type ProtocolLine } from '../../src/protocol/controller-lines';

const line: fc.Arbitrary<ProtocolLine> = fc
  .record({
    word: fc.stringMatching(/^[A-Z0-9]{1,16}$/),
    text: fc.string({ unit: 'grapheme', maxLength: 40 }).filter((text) => !/\p{Cc}/u.test(text)),
  })
  .filter(({ text }) => new TextEncoder().encode(text).length <= 120);

const joined = (lines: readonly ProtocolLine[]): Buffer => Buffer.concat(lines.map(encodeLine));

test('a line is a word, a text and a check sum, as the document has it', () => {
  expect(Buffer.from(encodeLine({ word: 'HIVOLT', text: '4.1' })).toString()).toBe('HIVOLT=4.1*F32FA295\r\n');
});

test('lines come back however they are delivered: at once, byte by byte, in pieces', () => {
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1, max: 200 }),
      (lines, size) => {
        const bytes = joined(lines);
        for (const pieces of [size, 1]) {
          const reader = new LineReader();
          const heard: ProtocolLine[] = [];
          for (let from = 0; from < bytes.length; from += pieces)
            heard.push(...reader.push(bytes.subarray(from, from + pieces)));
          expect([heard, reader.problem]).toEqual([lines, undefined]);
        }
      },
    ),
  );
});

test('a line with one wrong bit is never taken for another, and nothing behind it is read', () => {
  fc.assert(
    fc.property(line, line, fc.nat(), fc.nat(7), (first, second, at, bit) => {
      const bytes = Buffer.from(encodeLine(first));
      // The end of a line may be written in two ways, and hexadecimal digits in two: those are no damage.
      const where = at % (bytes.length - 10);
      bytes[where]! ^= 1 << bit;
      const reader = new LineReader();
      expect(reader.push(Buffer.concat([bytes, encodeLine(second)]))).toEqual([]);
      expect(reader.problem).toBeDefined();
      expect(reader.push(encodeLine(second))).toEqual([]);
    }),
  );
});

test('a line that was cut short is no line', () => {
  fc.assert(
    fc.property(line, fc.nat(), (whole, at) => {
      const bytes = encodeLine(whole);
      const reader = new LineReader();
      expect(reader.push(bytes.subarray(0, at % (bytes.length - 1)))).toEqual([]);
      expect(reader.problem).toBeUndefined();
    }),
  );
});

test('what never ends is given up at the longest line, and what is no text at once', () => {
  const endless = new LineReader();
  expect(endless.push(Buffer.alloc(1_000_000, 'A'))).toEqual([]);
  expect(endless.problem).toBe('too long');
  const binary = new LineReader();
  binary.push(Buffer.from([0xff, 0xfe, 0x0a]));
  expect(binary.problem).toBe('no line');
  for (const text of ['\n', 'HIVOLT=4.1\n', 'HIVOLT*00000000\n', 'hivolt=4.1*00000000\n']) {
    const reader = new LineReader();
    expect([text, reader.push(Buffer.from(text))]).toEqual([text, []]);
    expect(reader.problem).toBeDefined();
  }
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 })), (chunks) => {
      const reader = new LineReader();
      for (const chunk of chunks) expect(reader.push(chunk)).toEqual([]);
    }),
  );
});

test('a line feed alone ends a line too, and the digits of the check sum may be small', () => {
  const reader = new LineReader();
  expect(reader.push(Buffer.from('HIVOLT=4.1*f32fa295\n'))).toEqual([{ word: 'HIVOLT', text: '4.1' }]);
});

test('what is no line can’t be sent', () => {
  for (const wrong of [
    { word: 'hivolt', text: '' },
    { word: '', text: '' },
    { word: 'HIVOLT', text: '4\r\nCOMMIT=1' },
    { word: 'HIVOLT', text: 'x'.repeat(longestLine) },
  ])
    expect(() => encodeLine(wrong)).toThrow(RangeError);
});

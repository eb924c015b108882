import * as fc from 'fast-check';
import { formatCandumpLine, parseCandumpLine } from '../../src/protocol/candump';
import { decodeEvtvFrame } from '../../src/devices/evtv/decode';
import { evtvIds, evtvLength } from '../../src/devices/evtv/messages';

describe('a line of candump -L', () => {
  it('is a time, an interface and a frame', () => {
    const line = '(1436509052.249713) can0 150#DEFF9B01B3C82421';
    const record = parseCandumpLine(line);
    expect(record).toEqual({
      time: 1436509052.249713,
      interface: 'can0',
      frame: {
        id: 0x150,
        data: Uint8Array.of(0xde, 0xff, 0x9b, 0x01, 0xb3, 0xc8, 0x24, 0x21),
        extended: false,
        remote: false,
      },
    });
  });

  it.each([
    ['an extended id', '(0000000000.000000) vcan0 18FF0150#0102', { id: 0x18ff0150, extended: true }],
    ['an extended id below 0x800', '(0000000000.000000) vcan0 00000150#01', { id: 0x150, extended: true }],
    ['a remote request', '(1436509052.249713) can0 650#R', { id: 0x650, remote: true }],
    ['a remote request with its length', '(1436509052.249713) can0 650#R8', { id: 0x650, remote: true }],
    ['no data', '(1436509052.249713) can0 650#', { id: 0x650, data: new Uint8Array(0) }],
    ['small letters', '(1.5) can0 68f#0a', { id: 0x68f, data: Uint8Array.of(10) }],
    ['the direction behind it', '(1436509052.249713) can0 150#01 R', { id: 0x150, data: Uint8Array.of(1) }],
    ['nanoseconds', '(1436509052.249713123) can0 150#01', { id: 0x150 }],
    ['spaces before it', '  (1436509052.249713)  can0  150#01', { id: 0x150 }],
    ['a byte order mark', '\ufeff(1436509052.249713) can0 150#01', { id: 0x150 }],
    [
      'the form of the screen',
      ' (1436509052.249713)  can0  150   [8]  DE FF 9B 01 B3 C8 24 21',
      { id: 0x150, data: Uint8Array.of(0xde, 0xff, 0x9b, 0x01, 0xb3, 0xc8, 0x24, 0x21), extended: false },
    ],
    ['the form of the screen, without data', ' (1.5)  can0  650   [0] ', { data: new Uint8Array(0) }],
    ['the form of the screen, asked for', ' (1.5)  can0  650   [8]  remote request', { remote: true }],
    ['a carriage return', '(1436509052.249713) can0 150#01\r', { id: 0x150, data: Uint8Array.of(1) }],
  ])('may have %s', (_, line, frame) => {
    expect(parseCandumpLine(line)).toMatchObject({ frame });
  });

  it.each([
    ['nothing', ''],
    ['garbage', 'hello'],
    ['CAN FD', '(1436509052.249713) can0 150##1DEFF9B01B3C82421'],
    ['half a byte', '(1436509052.249713) can0 150#DEF'],
    ['nine bytes', '(1436509052.249713) can0 150#DEFF9B01B3C8242100'],
    ['four digits of id', '(1436509052.249713) can0 0150#01'],
    ['a standard id that is too large', '(1436509052.249713) can0 850#01'],
    ['an id beyond all flags', '(1436509052.249713) can0 80000150#01'],
    ['no time', 'can0 150#01'],
    ['the form of the screen without a time', '  can0  150   [8]  DE FF 9B 01 B3 C8 24 21'],
  ])('with %s is a bad line', (_, line) => {
    expect(parseCandumpLine(line)).toEqual({ rejected: 'bad line' });
  });

  it('that reports an error of the bus is an error frame', () => {
    expect(parseCandumpLine('(1436509052.249713) can0 20000040#0000000000000000')).toEqual({
      rejected: 'error frame',
    });
  });

  it('that shows one on the screen is an error frame too', () => {
    const line = ' (1436509052.249713)  can0  20000004   [8]  00 00 00 00 00 00 00 00   ERRORFRAME';
    expect(parseCandumpLine(line)).toEqual({ rejected: 'error frame' });
  });

  it('never throws, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (line) => expect(parseCandumpLine(line)).toBeDefined()),
    );
  });
});

describe('writing a line', () => {
  it('gives what candump would', () => {
    const frame = { id: 0x150, data: Uint8Array.of(0xde, 0xff), extended: true, remote: false };
    expect(formatCandumpLine({ time: 12.5, interface: 'can0', frame })).toBe(
      '(0000000012.500000) can0 00000150#DEFF',
    );
  });

  it('is undone by reading, for every frame and every microsecond', () => {
    const time = fc
      .tuple(fc.nat(4294967295), fc.nat(999999))
      .map(([s, us]) => Number(`${s}.${String(us).padStart(6, '0')}`));
    const frame = fc
      .record({
        id: fc.nat(0x1fffffff),
        data: fc.uint8Array({ maxLength: 8 }),
        remote: fc.boolean(),
        high: fc.boolean(),
      })
      .map(({ id, data, remote, high }) => ({
        id: high ? id : id & 0x7ff,
        data: remote ? new Uint8Array(0) : data,
        extended: high,
        remote,
      }));
    fc.assert(
      fc.property(time, fc.stringMatching(/^[a-z]{1,12}[0-9]$/), frame, (t, name, f) => {
        const record = { time: t, interface: name, frame: f };
        expect(parseCandumpLine(formatCandumpLine(record))).toEqual(record);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a frame from a datagram', () => {
  const written = (id: number, data: readonly number[], declaredLength: number): string =>
    formatCandumpLine(
      {
        time: 1,
        interface: 'can0',
        frame: { id, data: Uint8Array.from(data), extended: false, remote: false, declaredLength },
      },
      evtvLength,
    ).split('#')[1] ?? '';

  it('is written with the bytes that were filled, and nothing that says something is lost', () => {
    expect(written(0x651, [1, 2, 3, 4, 5, 6, 0, 0], 6)).toBe('010203040506');
    expect(written(0x651, [1, 2, 3, 4, 5, 6, 7, 0], 6)).toBe('0102030405060700');
    expect(written(0x111, [1, 0, 0, 0, 0, 0, 0, 0], 0)).toBe('0100000000000000');
    expect(written(0x111, [1, 0, 0, 0, 0, 0, 0, 0], 2)).toBe('0100');
  });

  it('has what its message needs though the length byte is too small', () => {
    expect(written(0x651, [0, 0, 0, 0, 0, 0, 0, 0], 1)).toBe('000000000000');
    expect(written(0x652, [0, 0, 0, 0, 42, 0, 32, 0], 7)).toBe('000000002A002000');
    expect(written(0x68f, [0, 1, 200, 200, 200, 200, 200, 0], 6)).toBe('0001C8C8C8C8C800');
    expect(written(0x650, [0, 0, 0, 0, 0, 0, 0, 0], 0)).toBe('00');
  });

  it('says the same when it is heard again from a log as it said at once, whatever its length byte', () => {
    const id = fc.constantFrom(...evtvIds);
    const byte = fc.oneof(fc.constantFrom(0, 0, 0, 1, 0x7f, 0x80, 0xff), fc.nat(255));
    const data = fc
      .uint8Array({ minLength: 8, maxLength: 8 })
      .chain((any) => fc.tuple(...Array.from(any, () => byte)).map((bytes) => Uint8Array.from(bytes)));
    fc.assert(
      fc.property(id, data, fc.nat(8), (i, d, declaredLength) => {
        const frame = { id: i, data: d, extended: false, remote: false, declaredLength };
        const record = parseCandumpLine(formatCandumpLine({ time: 1, interface: 'can0', frame }, evtvLength));
        if ('rejected' in record) throw new Error(record.rejected);
        expect(decodeEvtvFrame(record.frame)).toEqual(decodeEvtvFrame(frame));
      }),
      { numRuns: 3000 },
    );
  });
});

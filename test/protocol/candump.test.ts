import * as fc from 'fast-check';
import { formatCandumpLine, parseCandumpLine } from '../../src/protocol/candump';
import { decodeEvtvFrame } from '../../src/devices/evtv/decode';
import { evtvIds, evtvLength } from '../../src/devices/evtv/messages';

const pack = Uint8Array.of(0xde, 0xff, 0x9b, 0x01, 0xb3, 0xc8, 0x24, 0x21);

describe('a line of candump -L', () => {
  it('is a time, an interface and a frame', () => {
    const line = '(1436509052.249713) can0 150#DEFF9B01B3C82421';
    const record = parseCandumpLine(line);
    expect(record).toEqual({
      stamp: { time: 1436509052.249713, short: false },
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
    [
      'the form of the screen with -x',
      ' (1624997419.100000)  can0  RX - -  150   [8]  DE FF 9B 01 B3 C8 24 21',
      { id: 0x150, data: pack },
    ],
    ['its sent frames', ' (1.5)  can0  TX B E  650   [1]  9B', { id: 0x650, data: Uint8Array.of(0x9b) }],
    [
      'the form of the screen with -a',
      " (1624997419.100000)  can0  150   [8]  DE FF 9B 01 B3 C8 24 21   '......$!'",
      { id: 0x150, data: pack },
    ],
    [
      'letters that look like an end',
      " (1.5)  can0  650   [2]  27 20                     '' '",
      { data: Uint8Array.of(0x27, 0x20) },
    ],
    [
      'the form of the screen with -S',
      ' (1.5)  can0  150   [8]  21`24`C8`B3`01`9B`FF`DE   `!$......`',
      { id: 0x150, data: pack },
    ],
    [
      'the form of the screen with -i',
      ' (1.5)  can0  650   [2]  10011011 00000001',
      { data: Uint8Array.of(0x9b, 1) },
    ],
    ['the form of the screen with -8', ' (1.5)  can0  150   {F}  DE FF 9B 01 B3 C8 24 21', { data: pack }],
    ['blanks in its brackets', ' (1.5)  can0  650   [ 1 ]  9B', { data: Uint8Array.of(0x9b) }],
    [
      '-c, which colours it',
      '\u001b[1;31m (1.5)  can0\u001b[0m  650   [1]  9B\u001b[0m',
      { data: Uint8Array.of(0x9b) },
    ],
    ['a long id with blanks before it', ' (1.5)  can0       150   [1]  9B', { id: 0x150, extended: true }],
    [
      'more spaces than candump writes',
      ' (1.5)   can0   650    [2]   9B  01',
      { data: Uint8Array.of(0x9b, 1) },
    ],
    ['tabs for spaces', '(1.5)\tcan0\t650\t[2]\t9B\t01', { data: Uint8Array.of(0x9b, 1), extended: false }],
    ['a date', ' (2009-02-13 23:31:30.123456)  can0  650   [1]  9B', { id: 0x650 }],
    ['points between the bytes', '(1.5) can0 150#DE.FF.9B.01.B3.C8.24.21', { data: pack }],
    ['the length code of more than eight bytes', '(1.5) can0 150#DEFF9B01B3C82421_F', { data: pack }],
    ['a carriage return', '(1436509052.249713) can0 150#01\r', { id: 0x150, data: Uint8Array.of(1) }],
  ])('may have %s', (_, line, frame) => {
    expect(parseCandumpLine(line)).toMatchObject({ frame });
  });

  it.each([
    ['nothing', ''],
    ['garbage', 'hello'],
    ['half a byte', '(1436509052.249713) can0 150#DEF'],
    ['nine bytes', '(1436509052.249713) can0 150#DEFF9B01B3C8242100'],
    ['four digits of id', '(1436509052.249713) can0 0150#01'],
    ['a standard id that is too large', '(1436509052.249713) can0 850#01'],
    ['an id beyond all flags', '(1436509052.249713) can0 80000150#01'],
    ['fewer bytes than it says', ' (1.5)  can0  150   [8]  DE FF 9B 01 B3 C8 24'],
    ['more bytes than it says', ' (1.5)  can0  150   [1]  DE FF'],
    ['a time alone', '(1436509052.249713)'],
  ])('with %s is a bad line', (_, line) => {
    expect(parseCandumpLine(line)).toMatchObject({ rejected: 'bad line' });
  });

  it.each(['can0 150#01', '  can0  150   [8]  DE FF 9B 01 B3 C8 24 21'])(
    'without a time says so: %s',
    (line) => {
      expect(parseCandumpLine(line)).toEqual({ rejected: 'no time' });
    },
  );

  it.each([
    '(1436509052.249713) can0 150##1DEFF9B01B3C82421',
    ' (1436509052.249713)  can0  RX B -  150  [08]  DE FF 9B 01 B3 C8 24 21',
    ' (1436509052.249713)  can0  150  [64]' + ' 00'.repeat(64),
  ])('of CAN FD is named as such: %s', (line) => {
    expect(parseCandumpLine(line)).toMatchObject({ rejected: 'CAN FD frame' });
  });

  it.each([
    '\tcontroller-problem{rx-error-warning}',
    '\tlost-arbitration{at bit 0}',
    "DROPCOUNT: dropped 3 CAN frames on 'can0' socket (total drops 3)",
  ])('may be a remark of candump: %s', (line) => {
    expect(parseCandumpLine(line)).toEqual({ rejected: 'remark' });
  });

  it('has the time of day of a date, whatever the zone', () => {
    const at = (line: string): number => {
      const record = parseCandumpLine(line);
      return 'rejected' in record ? Number.NaN : record.stamp.time;
    };
    const first = at(' (2009-02-13 23:59:59.900000)  can0  650   [1]  9B');
    const next = at(' (2009-02-14 00:00:00.150000)  can0  650   [1]  9B');
    expect(next - first).toBeCloseTo(0.25, 6);
  });

  it('that reports an error of the bus is an error frame', () => {
    expect(parseCandumpLine('(1436509052.249713) can0 20000040#0000000000000000')).toMatchObject({
      rejected: 'error frame',
    });
  });

  it('that shows one on the screen is an error frame too', () => {
    const line = ' (1436509052.249713)  can0  20000004   [8]  00 00 00 00 00 00 00 00   ERRORFRAME';
    expect(parseCandumpLine(line)).toMatchObject({ rejected: 'error frame' });
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
        const line = formatCandumpLine({ time: t, interface: name, frame: f });
        const stamp = { time: t, short: false };
        expect(parseCandumpLine(line)).toEqual({ stamp, interface: name, frame: f });
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
    expect(written(0x651, [1, 2, 3, 4, 5, 6, 7, 0], 6)).toBe('010203040506');
    expect(written(0x651, [1, 2, 3, 4, 5, 6, 7, 0], 0)).toBe('0102030405060700');
    expect(written(0x651, [1, 2, 3, 4, 5, 6, 7, 0], 8)).toBe('0102030405060700');
    expect(written(0x111, [1, 2, 3, 0, 0, 0, 0, 0], 2)).toBe('0102030000000000');
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

import * as fc from 'fast-check';
import {
  formatSlcanFrame,
  parseSlcanLine,
  slcanBitRateCommand,
  slcanBitRates,
  SlcanReader,
  type SlcanLine,
} from '../../src/protocol/slcan';
import { keptBytes } from '../kept-bytes';

const frames = fc
  .record({
    id: fc.nat(0x1fffffff),
    data: fc.uint8Array({ maxLength: 8 }),
    extended: fc.boolean(),
    remote: fc.boolean(),
  })
  .map(({ id, data, extended, remote }) => ({
    id: extended ? id : id & 0x7ff,
    data: remote ? new Uint8Array(0) : data,
    extended,
    remote,
  }));

function read(pieces: readonly Uint8Array[]): SlcanLine[] {
  const lines: SlcanLine[] = [];
  const reader = new SlcanReader();
  for (const piece of pieces) reader.read(piece, (line) => lines.push(line));
  return lines;
}

/** The bytes in pieces that end at these places. */
function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const sorted = [0, ...places.map((place) => place % (bytes.length + 1)), bytes.length].sort(
    (a, b) => a - b,
  );
  return sorted.slice(1).map((end, i) => bytes.subarray(sorted[i], end));
}

describe('a line of a serial-line adapter', () => {
  it.each([
    ['a frame', 't1508DEFF9B01B3C82421', { id: 0x150, data: Buffer.from('deff9b01b3c82421', 'hex') }],
    ['a frame without data', 't6500', { id: 0x650, data: Buffer.alloc(0) }],
    ['a frame with its time', 't15010AEA5F', { id: 0x150, data: Buffer.of(10) }],
    ['a frame without data, with its time', 't1500EA5F', { id: 0x150, data: Buffer.alloc(0) }],
    ['a frame with its time in µs', 't15010A00EA5F12', { id: 0x150, data: Buffer.of(10) }],
    [
      'a whole frame with its time in µs',
      't1508DEFF9B01B3C8242100EA5F12',
      { id: 0x150, data: Buffer.from('deff9b01b3c82421', 'hex') },
    ],
    ['small digits', 't68f10a', { id: 0x68f, data: Buffer.of(10) }],
    ['an extended frame', 'T18FF01502AABB', { id: 0x18ff0150, extended: true }],
    ['a remote request and the length it asks for', 'r6508', { id: 0x650, remote: true }],
    ['an extended remote request, with its time', 'R1FFFFFFF0EA5F', { id: 0x1fffffff, extended: true }],
  ])('may be %s', (_, line, { data, ...rest }: { data?: Buffer; [key: string]: unknown }) => {
    const parsed = parseSlcanLine(line);
    expect(parsed).toMatchObject({ frame: rest });
    if (data !== undefined && 'frame' in parsed) expect(Buffer.from(parsed.frame.data)).toEqual(data);
  });

  it.each([
    ['', 'done'],
    ['z', 'done'],
    ['Z', 'done'],
    ['V1013', 'version'],
    ['b158aa7 https://github.com/normaldotcom/canable-fw.git', 'version'],
    [
      '+Board: MksMakerbase\tMCU: STM32G431\tDevID: 1128\tFirmware: 2425876\tSlcan: 100\tClock: 160',
      'version',
    ],
    ['CANable2 b158aa7 github.com/normaldotcom/canable2.git', 'version'],
    ['slcan firmware 1.2', 'version'],
    ['V1.02', 'version'],
    ['v2.1.0-rc1', 'version'],
    ['VL2K0 1a2b3c4 github.com/Nakakiyo092/canable2-fw', 'version'],
    ['USBtin hardware 1.0, Version 1.8', 'version'],
    ['#', 'done'],
    ['#3', 'refused'],
  ])('may be the answer "%s": %s', (line, answer) => expect(parseSlcanLine(line)).toEqual({ answer }));

  it.each([
    ['d15081122334455667788', 'fd frame'],
    ['b150911223344556677889900AABB', 'fd frame'],
    [`D18FF0150F${'00'.repeat(64)}`, 'fd frame'],
    [`B18FF0150F${'00'.repeat(64)}00EA5F120`, 'fd frame'],
    ['S6', 'echo'],
    ['O', 'echo'],
    ['C', 'echo'],
    ['V', 'echo'],
    ['F', 'echo'],
  ])('may be one that says nothing to us, "%s": %s', (line, other) =>
    expect(parseSlcanLine(line)).toEqual({ other }),
  );

  it.each([
    ['F00', { state: 'active' }],
    ['F04', { state: 'warning' }],
    ['FA4', { state: 'passive' }],
    ['sa057033', { state: 'active' }],
    ['sw097000', { state: 'warning', side: 'receiving' }],
    ['sp000128', { state: 'passive', side: 'sending' }],
    ['sb256256', { state: 'bus-off' }],
    ['e1a', { side: 'sending' }],
    ['e3bcO', {}],
  ])('may be the report "%s"', (line, report) => expect(parseSlcanLine(line)).toEqual({ report }));

  it.each([
    'F2',
    'F200',
    'sx000000',
    'sa00000',
    'e',
    'hello',
    'ERROR',
    'AT+VERSION?\x01',
    '$GPTXT,01,01,02,HW UBX, firmware 6',
    't',
    't150',
    't1509112233445566778899',
    't8001FF',
    't1502AA',
    't1502AABBC',
    't1502AABBCCDDEE',
    't15G0',
    'T200000000',
    'r15011',
    '$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47',
  ])('is bad: %s', (line) => expect(parseSlcanLine(line)).toEqual({ rejected: 'bad line' }));

  it('is undone by reading, for every frame', () => {
    fc.assert(
      fc.property(frames, (frame) => {
        const line = formatSlcanFrame(frame);
        expect(line.endsWith('\r')).toBe(true);
        expect(parseSlcanLine(line.slice(0, -1))).toEqual({ frame });
      }),
      { numRuns: 2000 },
    );
  });
});

test('a line of letters that mean something, with anything behind them, is read without harm', () => {
  const letters = fc.constantFrom(...Array.from('tTrRsSeEFVzZC\x00'));
  const rest = fc.string({
    unit: fc.constantFrom(...Array.from('0123456789abcdefABCDEFGwp -')),
    maxLength: 40,
  });
  fc.assert(
    fc.property(letters, rest, (letter, line) => {
      const parsed = parseSlcanLine(letter + line);
      expect(Object.keys(parsed)).toHaveLength(1);
      if (!('frame' in parsed)) return;
      const { id, data, extended } = parsed.frame;
      expect(id).toBeLessThanOrEqual(extended ? 0x1fffffff : 0x7ff);
      expect(data.length).toBeLessThanOrEqual(8);
    }),
    { numRuns: 5000 },
  );
});

test('each bit rate has its command', () => {
  expect(slcanBitRates.map(slcanBitRateCommand).join('')).toBe('S0\rS1\rS2\rS3\rS4\rS5\rS6\rS7\rS8\r');
});

describe('what an adapter sends', () => {
  it.each([
    ['of println', 't1500\r\nt1501AA\r\n\r\n'],
    ['without carriage returns', 't1500\nt1501AA\n\r'],
  ])('may have line ends %s', (_, text) =>
    expect(read([Buffer.from(text)])).toMatchObject([
      { frame: { id: 0x150 } },
      { frame: { id: 0x150 } },
      { answer: 'done' },
    ]),
  );

  it('is refused once by a bell that a line end follows', () => {
    const refused = [{ answer: 'refused' }, { frame: { id: 0x150 } }];
    expect(read([Buffer.from('\x07\rt1500\r')])).toMatchObject(refused);
    expect(read([Buffer.from('\x07'), Buffer.from('\rt1500\r')])).toMatchObject(refused);
  });

  it('is cut at carriage returns and bells, wherever its pieces end', () => {
    const bytes = Buffer.from('\rt6501AA\r\x07z\r\nt15\x07t15\rt1500\rt15');
    const expected = [
      { answer: 'done' },
      { frame: { id: 0x650 } },
      { answer: 'refused' },
      { answer: 'done' },
      { rejected: 'bad line' },
      { answer: 'refused' },
      { rejected: 'bad line' },
      { frame: { id: 0x150 } },
    ];
    for (let at = 0; at <= bytes.length; at++) expect(read(cut(bytes, [at]))).toMatchObject(expected);
    expect(read([...bytes].map((byte) => Uint8Array.of(byte)))).toMatchObject(expected);
  });

  it('arrives frame by frame in any pieces', () => {
    fc.assert(
      fc.property(fc.array(frames, { maxLength: 30 }), fc.array(fc.nat(2000)), (sent, places) => {
        const bytes = Buffer.from(sent.map(formatSlcanFrame).join(''));
        expect(read(cut(bytes, places))).toEqual(sent.map((frame) => ({ frame })));
      }),
    );
  });

  it('is understood again after any nonsense, from the next line end on', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 1000 }),
        fc.array(fc.nat(2000)),
        frames,
        (noise, places, frame) => {
          const bytes = Buffer.concat([noise, Buffer.from(`\r${formatSlcanFrame(frame)}`)]);
          expect(read(cut(bytes, places)).at(-1)).toEqual({ frame });
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('that never ends a line is one bad line when it does, and takes no room', () => {
    const lines: SlcanLine[] = [];
    const reader = new SlcanReader();
    const noise = Buffer.alloc(65_536, 't');
    const before = keptBytes();
    for (let i = 0; i < 200; i++) reader.read(noise, (line) => lines.push(line));
    // 13 MB were read.
    expect(keptBytes() - before).toBeLessThan(2_000_000);
    expect(lines).toEqual([]);
    reader.read(Buffer.from('\rt1500\r'), (line) => lines.push(line));
    expect(lines).toMatchObject([{ rejected: 'bad line' }, { frame: { id: 0x150 } }]);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import {
  encodeLogRow,
  longestRow,
  mendTail,
  parseLogRow,
  type LogRow,
  type LogValues,
} from '../../src/protocol/powersafe-log';

// The tests run in Europe/Berlin, see global-setup.cjs.

const sample = readFileSync(join(__dirname, '../fixtures/powersafe100.txt'), 'latin1');
const nothing: LogValues = {
  stateOfCharge: undefined,
  voltage: undefined,
  current: undefined,
  power: undefined,
  ampHours: undefined,
  temperature: undefined,
};
const row: LogRow = {
  stamp: new Date('2018-08-27T19:19:41'),
  stateOfCharge: 11.5,
  voltage: 41.1,
  current: -34,
  power: 41.1 * -34,
  ampHours: -1415.7,
  temperature: 36,
};

/** Any number at all, or none. */
const anything = fc.option(fc.oneof(fc.double(), fc.integer(), fc.double({ min: -4e4, max: 4e4 })), {
  nil: undefined,
});
const rows = fc.record({
  stamp: fc.date({ min: new Date('2024-01-01'), max: new Date('9999-12-30'), noInvalidDate: true }),
  stateOfCharge: anything,
  voltage: anything,
  current: anything,
  power: anything,
  ampHours: anything,
  temperature: anything,
});

test('S0.73, S0.74, S0.75: the rows of the manual are read, and written again byte for byte', () => {
  const lines = sample.trimEnd().split('\n');
  expect(lines).toHaveLength(13);
  expect(parseLogRow(lines[0]!)).toEqual({ ...row, power: -1397 });
  expect(lines.map((line) => encodeLogRow(parseLogRow(line)!))).toEqual(lines);
});

test('S0.75: a row of the manual comes from what the battery told; its power is its volts times its amperes', () => {
  expect(encodeLogRow(row)).toBe('08/27/2018 19:19:41 ,11.5,41.1,-34,-1397,-1415.70,036');
  for (const [amperes, watts] of [
    [-32, -1315],
    [-30, -1233],
    [-33, -1356],
  ] as const) {
    expect(encodeLogRow({ ...row, current: amperes, power: 41.1 * amperes })).toContain(
      `,${amperes},${watts},`,
    );
  }
});

test.each([
  [-5, '-05'],
  [-0.4, '000'],
  [0, '000'],
  [9, '009'],
  [127, '127'],
  [255, '255'],
  [-128, '-128'],
])('S0.75: a temperature of %d degrees is %s', (temperature, text) => {
  const line = encodeLogRow({ ...row, temperature });
  expect(line.endsWith(`,${text}`)).toBe(true);
  expect(parseLogRow(line)?.temperature).toBe(Math.round(temperature) + 0);
});

test('nothing is minus zero', () => {
  expect(encodeLogRow({ ...row, current: -0.4, power: -0, ampHours: -0.001 })).toContain(',0,0,0.00,');
});

test('what is not known is an empty field, never a zero', () => {
  const line = encodeLogRow({ ...row, stateOfCharge: undefined, temperature: NaN, power: Infinity });
  expect(line).toBe('08/27/2018 19:19:41 ,,41.1,-34,,-1415.70,');
  expect(encodeLogRow({ stamp: row.stamp, ...nothing })).toBe('08/27/2018 19:19:41 ,,,,,,');
  expect(parseLogRow(line)).toEqual({
    ...row,
    stateOfCharge: undefined,
    temperature: undefined,
    power: undefined,
  });
});

test('S0.76: the most absurd values still make a row of under 60 bytes, which tells all but their product', () => {
  const line = encodeLogRow({
    stamp: row.stamp,
    stateOfCharge: 127.5,
    voltage: 6553.5,
    current: -32768,
    power: 6553.5 * -32768,
    ampHours: -3276.8,
    temperature: -128,
  });
  expect(line).toBe('08/27/2018 19:19:41 ,127.5,6553.5,-32768,,-3276.80,-128');
});

test('S0.76: every row is under 60 bytes with its end', () => {
  fc.assert(
    fc.property(rows, (each) => {
      expect(Buffer.byteLength(`${encodeLogRow(each)}\n`)).toBeLessThan(longestRow);
    }),
    { numRuns: 2000 },
  );
});

test('S0.73: every row has the shape of the manual, and says what it said when it is read and written again', () => {
  fc.assert(
    fc.property(rows, (each) => {
      const line = encodeLogRow(each);
      expect(line).toMatch(
        /^\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d ,(\d+\.\d)?,(\d+\.\d)?,(-?\d+)?,(-?\d+)?,(-?\d+\.\d\d)?,(\d{3}|-\d{2,3})?$/,
      );
      const read = parseLogRow(line);
      expect(read).toBeDefined();
      expect(encodeLogRow(read!)).toBe(line);
      expect(parseLogRow(`${line}\r\n`)).toEqual(read);
    }),
    { numRuns: 2000 },
  );
});

test('a stamp is the time of day where the display is, in summer and in winter', () => {
  const at = (moment: string): string => encodeLogRow({ ...row, stamp: new Date(moment) }).slice(0, 20);
  expect(at('2026-06-12T10:00:00Z')).toBe('06/12/2026 12:00:00 ');
  expect(at('2026-12-12T10:00:00Z')).toBe('12/12/2026 11:00:00 ');
  // The hour that comes twice has the same stamps twice; the format can't tell them apart.
  expect(at('2026-10-25T00:30:00Z')).toBe(at('2026-10-25T01:30:00Z'));
});

test.each([
  '',
  'hello',
  '08/27/2018 19:19:41,11.5,41.1,-34,-1397,-1415.70,036',
  '08/27/2018 19:19:41 ,11.5,41.1,-34,-1397,-1415.70',
  '08/27/2018 19:19:41 ,11.5,41.1,-34,-1397,-1415.70,036,1',
  '08/27/2018 19:19:41 ,11.5,41.1,-34.0,-1397,-1415.70,036',
  '08/27/2018 19:19:41 ,11.5,41.1,-34,-1397,-1415.70,36',
  '13/27/2018 19:19:41 ,11.5,41.1,-34,-1397,-1415.70,036',
  '02/30/2018 19:19:41 ,11.5,41.1,-34,-1397,-1415.70,036',
  '08/27/2018 24:19:41 ,11.5,41.1,-34,-1397,-1415.70,036',
  '08/27/2018 19:60:41 ,11.5,41.1,-34,-1397,-1415.70,036',
])('%j is no row', (line) => {
  expect(parseLogRow(line)).toBeUndefined();
});

test('no text makes the reader throw', () => {
  fc.assert(fc.property(fc.string(), (text) => void parseLogRow(text)));
});

describe('the end of a log', () => {
  const whole = '08/27/2018 19:19:41 ,11.5,41.1,-34,-1397,-1415.70,036';
  const mended = (text: string): string => {
    const { keep, addLineEnd } = mendTail(Buffer.from(text, 'latin1'));
    return text.slice(0, keep) + (addLineEnd ? '\n' : '');
  };

  test('a row torn at any place is cut off', () => {
    for (let length = 1; length < whole.length; length++) {
      expect(mended(`${whole}\n${whole.slice(0, length)}`)).toBe(`${whole}\n`);
    }
  });

  test('a row that lacks nothing but its end gets it', () => {
    expect(mended(`${whole}\n${whole}`)).toBe(`${whole}\n${whole}\n`);
  });

  test('zeros in place of data are cut off', () => {
    expect(mended(`${whole}\n${'\0'.repeat(100)}`)).toBe(`${whole}\n`);
    expect(mended(`${whole}\n${whole.slice(0, 9)}\0\0`)).toBe(`${whole}\n`);
    expect(mended('\0\0\0')).toBe('');
  });

  test('what another program wrote stays, and the next row gets a line of its own', () => {
    for (const line of ['time;soc;volts', '1,2,3', `${whole},more`, 'x'.repeat(300)]) {
      expect(mended(`${line}\n`)).toBe(`${line}\n`);
      expect(mended(line)).toBe(`${line}\n`);
    }
  });

  test('whatever it is, it ends with a line end or is empty, and nothing before the last line is touched', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary-ascii' }),
        fc.string({ unit: 'binary-ascii' }),
        (before, last) => {
          const result = mended(`${before}\n${last}`);
          expect(result.endsWith('\n')).toBe(true);
          expect(result.startsWith(before)).toBe(true);
        },
      ),
    );
  });
});

// openScale#506, apama-log-analyzer#5: spreadsheets of other countries take 3 September for 9 March.
describe('with ISO dates', () => {
  const iso = '2018-08-27 19:19:41 ,11.5,41.1,-34,-1397,-1415.70,036';

  test('a line is the same but for its date, and is read as such', () => {
    const read = parseLogRow(iso);
    expect(read).toEqual(parseLogRow('08/27/2018 19:19:41 ,11.5,41.1,-34,-1397,-1415.70,036'));
    expect(read && encodeLogRow(read, 'iso')).toBe(iso);
    expect(parseLogRow('2018-13-27 19:19:41 ,,,,,,')).toBeUndefined();
  });

  test('a torn line is cut off wherever it is torn', () => {
    const whole = `${iso}\n`;
    for (let length = 1; length < iso.length - 3; length++) {
      const { keep } = mendTail(Buffer.from(whole + iso.slice(0, length)));
      expect(keep).toBe(whole.length);
    }
  });
});

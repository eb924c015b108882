import { CandumpLog, type CandumpLogOptions } from '../../src/protocol/candump-log';

function played(
  text: string,
  options: CandumpLogOptions = {},
): { readonly at: number; readonly first: number }[] {
  const log = new CandumpLog(options);
  const lines = [...text.split('\n').flatMap((line) => log.read(line)), ...log.end()];
  return lines.flatMap((line) =>
    'rejected' in line ? [] : [{ at: line.at, first: line.frame.data[0] ?? 0 }],
  );
}

const times = (text: string): number[] => played(text).map(({ at }) => Number(at.toFixed(6)));
const log = (stamps: readonly string[]): string => stamps.map((stamp) => `(${stamp}) can0 650#64`).join('\n');

// canboat#34: other forms of candump's times.
describe('the pace of a log', () => {
  it.each([
    ['-td, even', ['000.000000', '000.500000', '000.500000', '000.500000'], [0, 0.5, 1, 1.5]],
    ['-td, uneven', ['000.000000', '000.100000', '000.900000', '000.050000'], [0, 0.1, 1, 1.05]],
    ['-td, with a pause', ['000.000000', '100.000000', '000.500000', '000.500000'], [0, 100, 100.5, 101]],
    [
      '-td, one period long',
      ['000.000000', '000.500123', '000.499900', '000.500500'],
      [0, 0.500123, 1.000023, 1.500523],
    ],
    ['-td, two', ['000.000000', '000.500000'], [0, 0.5]],
    ['-td, cut out of a longer log', ['000.500000', '000.500000', '000.500000'], [0, 0.5, 1]],
    ['-tz', ['000.000000', '000.500000', '001.000000', '001.600000'], [0, 0.5, 1, 1.6]],
    ['-ta', ['1624997419.100000', '1624997419.300000', '1624997420.100000'], [0, 0.2, 1]],
    ['-tA', ['2009-02-13 23:59:59.500000', '2009-02-14 00:00:00.250000'], [0, 0.75]],
    ['other loggers', ['12.500000', '12.750000', '13.000000'], [0, 0.25, 0.5]],
  ])('%s', (_, stamps, expected) => {
    expect(times(log(stamps))).toEqual(expected);
  });

  it('-tz of two interfaces, which are a little out of order', () => {
    const stamps = Array.from({ length: 100 }, (_, i) => [i * 0.1 + 0.1, i * 0.1 + 0.098]).flat();
    expect(times(log(stamps.map((at) => at.toFixed(6).padStart(10, '0')))).at(-1)).toBeCloseTo(9.9, 1);
  });

  it('-td counts the lines that are left out', () => {
    const text = `(000.000000) can0 650#64
(000.500000) can1 650#01
(000.500000) can0 20000004#0000000000000000
(000.500000) can0 150##1DEFF
(000.500000) can0 650#65`;
    expect(times(text)).toEqual([0, 2]);
  });
});

// can-explorer#3: several buses in one log.
describe('a log of two buses', () => {
  const text = `(1620458408.000000) can0 650#C8
(1620458408.100000) can1 650#28
(1620458409.000000) can0 650#C8
(1620458409.100000) can1 650#28`;

  it('is that of the interface that is asked for', () => {
    expect(played(text, { interface: 'can0' })).toEqual([
      { at: 0, first: 0xc8 },
      { at: 1, first: 0xc8 },
    ]);
    expect(played(text, { interface: 'can1' }).map(({ first }) => first)).toEqual([0x28, 0x28]);
    expect(played(text, { interface: 'can2' })).toEqual([]);
  });

  it('is else that of the first battery, and knows the others', () => {
    expect(played(text).map(({ first }) => first)).toEqual([0xc8, 0xc8]);
    const motor = `(1620458407.000000) can3 123#01\n${text}`;
    expect(played(motor, { ids: [0x650] }).map(({ first }) => first)).toEqual([0x01, 0xc8, 0xc8]);
    const read = new CandumpLog({ ids: [0x650] });
    for (const line of motor.split('\n')) read.read(line);
    expect([read.interface, read.others]).toEqual(['can0', ['can3', 'can1']]);
  });
});

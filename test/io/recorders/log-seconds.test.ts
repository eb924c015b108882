import fc from 'fast-check';
import { LogSeconds } from '../../../src/io/recorders/log-seconds';
import type { LogValues } from '../../../src/protocol/powersafe-log';

const values = (stateOfCharge: number): LogValues => ({
  stateOfCharge,
  voltage: 50,
  current: 1,
  power: 50,
  ampHours: -1,
  temperature: 20,
});
const start = Date.parse('2026-06-12T10:00:00Z');

/** Goes through seconds: how far the clock is off in each, in ms. Returns the seconds that were written, from the start. */
function written(offsets: readonly number[], log = new LogSeconds(), every = 1000): number[] {
  return offsets.flatMap((offset, i) =>
    log
      .take(values(i % 100), i * every, new Date(start + i * every + offset))
      .map(({ stamp }) => (stamp.getTime() - start) / 1000),
  );
}

test('S0.72: each second has one line, with its time', () => {
  expect(written([0, 1, 0, 2, 0])).toEqual([0, 1, 2, 3, 4]);
});

test('S0.72: called early and again, a second has still one line', () => {
  expect(written([0, -1, 0, -2, 0, 0], new LogSeconds(), 500)).toEqual([0, 1, 2]);
});

test('S0.72: where nothing is fresh there is no line, and none is made up later', () => {
  const log = new LogSeconds();
  const rows = [values(1), undefined, undefined, values(4)].flatMap((each, i) =>
    log.take(each, i * 1000, new Date(start + i * 1000)),
  );
  expect(rows.map(({ stamp, stateOfCharge }) => [stamp.getTime() - start, stateOfCharge])).toEqual([
    [0, 1],
    [3000, 4],
  ]);
});

/** Called at these seconds; the clock is right. Returns the seconds that were written. */
const calledAt = (...seconds: readonly number[]): number[] => {
  const log = new LogSeconds();
  return seconds.flatMap((at) =>
    log
      .take(values(1), at * 1000, new Date(start + at * 1000))
      .map(({ stamp }) => (stamp.getTime() - start) / 1000),
  );
};

test('S0.72: a program that is held up for a second or two writes their lines late', () => {
  expect(calledAt(0, 1, 3.1, 4, 6.9, 7, 10)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test('a program that is held up for longer leaves a gap', () => {
  expect(calledAt(0, 1, 5, 6)).toEqual([0, 1, 5, 6]);
});

test('every n seconds: a line where n divides the second', () => {
  expect(written(new Array<number>(25).fill(0), new LogSeconds(10))).toEqual([0, 10, 20]);
});

test('a clock that is set forward leaves a gap', () => {
  expect(written([0, 0, 3_600_000, 3_600_000])).toEqual([0, 1, 3602, 3603]);
  expect(written([0, 0, 2000, 2000])).toEqual([0, 1, 4, 5]);
});

test('a clock that is set back a little is waited for: no second comes twice', () => {
  expect(written([0, 0, 0, -2000, -2000, -2000, -2000])).toEqual([0, 1, 2, 3, 4]);
});

test('a clock that is set back further is followed at once', () => {
  expect(written([0, 0, -3_600_000, -3_600_000])).toEqual([0, 1, -3598, -3597]);
});

test('a leap second that the clock goes through twice has one line', () => {
  expect(written([0, 0, -1000, -1000])).toEqual([0, 1, 2]);
});

test.each([
  ['begins', '2027-03-28T00:59:58Z', ['1:59:58', '1:59:59', '3:0:0', '3:0:1']],
  ['ends', '2026-10-25T00:59:58Z', ['2:59:58', '2:59:59', '2:0:0', '2:0:1']],
])('summer time %s: no second is left out or doubled, only its name changes', (_name, from, stamps) => {
  const log = new LogSeconds();
  const rows = [0, 1, 2, 3].flatMap((i) =>
    log.take(values(i), i * 1000, new Date(Date.parse(from) + i * 1000)),
  );
  expect(rows.map(({ stamp: t }) => `${t.getHours()}:${t.getMinutes()}:${t.getSeconds()}`)).toEqual(stamps);
});

test('lines that came before the time was known get their stamps when it is', () => {
  const log = new LogSeconds();
  for (let i = 0; i < 5; i++) {
    expect(log.take(i === 2 ? undefined : values(i), i * 1000 + 7, new Date(i * 1000))).toEqual([]);
  }
  expect(log.held).toBe(4);
  const rows = log.take(values(5), 5400, new Date(start));
  expect(rows.map(({ stamp, stateOfCharge }) => [(stamp.getTime() - start) / 1000, stateOfCharge])).toEqual([
    [-5, 0],
    [-4, 1],
    [-2, 3],
    [-1, 4],
    [0, 5],
  ]);
  expect(log.held).toBe(0);
});

test('what waits for the time is bounded, and what gets lost of it is counted', () => {
  const log = new LogSeconds();
  for (let i = 0; i < 7300; i++) log.take(values(1), i * 1000, new Date(i * 1000));
  expect([log.held, log.dropped]).toEqual([7200, 100]);
  expect(log.take(undefined, 7_300_000, new Date(start))).toHaveLength(7200);
});

test('a year that has no room in a stamp is as good as no time', () => {
  const log = new LogSeconds();
  expect(log.take(values(1), 0, new Date('+010000-01-02T00:00:00Z'))).toEqual([]);
  expect(log.held).toBe(1);
});

test('however the clock is set, stamps go on but where it is set back by more than ten seconds', () => {
  const jump = fc.oneof(
    fc.constant(0),
    fc.integer({ min: -15_000, max: 15_000 }),
    fc.integer({ min: -1e9, max: 1e9 }),
  );
  fc.assert(
    fc.property(fc.array(jump, { maxLength: 60 }), (jumps) => {
      let offset = 0;
      const seconds = written(jumps.map((each) => (offset += each)));
      for (const [i, second] of seconds.entries()) {
        const before = seconds[i - 1] ?? -Infinity;
        expect(second > before || second < before - 10).toBe(true);
      }
    }),
  );
});

import fc from 'fast-check';
import { LogLimiter, logLevels, type LogLevel, type LogLine } from '../../src/logging/log-limiter';

/** How many events a line tells of. */
function toldBy(text: string): number {
  const leftOut = /^(\d+) more of this urgency/.exec(text);
  if (leftOut !== null) return Number(leftOut[1]);
  const times = /\((?:again )?(?:(\d+) times|(once)) in the last /.exec(text);
  return times === null ? 1 : Number(times[1] ?? 1);
}

/** Offers events in order of their times (ms), letting what is due be told in between, until `end`. */
function run(
  limiter: LogLimiter,
  events: readonly { at: number; level: LogLevel; text: string; times?: number }[],
  end: number,
): { at: number; line: LogLine }[] {
  const written: { at: number; line: LogLine }[] = [];
  let now = 0;
  const until = (time: number): void => {
    for (let due = limiter.nextDue(now); due <= time; due = limiter.nextDue(now)) {
      now = Math.max(due, now + 1);
      for (const line of limiter.due(now)) written.push({ at: now, line });
    }
    now = Math.max(now, time);
  };
  for (const { at, level, text, times = 1 } of events) {
    until(at);
    for (const line of limiter.offer(level, text, times, now)) written.push({ at: now, line });
  }
  until(end);
  return written;
}

const texts = (written: readonly { line: LogLine }[]): string[] => written.map(({ line }) => line[1]);

test('a line that is said again within a minute is counted, and told at the end of it', () => {
  const events = Array.from({ length: 60 }, (_, second) => ({
    at: second * 1000,
    level: 'warn' as const,
    text: 'No adapter at /dev/ttyACM0',
  }));
  expect(texts(run(new LogLimiter(), events, 70_000))).toEqual([
    'No adapter at /dev/ttyACM0',
    'No adapter at /dev/ttyACM0 (again 59 times in the last minute)',
  ]);
});

test('what changes back and forth now and then is told as it happens, a few times', () => {
  const events = Array.from({ length: 12 }, (_, i) => ({
    at: i * 5000,
    level: 'info' as const,
    text: i % 2 === 0 ? 'CAN can0 is down: waiting for it' : 'Listening on CAN can0',
  }));
  const told = texts(run(new LogLimiter(), events, 130_000));
  expect(told.slice(0, 10)).toEqual(events.slice(0, 10).map(({ text }) => text));
  expect(told.slice(10)).toEqual([
    'CAN can0 is down: waiting for it (again once in the last minute)',
    'Listening on CAN can0 (again once in the last minute)',
  ]);
});

test('numbers make no line another one; the one that is told is the latest', () => {
  const events = [1, 2, 3, 5, 10].map((seconds, i) => ({
    at: i,
    level: 'info' as const,
    text: `No CAN interface can0: next try in ${seconds} s`,
  }));
  expect(texts(run(new LogLimiter(), events, 60_000))).toEqual([
    'No CAN interface can0: next try in 1 s',
    'No CAN interface can0: next try in 10 s (again 4 times in the last minute)',
  ]);
});

test('the numbers of interfaces and devices are part of their names', () => {
  const limiter = new LogLimiter();
  expect(limiter.offer('info', 'Listening on can0', 1, 0)).toHaveLength(1);
  expect(limiter.offer('info', 'Listening on can1', 1, 1)).toHaveLength(1);
});

test('what was quiet for a minute is told at once again', () => {
  const limiter = new LogLimiter();
  limiter.offer('info', 'Touch by Panel', 1, 0);
  expect(limiter.offer('info', 'Touch by Panel', 1, 2999)).toEqual([]);
  expect(limiter.due(60_000)).toHaveLength(1);
  expect(limiter.offer('info', 'Touch by Panel', 1, 180_000)).toEqual([['info', 'Touch by Panel']]);
});

test('a source that comes and goes every second for a day is a line in ten minutes of each kind', () => {
  const events = Array.from({ length: 86_400 }, (_, second) => ({
    at: second * 1000,
    level: 'info' as const,
    text: second % 2 === 0 ? 'Listening on CAN can0' : 'CAN can0 is down',
  }));
  const written = run(new LogLimiter(), events, 86_400_000);
  expect(written.length).toBeLessThan(2 * (24 * 6 + 6));
  expect(texts(written).at(-1)).toMatch(/\(again 300 times in the last 10 minutes\)$/);
});

test('a line may stand for many events', () => {
  const events = Array.from({ length: 60 }, (_, second) => ({
    at: second * 1000,
    level: 'warn' as const,
    text: `Not used, wrong length: ${second} bytes from 10.0.0.7`,
    times: second === 0 ? 1 : 20_000,
  }));
  expect(texts(run(new LogLimiter(), events, 60_000)).at(-1)).toBe(
    'Not used, wrong length: 59 bytes from 10.0.0.7 (again 1180000 times in the last minute)',
  );
});

/** The size of the bucket of one line a second that these times would overflow. */
function mostLate(times: readonly number[]): number {
  let filled = 0;
  let most = 0;
  for (const [i, at] of times.entries()) {
    filled = Math.max(0, filled - (at - (times[i - 1] ?? 0)) / 1000) + 1;
    most = Math.max(most, Math.round(filled * 1e6) / 1e6);
  }
  return most;
}

const name = fc.integer({ min: 0, max: 400 }).map((n) => {
  const pair = String.fromCharCode(97 + (n % 26), 97 + Math.floor(n / 26));
  return `trouble ${pair}`;
});
const event = fc.record({
  at: fc.integer({ min: 0, max: 600_000 }),
  level: fc.constantFrom(...logLevels),
  text: fc.tuple(name, fc.nat(1_000_000)).map(([trouble, n]) => `${trouble}: next try in ${n} s`),
  times: fc.integer({ min: 1, max: 1000 }),
});

test('whatever happens, a level has no more than 20 lines and one a second, and nothing is lost', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 2000, size: 'max' }), (unsorted) => {
      const events = [...unsorted].sort((a, b) => a.at - b.at);
      const limiter = new LogLimiter();
      const end = 600_000;
      const written = run(limiter, events, end);
      const rest = limiter.rest(end);
      for (const level of logLevels) {
        const times = written.filter(({ line }) => line[0] === level).map(({ at }) => at);
        expect(mostLate(times)).toBeLessThanOrEqual(20);
        const told = [...written.map(({ line }) => line), ...rest]
          .filter(([lineLevel]) => lineLevel === level)
          .reduce((sum, [, text]) => sum + toldBy(text), 0);
        const offered = events.filter((e) => e.level === level).reduce((sum, e) => sum + e.times, 0);
        expect(told).toBe(offered);
      }
      expect(written.length).toBeLessThanOrEqual(4 * (20 + end / 1000));
      // What is held back at the end is bounded too: a line for each kind that is kept, and one a level.
      expect(rest.length).toBeLessThanOrEqual(64 + 4);
    }),
    { numRuns: 10 },
  );
});

test('an error that finds no room among others is told as soon as there is some', () => {
  const limiter = new LogLimiter();
  const events = Array.from({ length: 30 }, (_, i) => ({
    at: 0,
    level: 'error' as const,
    text: `fb${String.fromCharCode(97 + i)} takes no more pixels`,
  }));
  const written = run(limiter, events, 20_000);
  expect(written.filter(({ at }) => at === 0)).toHaveLength(20);
  expect(new Set(texts(written)).size).toBe(30);
});

test('while nobody takes lines nothing is written, and what there was is told afterwards', () => {
  let ready = false;
  const limiter = new LogLimiter(() => ready);
  expect(limiter.offer('error', 'EIO', 1, 0)).toEqual([]);
  expect(limiter.offer('error', 'EIO', 1, 10)).toEqual([]);
  expect(limiter.nextDue(10)).toBe(1010);
  expect(limiter.due(1010)).toEqual([]);
  ready = true;
  expect(limiter.due(2010)).toEqual([['error', 'EIO (2 times in the last 2 s)']]);
});
